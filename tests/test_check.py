"""The tutor's engine, on an exercise made for the purpose."""

import functools
import importlib
import itertools
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
from conftest import ROOT

from helpers import running
from helpers.check import BODY, Edit, Exercise, Stage, grade, normal


def affine(W, x, b):
    product = W @ x
    return product + b


def _cases():
    return {
        "two by two": (
            np.array([[1.0, 2.0], [3.0, 4.0]]),
            np.array([1.0, 0.5]),
            np.array([0.5, 1.5]),
        ),
        "three rows": normal("m n, n, m", seed=1, m=3, n=2),
    }


engine = importlib.import_module("helpers.check")  # `helpers.check` is the function

EXERCISE = Exercise(
    affine,
    cases=_cases,
    mistakes=(
        Edit("return product + b", "return product", "where does b come in?"),
        Edit("W @ x", "W.T @ x", "W is used transposed"),
        Edit(BODY, "raise ValueError('the same text')", "an error that may have any cause"),
    ),
    hints=("First the product.", "Then the sum."),
)


@pytest.fixture(autouse=True)
def one_exercise(monkeypatch):
    monkeypatch.setattr(engine, "exercises", lambda: {"affine": EXERCISE})
    monkeypatch.setattr(running, "LIMIT", 0.3)
    engine._given.clear()


def not_written(W, x, b):
    raise NotImplementedError("your code here")


def unknown_name(W, x, b):
    return W @ x + c  # noqa: F821


def calls_an_unwritten_one(W, x, b):
    return not_written(W, x, b)


def without_return(W, x, b):
    W @ x + b


def prints(W, x, b):
    print(W @ x + b)


def changes_and_returns_nothing(W, x, b):
    b += W @ x


def changes_too_much(W, x, b):
    b *= 2
    return W @ x + b * x[0]


def changes_and_is_right(W, x, b):
    b += W @ x
    return b


def loops(W, x, b):
    while True:
        pass


def loops_and_swallows(W, x, b):
    while True:
        try:
            time.sleep(0.001)
        except:  # noqa: E722
            b = b


def calls_itself(W, x, b):
    return calls_itself(W, x, b)


def leaves(W, x, b):
    sys.exit()


def asks(W, x, b):
    return float(input("W?"))


def yields(W, x, b):
    yield W @ x + b


async def waits(W, x, b):
    return W @ x + b


def collects_itself(W, x, b):
    rows = []
    rows.append(rows)
    return rows


def returns_on_one_way_only(W, x, b):
    if len(b) == 2:
        return W @ x + b


def wrong_shapes(W, x, b):
    return W @ b[:1]


