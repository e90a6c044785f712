"""Every slide of a deck is whole at 1280×720, and one key reaches all of them, with no network.

A notebook is walked as soon as its second edition is listed here; the walk itself is shown to pass
and to fail on small decks made for the purpose.
"""

import re
import subprocess
from copy import deepcopy

import nbformat.v4 as new
import pytest
from chromium import CI, chromium, needs_chromium
from conftest import NOTEBOOKS, read_notebook
from matplotlib import pyplot as plt

from helpers import animation
from helpers.plotting import _picture
from tools import slides
from tools.index import badges, with_badges

pytestmark = needs_chromium

SECOND_EDITION: set[str] = {  # the names of notebooks whose slides are whole
    "00_start_here.ipynb",
    "01_sequence_modelling.ipynb",
    "02_rnn_recurrence.ipynb",
    "03_backpropagation_through_time.ipynb",
    "04_vanishing_gradients.ipynb",
    "05_lstm_and_gru.ipynb",
    "13_images_as_numbers.ipynb",
    "14_convolution.ipynb",
    "15_local_connectivity.ipynb",
    "16_pooling.ipynb",
    "17_cnn_fashion_mnist.ipynb",
    "18_cnn_cifar10.ipynb",
}

# of the slide that is shown: what can be seen on it, and what of that is cut
SEEN = """() => {
  const slide = Reveal.getCurrentSlide();
  const visible = (element) => element.getClientRects().length
    && getComputedStyle(element).visibility === 'visible' && !element.closest('aside');
  const all = (selector) => [...slide.querySelectorAll(selector)].filter(visible);
  const faults = [];
  const name = (element) => (element.alt || element.innerText || element.tagName).slice(0, 60);
  for (const element of all('pre, p, li, table, h1, h2, h3, h4, img, svg, button, input')) {
    const box = element.getBoundingClientRect();
    const what = element.tagName === 'IMG' ? 'the picture ' : '';
    if (box.bottom > 721 || box.top < -1) faults.push(`too tall: ${what}${name(element)}`);
    if (box.right > 1281 || box.left < -1) faults.push(`cut at the side: ${what}${name(element)}`);
  }
  for (const element of all('pre, .highlight, .jp-OutputArea-output, table'))
    if (element.scrollWidth > element.clientWidth + 1)
      faults.push(`cut inside its frame: ${name(element)}`);
  const small = (selector, least) => all(selector).filter(
    (element) => parseFloat(getComputedStyle(element).fontSize) < least);
  for (const element of [...small('pre', 20), ...small('.jp-RenderedMarkdown :is(p, li)', 28)])
    faults.push(`letters too small: ${name(element)}`);
  return {
    place: [Reveal.getIndices().h, Reveal.getIndices().v, Reveal.getIndices().f ?? -1].join('/'),
    slide: [...document.querySelectorAll('.slides section section')].indexOf(slide),
    ink: slide.innerText.trim() + all('img, svg').map((picture) => `▪${picture.alt}`),
    faults,
  };
}"""

DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def modules():
    try:
        return slides.bring_packages()
    except SystemExit as error:
        if CI:
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


def states(page):
    """Give what is seen at first and after each press of one key, until it moves nothing."""
    last = None
    while (seen := page.evaluate(SEEN))["place"] != last:
        yield seen
        last = seen["place"]
        page.keyboard.press("ArrowRight")
        page.evaluate(DRAWN)  # a transition begins with its first frame
        page.wait_for_timeout(30)


@pytest.fixture
def walk(tmp_path, modules, browser):
    """Build a notebook's deck, walk it, and return what is wrong with it."""
    (tmp_path / "node_modules").symlink_to(modules)
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.route(lambda url: url.startswith("http"), lambda route: route.abort())

    def walk(notebook):
        path = tmp_path / "example.slides.html"
        path.write_text(slides.deck(notebook), "utf-8")
        faults = []
        page.on("requestfailed", lambda request: faults.append(f"request: {request.url[:80]}"))
        page.on("pageerror", lambda error: faults.append(f"script: {error}"))
        page.goto(path.as_uri())
        page.wait_for_function("window.Reveal?.isReady()", timeout=60_000)
        walked, ink = set(), ""
        for seen in states(page):
            where = f"slide {seen['slide'] + 1}: "
            faults += [where + fault for fault in seen["faults"] if where + fault not in faults]
            if seen["ink"] in ("", ink):
                faults.append(where + "a press shows nothing")
            walked.add(seen["slide"])
            ink = seen["ink"]
        slides_in_all = page.locator(".slides section section").count()
        if len(walked) < slides_in_all:
            faults.append(f"one key reaches {len(walked)} of {slides_in_all} slides")
        walk.page = page
        return faults

    yield walk
    page.close()


@pytest.mark.parametrize("path", [p for p in NOTEBOOKS if p.name in SECOND_EDITION], ids=str)
def test_every_slide_is_whole(walk, path):
    assert walk(deepcopy(read_notebook(path))) == []


FIRST = """# 02. A title

A promise.

45 min in class · run time 16 s on 2 cores · builds on [01](01_example.ipynb)

**What is the question?**"""
ALT = "A line that rises from left to right"


