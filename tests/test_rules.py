"""Each rule is shown to fail on a notebook made bad for the purpose, and to pass on a good one."""

import re
import shutil
import subprocess
import sys
from copy import deepcopy

import nbformat
import nbformat.v4 as new
import pytest
import rules
from conftest import ROOT
from rules import RULES, breaches

from tools.index import badges

PATH = ROOT / "notebooks" / "99_example.ipynb"
TITLE = """# 99. An example
A promise in one sentence.

10 min in class · run time 3 s on 2 cores · builds on nothing

**Is this an example?**"""
ADDRESS = "https://example.org/course"
BADGED = TITLE.replace("**Is", "\n".join(badges(ADDRESS, PATH.name)) + "\n\n**Is")
STUB = "def double(x):\n    raise NotImplementedError"
STYLES = {"slideshow": {"slide_type": "slide"}}
ALT = "A line that rises from left to right"
PICTURE = {"text/html": f'<img alt="{ALT}" src="data:image/png;base64,iVBORw0KGgo=">'}


def text(source):
    return new.new_markdown_cell(source, metadata=deepcopy(STYLES))


def code(source, *tags, **metadata):
    cell = new.new_code_cell(source, metadata={**deepcopy(STYLES), **metadata})
    if tags:
        cell.metadata["tags"] = list(tags)
    return cell


def note(source):
    return new.new_markdown_cell(source, metadata={"slideshow": {"slide_type": "notes"}})


def stream(message, name="stdout"):
    return new.new_output("stream", name=name, text=message)


def exercise(name):
    stub = code(f"def {name}(x):\n    raise NotImplementedError", "exercise")
    check = code(f"check({name})", "check")
    check.outputs = [stream(f"… {name}: not written yet")]
    answer = f"@solution\ndef {name}(x):\n    return 2 * x"
    solution = code(answer, "solution", jupyter={"source_hidden": True})
    return [text(f"Exercise: {name}"), stub, check, solution]


def shown(source, *outputs):
    cell = code(source)
    cell.outputs = list(outputs)
    return cell


def good():
    """A notebook that breaks no rule; cells 4 and 5 are a seed and a picture."""
    picture = code(f'show("{ALT}")', "drawing", "nbval-ignore-output")
    picture.outputs = [new.new_output("display_data", data=dict(PICTURE))]
    cells = [text(TITLE), code("import keras"), text("## 1. A section"), note("**4 min.** Ask.")]
    cells += [code("keras.utils.set_random_seed(1)\nmodel.fit(x)"), picture]
    cells += [text("## 2. Another section"), note("**6 min.**")]
    for number in range(8):
        proof = shown(f"assert {number} < 9\nprint({number})", stream(str(number)))
        cells += [text(f"Step {number}"), proof]
    cells += exercise("double") + exercise("twice")
    cells += [text(f"## {name}") for name in ("Summary", "Glossary", "Go further")]
    notebook = new.new_notebook(cells=cells)
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata = {"kernelspec": spec, "language_info": {"name": "python"}}
    return count(notebook)


def count(notebook):
    runs = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(runs, start=1):
        cell.execution_count = number
    return notebook


def find(notebook, source):
    return next(cell for cell in notebook.cells if source in cell.source)


def append(*cells):
    return lambda notebook: count(notebook).cells.extend(cells) or count(notebook)


def edit(source, new_source):
    return lambda nb: find(nb, source).update(source=new_source)


def drop(source):
    def harm(notebook):
        notebook.cells.remove(find(notebook, source))
        count(notebook)

    return harm


def output(source, *outputs):
    return lambda nb: find(nb, source).update(outputs=list(outputs))


ERROR = new.new_output("error", ename="ValueError", evalue="", traceback=[])


def show(page):
    """Let the picture's cell show another page."""
    return output("show(", new.new_output("display_data", data={"text/html": page}))