@pytest.mark.parametrize(
    ("function", "stage", "said"),
    [
        (not_written, "NOT_WRITTEN", "not written yet"),
        (calls_an_unwritten_one, "WRONG", "calls not_written, which is not written yet"),
        (unknown_name, "WRONG", "NameError: name 'c' is not defined"),
        (unknown_name, "WRONG", "in line 2 of unknown_name: return W @ x + c"),
        (without_return, "WRONG", "is `return` missing"),
        (prints, "WRONG", "write `return` in place of print"),
        (changes_and_returns_nothing, "WRONG", "changes its argument and returns nothing"),
        (changes_too_much, "WRONG", "your function changes its argument b"),
        (changes_and_is_right, "PASSED", "your function changes its argument b"),
        (loops, "WRONG", "did not come to an end"),
        (loops_and_swallows, "WRONG", "did not come to an end"),
        (calls_itself, "WRONG", "calls itself without end"),
        (leaves, "WRONG", "end a function with `return`"),
        (asks, "WRONG", "calls input()"),
        (yields, "WRONG", "`return` in place of `yield`"),
        (waits, "WRONG", "`async def`"),
        (lambda W, x, b: (v for v in W @ x + b), "WRONG", "`[ ]` around the `for`"),
        (lambda W, x, b: (b, W @ x + b), "WRONG", "value 2 of the 2 that you return is the right"),
        (lambda W, x, b: (W @ x + b) / 4, "WRONG", "is the expected one divided by 4"),
        (lambda W, x, b: W[:, -1] * x[-1] + b, "WRONG", "with only the last term of the sum in"),
        (lambda W, x, b: np.float64(7), "WRONG", "the shape is (), expected (2,)"),
        (collects_itself, "WRONG", "a list that contains itself"),
        (returns_on_one_way_only, "WRONG", "which way through your function has no `return`"),
        (wrong_shapes, "WRONG", "last axis of A must be as long as the first of B"),
        (wrong_shapes, "WRONG", "W has the shape (2, 2), b has the shape (2,)"),
        (lambda W, x: W, "WRONG", "takes (W, x), but it is called with 3 arguments"),
        (lambda W, x, b: affine, "WRONG", "the function affine itself"),
        (lambda W, x, b: "text", "WRONG", "expected a number, got the text 'text'"),
        (lambda W, x, b: {1: object()}, "WRONG", "expected numbers, got a dict"),
        (lambda W, x, b: [[1], [1, 2]], "WRONG", "lists of different lengths"),
        (lambda W, x, b: (W @ x + b) * np.nan, "WRONG", "NaN"),
        (lambda W, x, b: float((W @ x + b).sum()), "WRONG", "the shape is (), expected (2,)"),
        (lambda W, x, b: float((W @ x + b).sum()), "WRONG", "the sum of the right one"),
        (lambda W, x, b: W @ x - b, "WRONG", "[0] is 1.5, expected 2.5 (2 of 2 numbers differ)"),
        (lambda W, x, b: W @ x - b, "WRONG", "asked: W = [[1.0, 2.0], [3.0, 4.0]], x = [1.0, 0.5]"),
        (lambda W, x, b: W @ x - b, "WRONG", "those of the formula with `−` in place of `+`"),
        (lambda W, x, b: 2 * (W @ x + b), "WRONG", "every number is 2 times the expected one"),
        (lambda W, x, b: W @ np.abs(x) + b, "WRONG", "passed: two by two. Not passed: three"),
        (lambda W, x, b: W @ x + b + 3, "WRONG", "every number is 3 too large"),
        (lambda W, x, b: np.exp(W @ x + b), "WRONG", "with np.exp applied to it"),
        (lambda W, x, b: (W @ x + b).astype(int), "WRONG", "the fractions are cut off"),
        (lambda W, x, b: (W @ x + b)[::-1], "WRONG", "in reverse order"),
        (lambda W, x, b: W[:, 0] + b, "WRONG", "changing `x` changes nothing in your answer"),
        (lambda W, x, b: (W @ x + b)[:, None], "WRONG", "an axis of length 1"),
        (lambda W, x, b: (W @ x + b)[1:], "WRONG", "the first entry is missing"),
        (lambda W, x, b: W @ x + b * x[0] ** 2, "WRONG", "the right solution has product = ["),
    ],
)  # fmt: skip
def test_what_is_said(function, stage, said):
    result = grade(EXERCISE, function)
    assert result.stage is Stage[stage]
    assert said in "\n".join([result.message, *result.details])
    assert result.hint is None


def test_a_swallowed_error_of_ours_is_still_said():
    """An interrupt by the clock must reach an answer that catches every Exception."""

    def swallows(W, x, b):
        while True:
            try:
                b = b + 0
            except Exception:
                b = b

    assert "come to an end" in grade(EXERCISE, swallows).message


def test_the_time_limit_holds_in_another_thread_too():
    found = []
    thread = threading.Thread(target=lambda: found.append(grade(EXERCISE, loops)))
    thread.start()
    thread.join(10)
    assert "come to an end" in found[0].message


def test_the_clock_may_strike_while_an_answer_is_called_or_has_returned():
    """With a limit as short as the call itself it strikes everywhere, and leaves nothing behind."""
    for _ in range(3000):
        outcome = running.run(lambda: 1, (), 2e-5)
        assert outcome.value == 1 or isinstance(outcome.error, running.TimeUp)
    time.sleep(0.3)


def test_a_slow_right_answer_passes():
    def slow(W, x, b):
        time.sleep(0.1)
        return W @ x + b

    assert grade(EXERCISE, slow).stage is Stage.PASSED


class Adds:
    def __call__(self, W, x, b):
        return W @ x + b


def counted(function):
    def wrapper(*arguments):
        return function(*arguments)

    return wrapper


@counted
def decorated(W, x, b):
    return W @ x + b


def in_place(W, x, b):
    b += W @ x
    return b


def another_affine(W, x, b):
    return W @ x + b


@pytest.mark.parametrize(
    "answer",
    [
        another_affine,
        in_place,
        decorated,
        Adds(),
        functools.partial(another_affine),
        lambda *arguments: another_affine(*arguments),
        lambda W, x, b: (W @ x + b).tolist(),
        lambda W, x, b: tuple((W @ x + b).tolist()),
        lambda W, x, b: (W @ x + b).astype("float32"),
        lambda W, x, b: (W @ x + b).astype("float16"),
        lambda W, x, b: (W @ x + b).astype(object),
        lambda W, x, b: [np.array(v) for v in W @ x + b],
    ],
)
def test_right_answers_pass_in_any_dress(answer):
    assert grade(EXERCISE, answer).stage is Stage.PASSED


def test_errors_of_one_text_earn_no_hint():
    """An error that says the same in every case may have another cause than the table's."""

    def raises(W, x, b):
        raise ValueError("the same text")

    assert grade(EXERCISE, raises).hint is None


