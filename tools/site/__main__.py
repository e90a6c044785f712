"""Build the pages in build/site: `make site`.

Sphinx reads copies of the notebooks as they are committed, with their outputs; nothing is run.
Solutions and the code of drawings are folded; the instructor's notes are left out. MathJax comes
from npm once, with the slides' packages, and stands beside the pages.
"""

import shutil
import sys
from pathlib import Path

import nbformat
from sphinx.cmd.build import build_main

from tools.index import PARTS, ROOT, with_badges
from tools.slides import FOLDER as SLIDES
from tools.slides import MATHJAX, bring_packages
from tools.student import without_notes

PAGES = ROOT / "build" / "site"
SOURCES = ROOT / "build" / "site-sources"
FOLDED = {"solution", "drawing"}
FOR_SCREEN_READERS = (  # what Sphinx's and MyST-NB's own templates leave to wish
    ('class="caption" role="heading"', 'class="caption" role="heading" aria-level="2"'),
    (' aria-label="Toggle hidden content"', ""),
)
TREE = """```{{toctree}}
:caption: {caption}
:maxdepth: 1

{names}
```

"""


def for_reading(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Fold what a reader opens on purpose, and leave the instructor's notes out."""
    notebook.cells = without_notes(notebook.cells)
    notebook.cells[0].source = with_badges(notebook.cells[0].source, [])
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "code" and FOLDED & set(tags):
            cell.metadata["tags"] = [*tags, "hide-input"]
    return notebook


def front(names: list[str]) -> str:
    """Write the first page: what the course is, and its parts with their notebooks."""
    readme = (ROOT / "README.md").read_text("utf-8")
    title, promise = readme.partition("\n## ")[0].removeprefix("# ").split("\n\n", 1)
    parts: dict[str, list[str]] = {"Begin": []}
    for name in names:
        if name[:2] in PARTS:
            parts[PARTS[name[:2]]] = []
        parts[list(parts)[-1]].append(name)
    trees = [TREE.format(caption=part, names="\n".join(inside)) for part, inside in parts.items()]
    return f"# {title}\n\n{promise.strip()}\n\n" + "".join(trees)


def main() -> int:
    """Write the sources, and let Sphinx make the pages of them."""
    bring_packages()
    for folder in PAGES, SOURCES:
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(Path(__file__).parent / "static", SOURCES / "static")
    (SOURCES / "static" / "mathjax").mkdir()
    shutil.copy(SLIDES / "node_modules" / MATHJAX, SOURCES / "static" / "mathjax")
    shutil.copy(Path(__file__).parent / "conf.py", SOURCES)
    names = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        book = nbformat.read(path, as_version=4)
        nbformat.write(for_reading(book), SOURCES / path.name)
        names.append(path.stem)
    (SOURCES / "index.md").write_text(front(names), "utf-8")
    failed = build_main(["-q", "-W", "--keep-going", "-b", "html", str(SOURCES), str(PAGES)])
    for page in PAGES.glob("*.html"):
        text = page.read_text("utf-8")
        for old, better in FOR_SCREEN_READERS:
            text = text.replace(old, better)
        page.write_text(text, "utf-8")
    if not failed:
        print(f"Open {(PAGES / 'index.html').relative_to(ROOT)}")
    return failed


if __name__ == "__main__":
    sys.exit(main())
