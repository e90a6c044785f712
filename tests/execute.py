"""Run notebooks as JupyterLab would and keep their outputs, without times in the metadata."""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

KEPT = {"tags", "alt", "slideshow", "jupyter"}


def execute(path: Path) -> float:
    """Run a notebook in place and return the seconds it took."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=600,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        coalesce_streams=True,
    )
    start = time.perf_counter()
    client.execute()
    seconds = time.perf_counter() - start
    for cell in notebook.cells:
        cell.metadata = {key: value for key, value in cell.metadata.items() if key in KEPT}
    language = {"name": "python"}
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata = {"kernelspec": spec, "language_info": language}
    nbformat.write(notebook, path)
    return seconds


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        took = execute(Path(argument))
        print(f"{argument}: {took:.0f} s")