def text(kind, source):
    return new.new_markdown_cell(source, metadata={"slideshow": {"slide_type": kind}})


def code(kind, source, *tags, outputs=()):
    metadata = {"slideshow": {"slide_type": kind}, "tags": list(tags)}
    return new.new_code_cell(source, metadata=metadata, outputs=list(outputs), execution_count=1)


def picture(inches=4.0):
    figure, ax = plt.subplots(figsize=(9, inches))
    ax.plot([1, 2])
    page = _picture(figure, ALT)
    plt.close(figure)
    return new.new_output("display_data", data={"text/html": page})


def player():
    figure, ax = plt.subplots(figsize=(6, 3))
    page = animation.player(figure, lambda number: ax.plot([0, number]), 3, alt=ALT).data
    return new.new_output("display_data", data={"text/html": page})


def printed(text):
    return new.new_output("stream", name="stdout", text=text)


def notebook(*cells):
    return new.new_notebook(cells=[text("slide", FIRST), *cells])


CODE = "\n".join(["x" * 76] * 14)
WIDE = new.new_output("execute_result", execution_count=1, data={slides.WIDGET: {}})


def good():
    return notebook(
        text(
            "slide",
            "## 1. A section\n\nA formula: $x_t = \\sum_i w_i$ and a table\n\n|a|b|\n|-|-|\n|1|2|",
        ),
        text("notes", "**45 min.** Ask first."),
        text("subslide", "Fourteen lines of code, and what they print."),
        code("fragment", CODE, outputs=[printed("y" * 76)]),
        text("subslide", "A picture without its code, and a player."),
        code("fragment", "secret_drawing_code()", "drawing", outputs=[picture()]),
        text("subslide", "With the code:"),
        code("fragment", CODE[: 6 * 77], outputs=[picture(6.4)]),
        text("subslide", "A player."),
        code("fragment", "secret_player_code()", "drawing", outputs=[player()]),
        text("subslide", "An exercise"),
        code("fragment", "def f(x):\n    raise NotImplementedError", "exercise"),
        code("fragment", "check(f)", "check", outputs=[printed("… not written yet")]),
        code("skip", "@solution\ndef f(x):\n    return secret_solution", "solution"),
        code("fragment", "f(1)", outputs=[printed("1")]),
        text("skip", "A remark that stays off the slides."),
        text("slide", "## Summary"),
    )


def test_a_good_deck_is_whole_and_one_key_walks_it(walk):
    assert walk(good()) == []


def test_a_deck_leaves_out_what_does_not_belong_on_a_wall(walk):
    example = good()
    lines = badges("https://example.org/course", "02_example.ipynb")
    example.cells[0].source = with_badges(FIRST, lines)
    assert walk(example) == []
    text = walk.page.locator(".reveal").text_content()
    assert "secret" not in text
    assert "Open in Binder" not in walk.page.content()
    assert "**45 min" not in text and "45 min." in text  # a speaker's note, set as text
    assert walk.page.locator('a[href="01_example.slides.html"]').count() == 1


def test_a_player_waits_at_its_first_frame(walk):
    assert walk(good()) == []
    image = walk.page.locator(".animation img")
    page = player().data["text/html"]
    assert image.get_attribute("alt") == ALT
    assert image.get_attribute("src") == re.search(r'frames\[0\] = "(.*?)"', page)[1]


@pytest.mark.parametrize(
    ("fault", "bad"),
    [
        ("too tall: xxx", code("slide", CODE + "\n" + CODE)),
        ("too tall: A", text("slide", "A paragraph.\n\n" * 20)),
        ("too tall: the picture", code("slide", CODE, outputs=[picture()])),
        ("cut inside its frame", code("slide", "x" * 100)),
        ("cut at the side", text("slide", "A formula: $$" + "x + y + " * 60 + "z$$")),
        ("a press shows nothing", code("fragment", "draw()", "drawing")),
        ("a press shows nothing", code("fragment", "interact(f)", "drawing", outputs=[WIDE])),
        ("request: http://example.org", text("slide", "![Alt](http://example.org/x.png)")),
        ("letters too small", text("slide", 'A <p style="font-size: 20px">small</p> word')),
    ],
)  # fmt: skip
def test_what_is_cut_empty_or_elsewhere_is_found(walk, fault, bad):
    faults = walk(notebook(bad, text("slide", "The end.")))
    assert any(fault in found for found in faults), faults


def test_without_npm_one_sentence_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(slides.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"install Node\.js .* then run `make slides` again"):
        slides.bring_packages(tmp_path / "slides")


def test_a_download_that_fails_leaves_nothing_half_done(monkeypatch, tmp_path):
    def fail(command, **settings):
        (tmp_path / "node_modules").mkdir()
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(slides.shutil, "which", lambda name: "/usr/bin/npm")
    monkeypatch.setattr(slides.subprocess, "run", fail)
    with pytest.raises(SystemExit, match="where there is a network"):
        slides.bring_packages(tmp_path)
    assert not (tmp_path / "node_modules").exists()
