"""Run All in a real JupyterLab, in a headless Chromium that reaches this machine only.

`make test` runs the two shortest notebooks here, one of them with a slider; `make browser` all.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import nbformat.v4 as new
import pytest
from chromium import chromium, needs_chromium
from conftest import NOTEBOOKS, ROOT
from matplotlib import pyplot as plt
from playwright.sync_api import TimeoutError as TooLate

from helpers.plotting import _picture

# the only pictures from elsewhere, in notebooks of a course that has a public address
BADGES = ("https://colab.research.google.com/assets/", "https://mybinder.org/badge")
# the indicator in the toolbar is idle before there is a kernel; to run then opens a dialog
READY = """() => {
  const panel = window.jupyterapp?.shell.currentWidget;
  const kernel = panel?.sessionContext?.session?.kernel;
  return kernel?.status === 'idle' && panel.content.model?.cells.length > 1;
}"""
FINISHED = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  const cells = [...panel.content.model.cells].filter(
    (cell) => cell.type === 'code' && cell.sharedModel.source.trim());
  window.outputs = cells.map((cell) => cell.outputs.toJSON());
  const failed = window.outputs.some((list) => list.some((o) => o.output_type === 'error'));
  const done = cells.every((cell) => cell.executionState === 'idle' && cell.executionCount);
  return panel.sessionContext.session?.kernel?.status === 'idle' && (done || failed);
}"""

# what a failed test has to tell: is a dialog open, what does the kernel do, which cells wait
STATE = """() => {
  const panel = window.jupyterapp.shell.currentWidget;
  const waiting = [...panel.content.model.cells].filter(
    (cell) => cell.type === 'code' && !(cell.executionState === 'idle' && cell.executionCount));
  return {
    dialogs: [...document.querySelectorAll('.jp-Dialog')].map((dialog) => dialog.innerText),
    kernel: panel.sessionContext.session?.kernel?.status ?? 'none',
    waiting: waiting.map((cell) => [cell.executionState, cell.sharedModel.source.slice(0, 60)]),
  };
}"""

pytestmark = needs_chromium

PICTURES = """from matplotlib import pyplot as plt

from helpers import animation
from helpers.plotting import show

_, ax = plt.subplots()
ax.plot([1, 2])
show('A line that rises from "1" to 2')
figure, ax = plt.subplots(figsize=(3, 2))
animation.player(figure, lambda i: ax.plot([0, i]), 2, alt="A line that grows step by step")"""
ALTS = ['A line that rises from "1" to 2', "A line that grows step by step"]

STUB = """def neuron(x, w, b):
    \"\"\"The stub.\"\"\"
    raise NotImplementedError"""
SOLUTION = """@solution
def neuron(x, w, b):
    \"\"\"The solution.\"\"\"
    return x @ w + b"""
OWN = """def neuron(x, w, b):
    \"\"\"My own.\"\"\"
    return (x * w).sum(axis=-1) + b"""
EXERCISE = ["from helpers import check, solution", STUB, "check(neuron)", SOLUTION,
            "print(neuron.__doc__)"]  # fmt: skip


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(address, seconds=60):
    """Ask for an address until it answers, and return the page."""
    end = time.monotonic() + seconds
    while True:
        try:
            return urllib.request.urlopen(address, timeout=5).read().decode()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.5)


def write(path, sources, *outputs):
    """Write a notebook of code cells, the outputs in the first of them."""
    cells = [new.new_code_cell(source) for source in sources]
    cells[0].outputs = list(outputs)
    book = new.new_notebook(cells=cells)
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(book, path)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab that serves a copy of the notebooks."""
    folder = tmp_path_factory.mktemp("lab")
    for path in NOTEBOOKS:
        shutil.copy(path, folder)
    write(folder / "pictures.ipynb", [PICTURES, "1"])
    write(folder / "exercise.ipynb", EXERCISE)
    figure, _ = plt.subplots()
    picture = new.new_output("display_data", data={"text/html": _picture(figure, ALTS[0])})
    plt.close(figure)
    write(folder / "committed.ipynb", ["1", "2"], picture)
    port = free_port()
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
               "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token=",
               f"--ServerApp.root_dir={folder}", "--expose-app-in-browser",
               f"--LabApp.workspaces_dir={folder}/workspaces"]  # fmt: skip
    log = (folder / "log").open("w")
    environment = {**os.environ, "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings")}
    server = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    wait_for(f"{address}/api/status")
    yield address
    server.terminate()
    server.wait(30)


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def page(browser, lab):
    """A page that records and refuses every request to another machine."""
    page = browser.new_page(viewport={"width": 1280, "height": 1400}, base_url=lab)
    page.elsewhere = []

    def refuse(route):
        page.elsewhere.append(route.request.url)
        route.abort()

    page.route(lambda url: not url.startswith((lab, "data:", "blob:")), refuse)
    yield page
    page.close()


def open_notebook(page, name):
    page.goto(f"/lab/tree/{name}?reset")
    page.wait_for_function(READY, timeout=90_000)


def run_all(page, name):
    """Press Run All Cells in the open notebook and return each code cell's outputs."""
    # or the counts of the committed run would look finished
    page.evaluate("window.jupyterapp.commands.execute('notebook:clear-all-cell-outputs')")
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator('.lm-Menu-item[data-command="runmenu:run-all"]').click()
    try:
        page.wait_for_function(FINISHED, timeout=540_000, polling=500)
    except TooLate:
        pytest.fail(f"{name} has not finished: {page.evaluate(STATE)}")
    return page.evaluate("window.outputs")