@pytest.mark.parametrize("edit", EXERCISE.mistakes[:2])
def test_a_named_mistake_earns_its_hint(edit):
    assert grade(EXERCISE, EXERCISE.edited(edit)).hint == edit.hint


def test_an_edit_that_does_not_fit_is_an_error():
    with pytest.raises(ValueError, match="stands 0 times"):
        EXERCISE.edited(Edit("W @ y", "W", ""))


def test_each_case_sees_fresh_arguments():
    def spoils(W, x, b):
        value = W @ x + b
        W[:], x[:], b[:] = 0, 0, 0
        return value

    assert grade(EXERCISE, spoils).stage is Stage.PASSED


def test_check_prints(capsys):
    def affine(W, x, b):
        return W @ x

    engine.check(affine)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("✗ affine: the answer[0] is 2, expected 2.5")
    assert lines[-1] == "  hint: where does b come in?"
    engine.check(another_affine)
    assert "no exercise is called another_affine" in capsys.readouterr().out
    engine.check()
    engine.check(3.5)
    engine.check(affine, 3)
    assert capsys.readouterr().out.count("without calling it") == 3


def test_check_goes_by_the_name_that_the_caller_gave(capsys):
    affine = lambda W, x, b: W @ x + b  # noqa: E731
    engine.check(affine)
    assert capsys.readouterr().out == "✓ affine: passed (2 cases).\n"


def test_an_interrupt_ends_in_a_sentence(capsys):
    def affine(W, x, b):
        raise KeyboardInterrupt

    engine.check(affine)
    assert "interrupted" in capsys.readouterr().out


def test_hints_come_one_at_a_time(capsys):
    for _ in range(3):
        engine.hint(another := affine)
    assert another is affine
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        "First the product.", "Then the sum.", "First the product."
    ]  # fmt: skip


def run_cells(*cells):
    """Run cells one after the other in one namespace, as a kernel does; return it."""
    namespace = {"check": engine.check, "solution": engine.solution}
    for cell in cells:
        exec(cell, namespace)
    return namespace


STUB = "def affine(W, x, b):\n    raise NotImplementedError"
RIGHT = "def affine(W, x, b):\n    return b + W @ x"
WRONG = "def affine(W, x, b):\n    return W @ x"
SOLUTION = "@solution\ndef affine(W, x, b):\n    return W @ x + b"


@pytest.mark.parametrize(
    ("own", "said", "kept"),
    [
        (STUB, "the solution is used from here on", False),
        (WRONG, "the solution is used from here on", False),
        (RIGHT, "your own answer passes and stays in use", True),
        ("affine = lambda W, x, b: W @ x + b", "your own answer passes and stays in use", True),
        ("affine = 3", "the solution is used from here on", False),
    ],
)
def test_an_answer_that_passes_stays_in_use(own, said, kept, capsys):
    namespace = run_cells(own, "before = affine", SOLUTION)
    assert said in capsys.readouterr().out
    assert (namespace["affine"] is namespace["before"]) == kept


def test_an_answer_that_stays_in_use_returns_arrays_where_the_solution_does():
    namespace = run_cells("def affine(W, x, b):\n    return list(W @ x + b)", SOLUTION)
    answer = namespace["affine"](np.eye(2), np.array([1.0, 2.0]), np.zeros(2))
    assert isinstance(answer, np.ndarray)
    assert answer[::-1].tolist() == [2.0, 1.0]


def test_an_answer_that_stays_in_use_leaves_the_callers_arguments_alone():
    namespace = run_cells("def affine(W, x, b):\n    b += W @ x\n    return b", SOLUTION)
    b = np.zeros(2)
    assert namespace["affine"](np.eye(2), np.array([1.0, 2.0]), b).tolist() == [1.0, 2.0]
    assert b.tolist() == [0.0, 0.0]


def test_the_solution_never_passes_for_an_answer(capsys):
    run_cells(STUB, SOLUTION, "check(affine)", SOLUTION, "check(affine)")
    said = capsys.readouterr().out
    assert said.count("Run your own cell first") == 2
    assert "passed" not in said
    assert grade(EXERCISE, affine).stage is Stage.REFERENCE


def test_open_exercises_are_judged_by_what_they_achieve():
    def latch():
        return {"w": 5.0}

    exercise = Exercise(
        latch,
        cases=lambda: {"": ()},
        mistakes=(),
        hints=(),
        goals={
            "holds": lambda answer: None if answer["w"] > 1 else "w is too small to hold",
            "stays below 9": lambda answer: None if answer["w"] < 9 else "w is too large",
        },
    )
    assert grade(exercise, lambda: {"w": 2.0}).message == "passed: holds, stays below 9."
    assert "not yet reached: holds. w is too small" in grade(exercise, lambda: {"w": 0}).message
    far = grade(exercise, lambda: {"w": 10})
    assert "not yet reached: stays below 9" in far.message
    assert far.details == ("reached: holds",)
    assert "could not be tried" in grade(exercise, lambda: 3).message
    assert "nothing was returned" in grade(exercise, lambda: None).message
    assert "in place of print" in grade(exercise, lambda: print({"w": 2.0})).message


