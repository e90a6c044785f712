"""`make assignment NB=04`, a graded assignment; `make report NB=04`, what went wrong in it."""

import argparse
import warnings
from pathlib import Path

from tools.grading import course
from tools.grading.report import report
from tools.index import ROOT

GRADING = ROOT / "grading"


def lesson(number: str) -> Path:
    """Find the notebook of a number, such as 04."""
    found = sorted((ROOT / "notebooks").glob(f"{number}*.ipynb"))
    if len(found) != 1:
        raise SystemExit(f"NB={number} names {len(found)} notebooks; one is wanted, such as NB=04.")
    return found[0]


def assignment(path: Path) -> None:
    """Release an assignment; collect, judge and mark what was handed in, if anything was."""
    handed_in = GRADING / "downloaded" / path.stem / "archive"
    handed_in.mkdir(parents=True, exist_ok=True)
    if not any(handed_in.iterdir()):
        print(f"To hand out: {course.release(path, GRADING).relative_to(ROOT)}")
        print(f"Put what comes back into {handed_in.relative_to(ROOT)}, as notebooks named")
        print(f"NAME_{path.name} or as an archive of them, then run this again.")
        return
    students = course.collect(path.stem, GRADING)
    print(f"collected: {len(students)} submissions")
    for student, points in course.mark(path.stem, GRADING).items():
        print(f"{points:4g}  {student}")
    print(f"Marks: grading/marks-{path.stem}.csv; feedback: grading/feedback/NAME/{path.stem}")


def main() -> None:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tools.grading", description=__doc__)
    parser.add_argument("what", choices=("assignment", "report"))
    parser.add_argument("number", help="of the notebook, such as 04")
    parser.add_argument(
        "--without-names", action="store_true", help="leave the students' names out"
    )
    arguments = parser.parse_args()
    path = lesson(arguments.number)
    if arguments.what == "assignment":
        assignment(path)
        return
    verdicts = course.verdicts_of(GRADING, path.stem)
    if not verdicts.exists():
        raise SystemExit(f"Nothing of {path.stem} has been graded: run make assignment first.")
    page = GRADING / f"report-{path.stem}.html"
    page.write_text(report(verdicts, not arguments.without_names), "utf-8")
    print(f"Open {page.relative_to(ROOT)}")


if __name__ == "__main__":
    # nbgrader's own habits: an order of adding rows, and cells without an id
    warnings.filterwarnings("ignore", module="nbgrader|nbformat")
    main()