def parameters():
    for path in NOTEBOOKS:
        marks = () if path.name[:2] in ("00", "02") else pytest.mark.slow
        yield pytest.param(path.name, id=path.stem, marks=marks)


@pytest.mark.parametrize("name", list(parameters()))
def test_run_all(page, name):
    open_notebook(page, name)
    outputs = [output for outputs in run_all(page, name) for output in outputs]
    errors = [f"{o['ename']}: {o['evalue']}" for o in outputs if o["output_type"] == "error"]
    assert errors == []
    noise = [o["text"] for o in outputs if o.get("name") == "stderr"]
    assert noise == []
    assert [url for url in page.elsewhere if not url.startswith(BADGES)] == []
    solutions = page.evaluate(
        """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
             .filter((cell) => (cell.getMetadata('tags') || []).includes('solution'))
             .map((cell) => cell.getMetadata('jupyter').source_hidden)"""
    )
    assert solutions
    assert all(solutions)


def test_pictures_have_their_text_in_the_page(page):
    open_notebook(page, "pictures.ipynb")
    run_all(page, "pictures.ipynb")
    images = page.locator(".jp-OutputArea-output img")
    assert [image.get_attribute("alt") for image in images.all()] == ALTS


def test_a_committed_picture_has_its_text_before_anything_runs(page):
    """Outputs that were not made here are not trusted: JupyterLab cleans their HTML."""
    open_notebook(page, "committed.ipynb")
    trusted = "window.jupyterapp.shell.currentWidget.content.model.cells.get(0).trusted"
    assert page.evaluate(trusted) is False
    image = page.locator(".jp-OutputArea-output img")
    assert image.get_attribute("alt") == ALTS[0]
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 400


def type_in(page, number, source):
    """Put code in a cell without running it."""
    page.evaluate(
        """([number, source]) => window.jupyterapp.shell.currentWidget.content.model
             .cells.get(number).sharedModel.setSource(source)""",
        [number, source],
    )


def run_cell(page, number):
    """Run one cell and return the text that it printed."""
    return page.evaluate(
        """async (number) => {
             const {content} = window.jupyterapp.shell.currentWidget;
             content.deselectAll();
             content.activeCellIndex = number;
             await window.jupyterapp.commands.execute('notebook:run-cell');
             return content.model.cells.get(number).outputs.toJSON().map((o) => o.text).join('');
           }""",
        number,
    )


def printed(outputs):
    return ["".join(o.get("text", "") for o in of_cell) for of_cell in outputs]


def test_an_answer_that_was_not_run_does_not_pass(page):
    open_notebook(page, "exercise.ipynb")
    run_all(page, "exercise.ipynb")
    type_in(page, 1, OWN)
    said = run_cell(page, 2)
    assert "run your own cell first" in said.lower()
    assert "✓" not in said
    run_cell(page, 1)
    assert "✓" in run_cell(page, 2)


@pytest.mark.parametrize(
    ("answer", "used"),
    [(OWN, "My own."), (OWN.replace("+ b", "- b"), "The solution."), (STUB, "The solution.")],
    ids=["right", "wrong", "none"],
)
def test_run_all_keeps_an_answer_that_passes(page, answer, used):
    open_notebook(page, "exercise.ipynb")
    type_in(page, 1, answer)
    *_, last = printed(run_all(page, "exercise.ipynb"))
    assert last == f"{used}\n"


def test_make_lab_opens_the_first_notebook_of_the_students_copies():
    port = free_port()
    options = f"LAB_OPTIONS=--no-browser --port={port} --IdentityProvider.token="
    command = ["make", "lab", options, "--old-file=setup", "--old-file=data"]
    server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, start_new_session=True)  # fmt: skip
    try:
        assert "JupyterLab" in wait_for(f"http://127.0.0.1:{port}/lab")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        said, _ = server.communicate(timeout=30)
    assert "work/00_start_here.ipynb" in said