PNG = new.new_output("display_data", data={"image/png": "iVBORw0KGgo="})
BAD = [
    ("executed_top_to_bottom", lambda nb: find(nb, "assert 3").update(execution_count=77)),
    ("executed_top_to_bottom", lambda nb: find(nb, "assert 3").update(execution_count=None)),
    ("no_error_and_no_noise", output("assert 3", ERROR)),
    ("no_error_and_no_noise", output("assert 3", stream("oneDNN is on", "stderr"))),
    ("no_error_and_no_noise", output("assert 3", stream("WARNING:tensorflow:5 out of the last"))),
    ("no_empty_cells", append(text(" "))),
    ("known_tags", append(code("1", "hidden"))),
    ("pictures_have_alt_text", output("show(", PNG)),
    ("pictures_have_alt_text", show('<p>Two<img src="data:,"></p>')),
    ("pictures_have_alt_text", show('<img src="data:," alt="A picture">')),
    ("pictures_have_alt_text", append(text("![](picture.png)"))),
    ("pictures_have_alt_text", append(text('<img src="picture.png">'))),
    ("pictures_are_not_compared", lambda nb: find(nb, "show(").metadata.pop("tags")),
    ("pictures_are_not_compared", output("assert 3", PNG)),
    ("drawings_are_drawn", output("show(")),
    ("one_thing_on_a_line", append(code("a, b = 1, 2"))),
    ("one_thing_on_a_line", append(code("for x in y:\n    a, b = f(x), {}"))),
    ("one_thing_on_a_line", append(code("self.a, self.b = a, b"))),
    ("one_thing_on_a_line", append(code("(a, b), (c, d) = f(1), f(2)"))),
    ("a_proof_shows_what_it_proved", output("assert 3")),
    ("a_proof_shows_what_it_proved", append(code("np.testing.assert_allclose(a, b)"))),
    ("a_proof_shows_what_it_proved", append(code("for x in y:\n    assert x"))),
    ("no_boilerplate", append(code("!pip install keras"))),
    ("no_boilerplate", append(code("%matplotlib inline"))),
    ("no_boilerplate", append(code("warnings.filterwarnings('ignore')"))),
    ("no_silent_except", append(code("try:\n    f()\nexcept ValueError:\n    pass"))),
    ("kernel_and_language", lambda nb: nb.metadata.kernelspec.update(name="conda")),
    ("kernel_and_language", lambda nb: nb.metadata.update(widgets={})),
    ("kernel_and_language", lambda nb: nb.cells[3].metadata.update(execution={})),
    ("title_and_facts", edit("# 99.", "An example")),
    ("title_and_facts", edit("# 99.", TITLE.replace("10 min in class", "short"))),
    ("title_and_facts", edit("# 99.", TITLE.replace("**", ""))),
    ("title_and_facts", edit("# 99.", BADGED)),
    ("headings", drop("## Summary")),
    ("headings", append(text("# Another title"))),
    ("minutes", edit("**4 min.**", "Ask.")),
    ("minutes", edit("**4 min.**", "**5 min.** Ask.")),
    ("minutes", append(note("**0 min.** And again"))),
    ("minutes", edit("Step 1", "**0 min.**")),
    ("minutes", edit("## 2.", "## 2. Another section (6 min)")),
    ("minutes", lambda nb: [
        edit("**4 min.**", "**55 min.**")(nb), edit("# 99.", TITLE.replace("10 min", "61 min"))(nb),
    ]),
    ("slides", lambda nb: nb.cells[3].metadata.pop("slideshow")),
    ("seed_where_it_trains", edit("set_random_seed", "model.fit(x)")),
    ("seed_where_it_trains", append(code("np.random.rand(3)"))),
    ("claims_are_asserted", lambda nb: [
        cell.update(source="1") for cell in nb.cells if "assert" in cell.source
    ]),
    ("exercises_are_whole", edit("raise", f"{STUB}\ndef b(): 1")),
    ("exercises_are_whole", edit("check(double)", "print(double)")),
    ("exercises_are_whole", output("check(double)", stream("✓ passed"))),
    ("exercises_are_whole", edit("return 2 * x", "@solution\ndef other(x):\n    return 2 * x")),
    ("exercises_are_whole", edit("return 2 * x", "def double(x):\n    return 2 * x")),
    ("exercises_are_whole", lambda nb: find(nb, "return 2 * x").update(
        source=find(nb, "return 2 * x").source + "\n\n\ncheck(double)"
    )),
    ("exercises_are_whole", lambda nb: find(nb, "return 2").metadata.pop("jupyter")),
    ("exercises_are_whole", drop("return 2 * x")),
    ("exercises_are_whole", append(code("check(a)", "check"))),
    ("exercises_are_whole", lambda nb: [
        drop(part)(nb) for part in ("def double(x):\n    raise", "check(double)", "def double")
    ]),
]  # fmt: skip


