"""Build a deck of slides of each notebook in build/slides, for use without a network.

`make slides` builds all, `python -m tools.slides NOTEBOOK …` some. reveal.js and MathJax come from
npm once and stand beside the decks; copy the whole folder to take it along.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from nbconvert import SlidesExporter
from traitlets.config import Config

from tools.index import ROOT, with_badges

FOLDER = ROOT / "build" / "slides"
PACKAGES = ("reveal.js@4.6.1", "mathjax@3.2.2")
MATHJAX = Path("mathjax/es5/tex-svg-full.js")  # one file, its fonts inside
WIDGET = "application/vnd.jupyter.widget-view+json"


def bring_packages(folder: Path = FOLDER) -> Path:
    """Let npm download reveal.js and MathJax once.

    Parameters
    ----------
    folder
        Where the decks will stand; the packages go to `node_modules` in it.

    Returns
    -------
    Path
        The folder `node_modules`.

    Raises
    ------
    SystemExit
        If there is no npm, or if it cannot download them.
    """
    modules = folder / "node_modules"
    if modules.exists():
        return modules
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(
            "Slides need reveal.js and MathJax, which npm downloads once: install Node.js (npm "
            "comes with it), then run `make slides` again."
        )
    print("Downloading reveal.js and MathJax for the slides (once) ...", flush=True)
    folder.mkdir(parents=True, exist_ok=True)
    # one short question first: without a network, an install would try for minutes
    quiet = ["--silent", "--prefer-offline"]
    ask = ["view", *quiet, "--fetch-retries=0", "--fetch-timeout=10000", PACKAGES[0], "version"]
    once_more = ["--fetch-retries=1", "--fetch-retry-mintimeout=1000"]
    bring = ["install", *quiet, *once_more, "--no-save", "--no-audit", f"--prefix={folder}"]
    bring += PACKAGES
    if any(subprocess.run([npm, *step], capture_output=True).returncode for step in (ask, bring)):
        shutil.rmtree(modules, ignore_errors=True)
        raise SystemExit(
            "npm could not download reveal.js and MathJax: run `make slides` again where there is "
            "a network; it is needed once."
        )
    for path in (modules / MATHJAX).parent.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != MATHJAX.name:
            path.unlink()
    return modules


def deck(notebook: nbformat.NotebookNode) -> str:
    """Write a notebook's slides as a page that needs `node_modules` beside it and no network.

    Solutions stay away, and so do the code of drawings, the badges, and the sliders, which move
    only in a notebook; links to other notebooks lead to their decks.
    """
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = re.sub(r"\((\d\d_\w+)\.ipynb\)", r"(\1.slides.html)", cell.source)
        else:
            cell.outputs = [
                one for one in cell.get("outputs", []) if WIDGET not in one.get("data", ())
            ]
    notebook.cells[0].source = with_badges(notebook.cells[0].source, [])
    config = Config()
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {"solution"}
    config.TagRemovePreprocessor.remove_input_tags = {"drawing"}
    exporter = SlidesExporter(
        config=config,
        template_name="deck",
        extra_template_basedirs=[str(Path(__file__).parent)],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        reveal_url_prefix="node_modules/reveal.js",
        reveal_theme="white",
        reveal_width="1280",
        reveal_height="720",
        mathjax_url=f"node_modules/{MATHJAX.as_posix()}",
    )
    return exporter.from_notebook_node(notebook)[0]


if __name__ == "__main__":
    bring_packages()
    paths = [Path(name) for name in sys.argv[1:]] or sorted((ROOT / "notebooks").glob("*.ipynb"))
    for path in paths:
        page = deck(nbformat.read(path, as_version=4))
        (FOLDER / f"{path.stem}.slides.html").write_text(page, "utf-8")
    print(f"Open {FOLDER / paths[0].stem}.slides.html; the key S opens the speaker's notes.")
