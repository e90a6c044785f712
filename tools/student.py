"""Make the students' copies of the notebooks, in the folder `work`, which Git ignores.

The committed notebooks are the teacher's edition. `make student` copies them without outputs and
without the instructor's notes; solutions stay folded, or go (`SOLUTIONS=no`). Made again after
an update of the course, a copy that a student has edited stays as it is, and the new edition is
put beside it.
"""

import argparse
import hashlib
import json
from pathlib import Path

import nbformat

from tools.index import ROOT

MADE = ".made.json"  # what was made: of each file the fingerprint of its cells


def for_students(notebook: nbformat.NotebookNode, solutions: bool = True) -> nbformat.NotebookNode:
    """Take outputs and the instructor's notes out of a notebook, and solutions if wanted.

    Parameters
    ----------
    notebook
        The teacher's edition; it is changed.
    solutions
        Whether the folded solutions stay. Without them, *Run All* stops where an unwritten
        exercise is used.

    Returns
    -------
    nbformat.NotebookNode
        The same notebook. Stubs, checks and hints are kept.
    """
    notebook.cells = [
        cell
        for cell in without_notes(notebook.cells)
        if solutions or "solution" not in cell.metadata.get("tags", [])
    ]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
            cell.execution_count = None
    return notebook


def without_notes(cells: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    """Leave the instructor's notes out."""
    return [
        cell for cell in cells if cell.metadata.get("slideshow", {}).get("slide_type") != "notes"
    ]


def fingerprint(notebook: nbformat.NotebookNode) -> str:
    """Give what tells an edit: a hash of the cells' kinds and sources, not of their outputs."""
    cells = [(cell.cell_type, cell.source) for cell in notebook.cells]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def hand_out(work: Path, notebooks: Path, solutions: bool | None = None) -> list[str]:
    """Make or renew the copies.

    Parameters
    ----------
    work
        Where the copies stand.
    notebooks
        Where the teacher's edition stands.
    solutions
        Whether the folded solutions stay in the copies; by default as the last time, and the first
        time they do.

    Returns
    -------
    list of str
        A sentence for each notebook that was made, renewed or put beside an edited one.
    """
    work.mkdir(exist_ok=True)
    record = work / MADE
    known = json.loads(record.read_text("utf-8")) if record.exists() else {}
    made = known.get("made", {})  # name: the fingerprints of its editions, the last one last
    solutions = known.get("solutions", True) if solutions is None else solutions
    said = []
    for path in sorted(notebooks.glob("*.ipynb")):
        new = for_students(nbformat.read(path, as_version=4), solutions)
        edition, editions = fingerprint(new), made.setdefault(path.name, [])
        place = work / path.name
        if not place.exists():
            said.append(f"{place.name}: made")
        elif editions[-1:] == [edition]:
            continue
        elif _fingerprint_of(place) in (edition, *editions):
            said.append(f"{place.name}: renewed (nothing in it was edited)")
        else:
            place = _beside(place)
            said.append(f"{path.name}: edited, so it stays; the new edition is {place.name}")
        nbformat.write(new, place)
        made[path.name] = [*(one for one in editions if one != edition), edition]
    record.write_text(json.dumps({"solutions": solutions, "made": made}, indent=1) + "\n", "utf-8")
    return said


def _fingerprint_of(path: Path) -> str:
    """Give a student's file's fingerprint; one that cannot be read counts as edited."""
    try:
        return fingerprint(nbformat.read(path, as_version=4))
    except (ValueError, AttributeError, nbformat.ValidationError):
        return ""


def _beside(path: Path) -> Path:
    """Give the first free name beside a file, such as 04_x-2.ipynb."""
    number = 2
    while (place := path.with_stem(f"{path.stem}-{number}")).exists():
        number += 1
    return place


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--solutions", choices=("yes", "no"), help="fold them or remove them; else as last time"
    )
    chosen = {"yes": True, "no": False, None: None}[parser.parse_args().solutions]
    for sentence in hand_out(ROOT / "work", ROOT / "notebooks", chosen):
        print(sentence)
