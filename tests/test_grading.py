"""Grading: no mark that was not earned, nothing stops the run, feedback with the hint."""

import importlib
import inspect
import os
import textwrap

import nbformat
import nbformat.v4 as new
import pytest
from conftest import ROOT

from helpers.check import Stage, exercises, grade
from tools.grading.judge import judged, verdict
from tools.grading.report import report
from tools.grading.slices import answer_source

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the limits of a process need POSIX")

LESSON = ROOT / "notebooks" / "14_convolution.ipynb"
NAMES = ("correlate", "image_gradient", "correlate_channels", "cross_detector")
HOSTILE = {
    "an endless loop": ("while True:\n    pass", "come to an end"),
    "a loop that swallows its end": (
        "while True:\n    try:\n        while True:\n            pass\n"
        "    except BaseException:\n        pass",
        "come to an end",
    ),
    "exit": ("raise SystemExit", "leaves the program"),
    "an end without goodbye": ("import os\nos._exit(0)", "leaves the program"),
    "a crash": ("return np.zeros((1, 1))[5]", "IndexError"),
    "much too much memory": ("return np.ones(10**11)", "MemoryError"),
    "a forged tick": ("print('✓ correlate: passed (5 cases).')", "prints its answer"),
    "the solution from the course": (
        "from helpers.check import exercises\nreturn exercises()['correlate'].reference(X, K)",
        "KeyError",
    ),
    "the solution from the disk": (f"return open({str(LESSON)!r}).read()", "not allowed"),
    "the solution by another program": (
        "import subprocess\nreturn subprocess.check_output(['cat', 'x'])",
        "not allowed",
    ),
    "the network": ("import socket\nreturn socket.create_connection(('::1', 9))", "not allowed"),
    "a reply of its own": (
        "import os\nfor number in range(3, 30):\n    try:\n"
        '        os.write(number, b\'{"value": {"plain": 2}, "error": null}\\n\')\n'
        "    except OSError:\n        pass\nreturn X",
        "",
    ),
    "a checker that says yes": (
        "import sys\nfor module in list(sys.modules.values()):\n"
        "    if getattr(module, 'grade', None):\n        module.grade = lambda *a: True\nreturn 0",
        "the shape is ()",
    ),
}


def function(body, name="correlate", takes="X, K"):
    return f"import numpy as np\ndef {name}({takes}):\n{textwrap.indent(body, '    ')}\n"


def answers(kind):
    """Give the answers of a folder to the lesson's exercises: name, its text, the function."""
    module = importlib.import_module(f"{kind}.n14")
    for label, one in inspect.getmembers(module, inspect.isfunction):
        if "__" in label and not label.startswith("_"):
            name = label.partition("__")[0]
            text = textwrap.dedent(inspect.getsource(one)).replace(f"def {label}(", f"def {name}(")
            yield pytest.param(name, text, one, id=f"{kind}-{label}")


ANSWERS = [*answers("right_answers"), *answers("wrong_answers")]


@pytest.mark.parametrize("what", HOSTILE)
def test_no_answer_gets_a_mark_that_it_did_not_earn(what, monkeypatch):
    monkeypatch.setattr("helpers.running.LIMIT", 2.0)
    body, said = HOSTILE[what]
    result = verdict("correlate", function(body))
    assert result.stage is not Stage.PASSED
    assert said in result.message


@pytest.mark.parametrize(("name", "text", "own"), ANSWERS[::3])
def test_the_verdict_apart_is_that_of_check(name, text, own):
    needs = inspect.getsource(inspect.getmodule(own)).partition("\ndef ")[0].partition('"""\n')[2]
    assert (apart := verdict(name, f"{needs}\n{text}")).stage is grade(exercises()[name], own).stage
    assert apart.hint == grade(exercises()[name], own).hint


def test_an_answer_may_use_the_course_s_libraries_and_data():
    text = (
        "import tensorflow as tf\nfrom helpers import datasets\n"
        "picture = datasets.load_photograph('camera')\n"
        "def neuron(x, w, b):\n"
        "    x, w, b = (tf.cast(one, 'float64') for one in (x, w, b))\n"
        "    return tf.linalg.matvec(x, w) + b + 0 * picture.mean()\n"
    )
    assert verdict("neuron", text).stage is Stage.PASSED


def notebook(*cells):
    return new.new_notebook(
        cells=[new.new_code_cell(source, metadata={"tags": list(tags)}) for source, *tags in cells]
    )


