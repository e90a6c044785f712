"""The engine behind `check`: it compares a function with an oracle and says what is wrong.

An exercise is data: an oracle, the cases it is asked, and a table of typical mistakes. A grade is
reached in stages: not written yet, stopped by an error, wrong shape, wrong value, passed. A wrong
answer that equals a known mistake on every case also earns that mistake's hint.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import numpy as np


class Stage(Enum):
    """How far an answer came."""

    NOT_WRITTEN = "not written yet"
    STOPPED = "stopped by an error"
    SHAPE = "wrong shape"
    VALUE = "wrong value"
    PASSED = "passed"


@dataclass(frozen=True)
class Mistake:
    """A wrong implementation that students write, and the hint it earns."""

    wrong: Callable
    hint: str


@dataclass(frozen=True)
class Exercise:
    """One exercise, as data.

    Attributes
    ----------
    name
        The name of the function that the student writes.
    oracle
        A correct implementation (where one exists, the Keras layer itself).
    cases
        Makes fresh argument tuples; the first is the tiny case that a message shows.
    mistakes
        Typical mistakes with their hints, the most specific first.
    observe
        What is compared, given the function and the arguments; by default what it returns.
    rtol, atol
        Relative and absolute tolerance of the comparison (float32 answers pass).
    """

    name: str
    oracle: Callable
    cases: Callable[[], Sequence[tuple]]
    mistakes: tuple[Mistake, ...]
    observe: Callable[..., Any] = field(default=lambda function, *args: function(*args))
    rtol: float = 1e-4
    atol: float = 1e-5


@dataclass(frozen=True)
class Grade:
    """The result of a check: the stage reached, a sentence about it, and perhaps a hint."""

    stage: Stage
    message: str
    hint: str | None = None


@dataclass(frozen=True)
class _Failure:
    error: Exception

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Failure) and type(self.error) is type(other.error)


@dataclass(frozen=True)
class _Difference:
    stage: Stage
    message: str


def grade(exercise: Exercise, function: Callable) -> Grade:
    """Compare a function with the exercise's oracle on every case.

    Parameters
    ----------
    exercise
        The exercise.
    function
        The student's function.

    Returns
    -------
    Grade
        The first stage that the answer does not pass, or `Stage.PASSED`. Errors raised by
        `function` are reported, never raised; `KeyboardInterrupt` passes through.
    """
    answers = []
    for case in exercise.cases():
        try:
            answers.append(exercise.observe(function, *case))
        except NotImplementedError:
            return Grade(Stage.NOT_WRITTEN, "not written yet: replace the line with `raise`.")
        except Exception as error:
            answers.append(_Failure(error))
    expected = _run(exercise, exercise.oracle)
    for number, (answer, value) in enumerate(zip(answers, expected, strict=True)):
        difference = _compare(answer, value, exercise.rtol, exercise.atol)
        if difference is not None:
            where = _describe_case(exercise, number)
            hint = _misconception(exercise, answers, expected)
            return Grade(difference.stage, f"{difference.message}{where}", hint)
    return Grade(Stage.PASSED, f"passed ({len(expected)} cases).")


def _run(exercise: Exercise, function: Callable) -> list[Any]:
    outcomes: list[Any] = []
    for case in exercise.cases():
        try:
            outcomes.append(exercise.observe(function, *case))
        except Exception as error:
            outcomes.append(_Failure(error))
    return outcomes


def _misconception(exercise: Exercise, answers: list, expected: list) -> str | None:
    for mistake in exercise.mistakes:
        outcomes = _run(exercise, mistake.wrong)
        if all(
            _compare(answer, outcome, exercise.rtol, exercise.atol) is None
            for answer, outcome in zip(answers, outcomes, strict=True)
        ):
            return mistake.hint
    return None


def _compare(answer: Any, expected: Any, rtol: float, atol: float) -> _Difference | None:
    """Say how two outcomes differ, or None where they agree."""
    if isinstance(answer, _Failure) or isinstance(expected, _Failure):
        if isinstance(answer, _Failure) and answer == expected:
            return None
        error = answer.error if isinstance(answer, _Failure) else None
        if error is None:
            return _Difference(Stage.VALUE, "an answer came back where none can be given")
        sentence = str(error).strip().splitlines()
        text = f": {sentence[0]}" if sentence else ""
        return _Difference(Stage.STOPPED, f"stopped by {type(error).__name__}{text}")
    if answer is None and expected is not None:
        return _Difference(Stage.SHAPE, "nothing was returned: is the `return` missing?")
    if isinstance(expected, Mapping):
        return _compare_mappings(answer, expected, rtol, atol)
    if isinstance(expected, tuple):
        return _compare_tuples(answer, expected, rtol, atol)
    if isinstance(expected, str):
        if isinstance(answer, str) and answer == expected:
            return None
        return _Difference(Stage.VALUE, f"got {answer!r}, expected {expected!r}")
    return _compare_arrays(answer, expected, rtol, atol)


def _compare_mappings(
    answer: Any, expected: Mapping, rtol: float, atol: float
) -> _Difference | None:
    if not isinstance(answer, Mapping) or set(answer) != set(expected):
        got = sorted(map(str, answer)) if isinstance(answer, Mapping) else type(answer).__name__
        keys = sorted(map(str, expected))
        return _Difference(Stage.SHAPE, f"expected a dictionary with the keys {keys}, got {got}")
    for key, value in expected.items():
        difference = _compare(answer[key], value, rtol, atol)
        if difference is not None:
            return _Difference(difference.stage, f"{key}: {difference.message}")
    return None


def _compare_tuples(answer: Any, expected: tuple, rtol: float, atol: float) -> _Difference | None:
    try:
        parts = None if isinstance(answer, str | Mapping) else list(answer)
    except TypeError:
        parts = None
    if parts is None or len(parts) != len(expected):
        got = "one value" if parts is None else f"{len(parts)}"
        return _Difference(Stage.SHAPE, f"expected {len(expected)} values, got {got}")
    for number, (part, value) in enumerate(zip(parts, expected, strict=True), start=1):
        difference = _compare(part, value, rtol, atol)
        if difference is not None:
            return _Difference(difference.stage, f"value {number}: {difference.message}")
    return None


def _compare_arrays(answer: Any, expected: Any, rtol: float, atol: float) -> _Difference | None:
    try:
        got = np.asarray(answer)
        if got.dtype == object:
            raise ValueError
    except (TypeError, ValueError):
        kind = type(answer).__name__
        return _Difference(Stage.SHAPE, f"expected an array of numbers, got a {kind}")
    want = np.asarray(expected)
    if got.shape != want.shape:
        return _Difference(Stage.SHAPE, f"the shape is {got.shape}, expected {want.shape}")
    if want.dtype.kind in "US" or got.dtype.kind in "US":
        same = got.dtype.kind == want.dtype.kind and bool(np.all(got == want))
        return (
            None if same else _Difference(Stage.VALUE, f"got {_show(got)}, expected {_show(want)}")
        )
    if np.isnan(got).any() and not np.isnan(want).any():
        return _Difference(Stage.VALUE, "the answer contains NaN (not a number)")
    if np.allclose(got, want, rtol=rtol, atol=atol, equal_nan=True):
        return None
    return _Difference(Stage.VALUE, f"got {_show(got)}, expected {_show(want)}")


def _show(value: Any, limit: int = 12) -> str:
    """Write a small value on one line; for a large one, its shape."""
    try:
        array = np.asarray(value)
    except ValueError:  # a list of lists that differ in length
        return repr(value)
    if array.dtype == object:
        return type(value).__name__
    if array.size > limit:
        return f"an array of shape {array.shape}"
    if array.dtype.kind == "f":
        array = np.round(array.astype("float64"), 4) + 0.0
    return " ".join(np.array2string(array, separator=", ", threshold=limit + 1).split())


def _describe_case(exercise: Exercise, number: int) -> str:
    arguments = exercise.cases()[number]
    names = list(inspect.signature(exercise.oracle).parameters)
    shown = []
    for position, value in enumerate(arguments):
        name = names[position] if position < len(names) else f"argument {position + 1}"
        shown.append(
            f"{name} = {value!r}" if isinstance(value, str) else f"{name} = {_show(value)}"
        )
    return f"\n  asked: {', '.join(shown)}" if shown else ""