@pytest.fixture(autouse=True)
def no_address(monkeypatch):
    monkeypatch.setattr(rules, "ADDRESS", None)


def test_a_good_notebook_breaks_no_rule():
    assert breaches(good(), PATH) == []


@pytest.mark.parametrize(
    ("name", "harm"), BAD, ids=[f"{n}-{name}" for n, (name, _) in enumerate(BAD)]
)
def test_a_bad_notebook_breaks_the_rule(name, harm):
    notebook = good()
    harm(notebook)
    rule = next(rule for rule in RULES if rule.__name__ == name)
    assert list(rule(notebook, PATH)) != []


def test_a_large_file_breaks_the_rule(tmp_path):
    path = tmp_path / PATH.name
    path.write_bytes(b" " * 1_500_001)
    assert any(re.search("1,500,001 bytes", sentence) for sentence in breaches(good(), path))


def test_every_rule_is_shown_to_fail():
    shown = {name for name, _ in BAD} | {"size_of_file"}
    assert {rule.__name__ for rule in RULES} == shown


def test_badges_are_wanted_as_soon_as_there_is_an_address(monkeypatch):
    monkeypatch.setattr(rules, "ADDRESS", ADDRESS)
    notebook = good()
    (sentence,) = breaches(notebook, PATH)
    assert "make index" in sentence
    notebook.cells[0].source = BADGED
    assert breaches(notebook, PATH) == []
    assert breaches(notebook, PATH.with_name("98_other.ipynb")) != []


@pytest.mark.parametrize(
    "step",
    [
        "a, b = b, a + b",
        "x[i], x[j] = x[j], x[i]",
        "h, c = o * np.tanh(c_t), c_t",
        "(a, b), (c, d) = f()",
        "for a, b in (1, 2), (3, 4):\n    print(a)",
        "pair = 1, 2",
    ],
)
def test_what_belongs_together_may_stand_together(step):
    example = good()
    append(code(step))(example)
    assert breaches(example, PATH) == []


def test_a_function_that_asserts_when_it_is_called_need_not_print():
    example = good()
    append(code("def prove(a):\n    assert a"))(example)
    assert breaches(example, PATH) == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("print(1)" + " " * 10 + "# " + "x" * 57, "E501"),
        (f'print("{"a sentence " * 7}")', "E501"),
        ("x = 1; print(x)", "E702"),
    ],
)
def test_ruff_refuses_what_a_projector_cuts(tmp_path, line, code):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copy(ROOT / "notebooks" / "ruff.toml", folder)
    cells = [new.new_code_cell("print(" + "1" * 69 + ")"), new.new_code_cell(line)]
    nbformat.write(new.new_notebook(cells=cells), folder / PATH.name)
    command = [sys.executable, "-m", "ruff", "check", "--output-format=concise", "."]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True).stdout
    assert re.findall(r"ipynb:cell (\d):\d+:\d+: (\w+)", said) == [("2", code)]
