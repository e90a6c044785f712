"""A graded assignment by nbgrader: made, collected, judged, marked, with feedback.

All of it stands in the folder `grading`, which Git ignores. nbgrader keeps the marks and writes the
feedback; in place of running a submission in its own kernel, `judge` reaches the verdicts.
"""

import csv
import json
import os
import shutil
import sys
from pathlib import Path

import nbformat
import nbformat.v4 as new
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.apps.zipcollectapp import ZipCollectApp
from nbgrader.preprocessors import (
    CheckCellMetadata,
    ComputeChecksums,
    LockCells,
    NbGraderPreprocessor,
    SaveAutoGrades,
    SaveCells,
)
from traitlets.config import Config

from helpers.check import Stage, exercises, lines_of
from tools.grading.judge import CHECK, judged
from tools.student import for_students

# nbgrader calls alembic, which stands beside this Python
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
POINTS = 1  # for each exercise
# alice_04_vanishing_gradients.ipynb, or 04_vanishing_gradients.ipynb in a folder alice
NAMED = r".*?(?P<student_id>[^/\\]+?)[_/\\](?P<file_id>\d\d_\w+)\.ipynb$"


class Judge(NbGraderPreprocessor):
    """Puts each check's verdict under it: from there nbgrader takes the mark and the feedback."""

    def preprocess(
        self, notebook: nbformat.NotebookNode, resources: dict
    ) -> tuple[nbformat.NotebookNode, dict]:
        """Judge a notebook; what it says of itself, in outputs or in text, does not count."""
        verdicts = judged(notebook)
        told = {}
        for position, cell in enumerate(notebook.cells):
            if cell.cell_type == "code":
                cell.outputs = []
            if not cell.metadata.get("nbgrader", {}).get("grade"):
                continue
            found = verdicts.get(position)
            if found is None:
                lines, passed = ["✗ this check could not be judged."], False
            else:
                passed = found.grade.stage is Stage.PASSED
                lines = lines_of(exercises()[found.name], found.grade)
                told[found.name] = {
                    "stage": found.grade.stage.name,
                    "message": found.grade.message,
                    "details": found.grade.details,
                    "hint": found.grade.hint,
                    "answer": found.answer,
                }
            # nbgrader gives no point where something stands in stderr
            name = "stdout" if passed else "stderr"
            cell.outputs = [new.new_output("stream", name=name, text="\n".join(lines) + "\n")]
        course = Path(self.config.CourseDirectory.root)
        folder = verdicts_of(course, resources["nbgrader"]["assignment"])
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
        (folder / f"{resources['nbgrader']['student']}.json").write_text(text, "utf-8")
        return notebook, resources


def verdicts_of(folder: Path, assignment: str) -> Path:
    """Say where the verdicts on an assignment stand, a file for each student."""
    return folder / "verdicts" / assignment


def settings(folder: Path) -> Config:
    """Give nbgrader's settings for a course that stands in a folder."""
    config = Config()
    config.CourseDirectory.root = str(folder)
    config.CourseDirectory.course_id = "course"
    config.CourseDirectory.db_url = f"sqlite:///{folder / 'gradebook.db'}"
    config.Application.log_level = "ERROR"
    config.GenerateAssignment.preprocessors = [
        LockCells,
        CheckCellMetadata,
        ComputeChecksums,
        SaveCells,
    ]
    config.Autograde.autograde_preprocessors = [Judge, SaveAutoGrades, CheckCellMetadata]
    config.FileNameCollectorPlugin.named_regexp = NAMED
    config.ZipCollectApp.force = True
    return config


def source_of(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Make an assignment of a lesson: the students' copy without solutions, its checks marked."""
    notebook = for_students(notebook, solutions=False)
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        common = {"schema_version": 3, "task": False}
        if "check" in tags:
            cell.metadata["nbgrader"] = common | {
                "grade": True,
                "grade_id": f"check-{CHECK.search(cell.source)[1]}",
                "locked": True,
                "points": POINTS,
                "solution": False,
            }
        elif "exercise" in tags:
            name = cell.source.rpartition("def ")[2].partition("(")[0]
            cell.metadata["nbgrader"] = common | {
                "grade": False,
                "grade_id": name,
                "locked": False,
                "solution": True,
            }
    return notebook


def release(lesson: Path, folder: Path) -> Path:
    """Make the assignment of a lesson and return the notebook to hand out."""
    source = folder / "source" / lesson.stem / lesson.name
    source.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(source_of(nbformat.read(lesson, as_version=4)), source)
    _done(NbGraderAPI(config=settings(folder)).generate_assignment(lesson.stem), lesson.stem)
    return folder / "release" / lesson.stem / lesson.name


def collect(assignment: str, folder: Path) -> list[str]:
    """Collect what lies in `downloaded/ASSIGNMENT/archive`, notebooks or archives of them.

    Returns
    -------
    list of str
        The names of the students who have submitted something.
    """
    app = ZipCollectApp.instance(config=settings(folder))
    app.config.CourseDirectory.assignment_id = assignment
    app.initialize([assignment])
    app.start()
    ZipCollectApp.clear_instance()
    name = f"{assignment}.ipynb"
    released = nbformat.read(folder / "release" / assignment / name, as_version=4)
    students = []
    for place in sorted((folder / "submitted").glob(f"*/{assignment}")):
        students.append(place.parent.name)
        try:
            notebook = nbformat.read(place / name, as_version=4)
            nbformat.validate(notebook)
        except Exception as error:  # whatever a file of that name holds
            why = f"**The file that you submitted is not a notebook** ({type(error).__name__})."
            notebook = new.new_notebook(cells=[new.new_markdown_cell(why)])
        nbformat.write(completed(notebook, released), place / name)
    return students


def completed(
    notebook: nbformat.NotebookNode, released: nbformat.NotebookNode
) -> nbformat.NotebookNode:
    """Put back what was deleted: stubs on top, where any answer comes after, checks at the end."""
    there = {cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells}
    for cell in released.cells:
        marked = cell.metadata.get("nbgrader", {})
        if marked and marked["grade_id"] not in there:
            notebook.cells.insert(len(notebook.cells) if marked["grade"] else 0, cell)
    return notebook


def mark(assignment: str, folder: Path) -> dict[str, float]:
    """Judge what was collected, write the feedback and the table of marks.

    Returns
    -------
    dict of str to float
        The points of each student.
    """
    api = NbGraderAPI(config=settings(folder))
    shutil.rmtree(verdicts_of(folder, assignment), ignore_errors=True)
    students = sorted(api.get_submitted_students(assignment))
    for student in students:
        _done(api.autograde(assignment, student), student)
        _done(api.generate_feedback(assignment, student), student)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "course") as book:
        marks = {one: book.find_submission(assignment, one).score for one in students}
        most = book.find_assignment(assignment).max_score
    with (folder / f"marks-{assignment}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("student", "points", "of"))
        writer.writerows((student, points, most) for student, points in marks.items())
    return marks


def _done(result: dict, what: str) -> None:
    if not result["success"]:
        raise SystemExit(f"nbgrader failed on {what}:\n{result.get('error') or result.get('log')}")