def test_only_what_an_answer_needs_is_run():
    book = notebook(
        ("import numpy as np, time as t\nt.sleep(999)",),
        ("k = 2\nk += 1\ntable = [0, 0]\ntable[1] = 5\ntrained = model.fit(k)",),
        ("%matplotlib inline\ndef half(v):\n    return v / 2",),
        ("def f(x):\n    return np.sum(x) * k + half(table[1])", "exercise"),
        ("check(f)", "check"),
        ("k = 99",),
    )
    source, own, missing = answer_source(book, "f", 4)
    assert missing is None
    assert own.startswith("def f(x):")
    assert "sleep" not in source
    assert "model" not in source
    namespace = {}
    exec(source, namespace)
    assert namespace["f"]([1, 2]) == 11.5


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([("def f(x) return x",)], "not Python"),
        ([("def g(x):\n    return x",)], "deleted or renamed"),
        ([("@solution\ndef f(x):\n    return x", "solution")], "deleted or renamed"),
    ],
    ids=["not Python", "renamed", "only the solution"],
)
def test_an_answer_that_is_not_there_is_said_to_be_so(cells, said):
    assert said in answer_source(notebook(*cells, ("check(f)", "check")), "f", 1)[2]


def test_the_cells_below_a_check_and_a_check_of_one_s_own_do_not_count():
    right = "def neuron(x, w, b):\n    return x @ w + b"
    late = notebook(("check(neuron)", "check"), (right, "exercise"))
    assert judged(late)[0].grade.stage is Stage.NOT_WRITTEN
    redefined = notebook(
        ("def check(f):\n    print('✓ passed')",),
        ("def neuron(x, w, b):\n    return 0", "exercise"),
        ("check(neuron)", "check"),
    )
    assert judged(redefined)[2].grade.stage is Stage.WRONG


# --- a class, through nbgrader ---


def written(released, texts):
    """Give a released notebook with answers typed into its exercises."""
    book = nbformat.read(released, as_version=4)
    for cell in book.cells:
        for name, text in texts.items():
            if cell.metadata.get("nbgrader", {}).get("grade_id") == name:
                cell.source = text
    return book


def solutions():
    lesson = nbformat.read(LESSON, as_version=4)
    found = {}
    for cell in lesson.cells:
        if "solution" in cell.metadata.get("tags", []):
            name = cell.source.partition("def ")[2].partition("(")[0]
            found[name] = cell.source.replace("@solution\n", "")
    return found


def without_checks(book):
    book.cells = [cell for cell in book.cells if not cell.metadata.get("nbgrader", {}).get("grade")]
    return book


def with_forged_checks(book):
    for cell in book.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.source = "print('✓ passed (5 cases).')"
            cell.outputs = [new.new_output("stream", text="✓ passed (5 cases).\n")]
    return book


def the_class(released, size):
    """Generate submissions: of each student what is handed in, and the points it has earned."""
    right = solutions()
    wrong = [one for one in ANSWERS if one.id.startswith("wrong")]
    submissions = {
        "all-right": (written(released, right), 4),
        "nothing-written": (written(released, {}), 0),
        "no-cells": (new.new_notebook(), 0),
        "not-a-notebook": ("PK\x03\x04", 0),
        "checks-deleted-right": (without_checks(written(released, right)), 4),
        "checks-deleted": (without_checks(written(released, {})), 0),
        "checks-forged": (with_forged_checks(written(released, {})), 0),
        "check-redefined": (
            written(released, {"correlate": "def check(f):\n    print('✓')\ncheck = print"}),
            0,
        ),
    }
    for what, (body, _) in HOSTILE.items():
        texts = right | {"correlate": function(body)}
        submissions[what.replace(" ", "-")] = (written(released, texts), 3)
    for one in wrong:
        if len(submissions) >= size:
            break
        name, text, _ = one.values
        submissions[one.id] = (written(released, right | {name: text}), 3)
    return dict(list(submissions.items())[:size])


@pytest.mark.parametrize("size", [9, pytest.param(40, marks=pytest.mark.slow)])
def test_a_class_is_marked_and_each_student_reads_the_hint(tmp_path, size, monkeypatch):
    pytest.importorskip("nbgrader", reason="nbgrader is not installed: make grading")
    from tools.grading import course

    monkeypatch.setattr("helpers.running.LIMIT", 5.0)
    released = course.release(LESSON, tmp_path)
    archive = tmp_path / "downloaded" / LESSON.stem / "archive"
    archive.mkdir(parents=True)
    submissions = the_class(released, size)
    for student, (book, _) in submissions.items():
        text = book if isinstance(book, str) else nbformat.writes(book)
        (archive / f"{student}_{LESSON.name}").write_text(text, "utf-8")
    assert course.collect(LESSON.stem, tmp_path) == sorted(submissions)
    marks = course.mark(LESSON.stem, tmp_path)
    assert marks == {student: earned for student, (_, earned) in submissions.items()}

    feedback = tmp_path / "feedback"
    for student in submissions:
        page = (feedback / student / LESSON.stem / f"{LESSON.stem}.html").read_text("utf-8")
        for name in NAMES:
            assert f" {name}: " in page
    verdicts = tmp_path / "verdicts" / LESSON.stem
    page = report(verdicts, names=False)
    assert not any(student in page for student in submissions)
    assert "all-right" not in page
    assert all(f"{name}: " in page for name in NAMES)
