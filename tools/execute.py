"""Run notebooks as JupyterLab would and keep their outputs, without times in the metadata."""

import argparse
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient

KEPT = {"tags", "slideshow", "jupyter"}


def execute(path: Path) -> tuple[float, dict[str, float]]:
    """Run a notebook in place; return its seconds, and those of each code cell by its name."""
    notebook = nbformat.read(path, as_version=4)
    begun: dict[int, float] = {}
    cells: dict[str, float] = {}

    def begin(cell: nbformat.NotebookNode, cell_index: int) -> None:
        begun[cell_index] = time.perf_counter()

    def end(cell: nbformat.NotebookNode, cell_index: int, **reply: object) -> None:
        first_line = cell.source.partition("\n")[0]
        cells[f"[{cell_index}] {first_line}"] = time.perf_counter() - begun[cell_index]

    client = NotebookClient(
        notebook,
        timeout=600,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        coalesce_streams=True,
        on_cell_execute=begin,
        on_cell_executed=end,
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
    return seconds, cells


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("--times", action="store_true", help="print the cells that take over 1 s")
    arguments = parser.parse_args()
    for notebook in arguments.notebooks:
        took, cells = execute(notebook)
        print(f"{notebook}: {took:.0f} s", flush=True)
        for cell, seconds in cells.items():
            if arguments.times and seconds > 1:
                print(f"{seconds:7.1f} s  {cell}", flush=True)