def test_the_numbers_of_every_variation_are_told_or_right():
    """No variation of the solution passes unless it computes the same."""
    for words, function in engine.variations(affine):
        result = grade(EXERCISE, function)
        said = " ".join([*result.details, str(result.hint)])
        assert result.stage in (Stage.WRONG, Stage.PASSED), words
        if result.stage is Stage.WRONG and "stopped" not in result.message:
            assert "hint" not in said or result.hint or result.details, words


def test_check_imports_no_tensorflow_and_answers_at_once():
    code = (
        "import sys, time; start = time.perf_counter(); from helpers import check\n"
        "def neuron(x, w, b): return x @ w + b\n"
        "check(neuron); print(time.perf_counter() - start)\n"
        "assert not {'tensorflow', 'keras'} & set(sys.modules)"
    )
    found = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
        for _ in itertools.repeat(None, 3)
    ]
    assert all(one.returncode == 0 for one in found), found[0].stderr
    assert all("neuron: passed" in one.stdout for one in found)
    numpy = subprocess.run(
        [sys.executable, "-c", "import time; s = time.perf_counter(); import numpy;"
         "print(time.perf_counter() - s)"], capture_output=True, text=True
    )  # fmt: skip
    fastest = min(float(one.stdout.split()[-1]) for one in found)
    assert fastest < 0.3 + 2 * float(numpy.stdout)


def test_a_generator_is_no_pair():
    """Its values could be read once only, so the notebook could not go on with it."""

    def pair(W, x, b):
        return W @ x, b

    def yields_a_pair(W, x, b):
        yield W @ x
        yield b

    exercise = Exercise(pair, cases=_cases, mistakes=(), hints=())
    result = grade(exercise, yields_a_pair)
    assert "`return` in place of `yield`" in result.message
    assert len(result.details) == 1
    one = grade(exercise, lambda W, x, b: np.float64(7))
    assert "expected 2 values, got one: 7.0" in one.message


def test_a_nan_is_told_of_the_case_that_is_shown():
    def later(W, x, b):
        return (W @ x) * (np.nan if len(b) == 3 else 1)

    result = grade(EXERCISE, later)
    assert "[0] is 2, expected 2.5" in result.message
    assert any("an infinity in the answer to 'three rows'" in line for line in result.details)


def test_an_argument_that_only_moves_the_place_of_the_largest_is_used():
    """Halving and shifting an array keeps its largest entry where it is."""

    def place(x):
        return float(np.argmax(np.abs(x)))

    exercise = Exercise(
        place,
        cases=lambda: {str(n): (normal("n", seed=n, n=5)[0],) for n in range(4)},
        mistakes=(),
        hints=(),
    )
    said = " ".join(grade(exercise, lambda x: float(np.argmax(x))).details)
    assert "changes nothing" not in said
    assert "changing `x` changes nothing" in " ".join(grade(exercise, lambda x: 7.0).details)


def _made(truth):
    """Make an exercise that asks for `truth(n)`; return what is said of an answer to it."""

    def made(n):
        return truth(n)

    exercise = Exercise(
        made,
        cases=lambda: {f"n = {n}": (np.arange(n),) for n in (4, 5)},
        mistakes=(),
        hints=(),
    )
    return lambda answer: " ".join(grade(exercise, answer).details)


def _table(n):
    return np.add.outer(n**2, 10.0 * n + 1)


@pytest.mark.parametrize(
    ("truth", "answer", "said"),
    [
        (lambda n: np.array([1, 1, len(n) - 2]), lambda n: [2, 0, 0], "add up to n.shape[0]"),
        (lambda n: np.arange(len(n)) * 50 + 7, lambda n: np.arange(len(n)) ** 2, "is too narrow"),
        (_table, lambda n: _table(n) * np.pad(np.ones((len(n) - 1,) * 2), (0, 1)),
         "all is right except the last row and the last column"),
        (_table, lambda n: np.pad(_table(n), 2), "the right numbers stand in its centre"),
        (_table, lambda n: _table(n)[:2, :2], "only the upper left of the right answer"),
        (lambda n: n + 0.3 + n % 2 / 5, lambda n: n % 2 + 3, "all whole where the expected"),
        (lambda n: n * n, lambda n: n * n - (n % 2), "where it is wrong, it is always 1 too small"),
    ],
)  # fmt: skip
def test_what_the_numbers_have_in_common(truth, answer, said):
    assert said in _made(truth)(answer)
