"""The exercise engine: its stages, what it says, and that no answer can break it."""

import re
from dataclasses import replace

import numpy as np
import pytest

from helpers import checks
from helpers.checks.engine import Exercise, Mistake, Stage, grade


def forgets_bias(W, x, b):
    return W @ x


def transposes(W, x, b):
    return W.T @ x + b


def affine(W, x, b):
    return W @ x + b


EXERCISE = Exercise(
    name="affine",
    oracle=affine,
    cases=lambda: [
        (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1.0, 0.0]), np.array([0.5, 0.5])),
        (np.arange(9.0).reshape(3, 3), np.ones(3), np.array([1.0, 2.0, 3.0])),
    ],
    mistakes=(
        Mistake(forgets_bias, "where does b come in?"),
        Mistake(transposes, "W is used transposed"),
    ),
)


def not_written(W, x, b):
    raise NotImplementedError("your code here")


def with_error(W, x, b):
    return W @ x + c  # noqa: F821


def without_return(W, x, b):
    W @ x + b


def one_number(W, x, b):
    return float((W @ x + b).sum())


def not_a_number(W, x, b):
    return W @ x + b * np.nan


def wrong(W, x, b):
    return W @ x - b


@pytest.mark.parametrize(
    ("function", "stage", "said"),
    [
        (not_written, Stage.NOT_WRITTEN, "not written yet"),
        (with_error, Stage.STOPPED, "NameError: name 'c' is not defined"),
        (without_return, Stage.SHAPE, "`return` missing"),
        (one_number, Stage.SHAPE, r"the shape is \(\), expected \(2,\)"),
        (lambda W, x, b: "text", Stage.SHAPE, "shape"),
        (lambda W, x, b: {1: object()}, Stage.SHAPE, "expected an array of numbers, got a dict"),
        (lambda W, x, b: [[1], [1, 2]], Stage.SHAPE, "expected an array of numbers, got a list"),
        (not_a_number, Stage.VALUE, "NaN"),
        (wrong, Stage.VALUE, r"got \[0.5, 2.5\], expected \[1.5, 3.5\]\s+asked: W = .*x = \[1., 0"),
        (lambda W: W, Stage.STOPPED, "TypeError"),
        (affine, Stage.PASSED, "passed"),
        (lambda W, x, b: (W @ x + b).tolist(), Stage.PASSED, "passed"),
        (lambda W, x, b: (W @ x + b).astype("float32"), Stage.PASSED, "passed"),
    ],
)  # fmt: skip
def test_stages(function, stage, said):
    result = grade(EXERCISE, function)
    assert result.stage is stage
    assert re.search(said, result.message), result.message
    assert result.hint is None


@pytest.mark.parametrize("mistake", EXERCISE.mistakes)
def test_a_known_mistake_earns_its_hint(mistake):
    assert grade(EXERCISE, mistake.wrong).hint == mistake.hint


def test_a_mistake_that_only_shows_on_a_later_case():
    def right_on_the_tiny_case(W, x, b):
        return W @ x + b[0]

    result = grade(EXERCISE, right_on_the_tiny_case)
    assert result.stage is Stage.VALUE
    assert "[ 4., 13., 22.]" in result.message


def test_changing_the_inputs_in_place_is_allowed():
    def in_place(W, x, b):
        b += W @ x
        return b

    assert grade(EXERCISE, in_place).stage is Stage.PASSED


def test_a_mistake_that_raises_does_not_break_the_comparison():
    def crashes(W, x, b):
        return W @ x + b[:, None].missing

    exercise = replace(EXERCISE, mistakes=(Mistake(crashes, "it crashes"),))
    assert grade(exercise, wrong).hint is None
    assert grade(exercise, crashes).hint == "it crashes"


def pair(exercise_answer):
    return Exercise("pair", lambda: exercise_answer, lambda: [()], ())


@pytest.mark.parametrize(
    ("expected", "answer", "stage"),
    [
        ((1, np.ones(2)), [1, [1.0, 1.0]], Stage.PASSED),
        ((1, np.ones(2)), (1, np.zeros(2)), Stage.VALUE),
        ((1, np.ones(2)), 1, Stage.SHAPE),
        ((1, 2), (1, 2, 3), Stage.SHAPE),
        ({"a": 1}, {"a": 1}, Stage.PASSED),
        ({"a": 1}, {"a": 2}, Stage.VALUE),
        ({"a": 1}, {"b": 1}, Stage.SHAPE),
        ("yes", "yes", Stage.PASSED),
        ("yes", "no", Stage.VALUE),
        ("yes", 1, Stage.VALUE),
        (True, np.True_, Stage.PASSED),
        (np.array(["a", "b"]), ["a", "b"], Stage.PASSED),
        (np.array(["a", "b"]), ["a", "c"], Stage.VALUE),
        (7, 7.0, Stage.PASSED),
        (7, 8, Stage.VALUE),
    ],
)
def test_other_kinds_of_answers(expected, answer, stage):
    assert grade(pair(expected), lambda: answer).stage is stage


def test_an_interrupt_is_not_swallowed():
    def interrupted(W, x, b):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade(EXERCISE, interrupted)


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(checks, "exercises", lambda: {"affine": EXERCISE})


def test_check_prints_a_sentence(registry, capsys):
    checks.check(affine)
    assert capsys.readouterr().out == "✓ affine: passed (2 cases).\n"


def test_check_prints_the_hint(registry, capsys):
    def affine(W, x, b):
        return W @ x

    checks.check(affine)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("✗ affine: got [1., 3.], expected [1.5, 3.5]")
    assert lines[-1] == "  hint: where does b come in?"


def test_check_of_something_else(registry, capsys):
    def afine(W, x, b):
        return W

    checks.check(afine)
    assert "no exercise is called afine. Did you mean affine?" in capsys.readouterr().out
    checks.check(3.5)
    assert "without calling it" in capsys.readouterr().out
