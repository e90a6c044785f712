"""The checks of the exercises: `check(function)` says passed, not written yet, or what is wrong."""

import difflib
from collections.abc import Callable
from functools import cache
from importlib import import_module

from helpers.checks.engine import Exercise, Stage, grade

TOPICS = (
    "sequences",
    "recurrence",
    "backpropagation",
    "gradients",
    "gates",
    "images",
    "convolution",
    "connectivity",
    "pooling",
    "classifiers",
    "residual",
)


@cache
def exercises() -> dict[str, Exercise]:
    """All exercises of the course by the name of the function that the student writes."""
    found: dict[str, Exercise] = {}
    for topic in TOPICS:
        for exercise in import_module(f"helpers.checks.{topic}").EXERCISES:
            if exercise.name in found:
                raise ValueError(f"two exercises are called {exercise.name}")
            found[exercise.name] = exercise
    return found


def check(function: Callable) -> None:
    """Check an exercise and print one sentence; never a traceback.

    Parameters
    ----------
    function
        The function of the exercise, under the name that the exercise gave it.
    """
    name = getattr(function, "__name__", None)
    if not callable(function) or name is None:
        print("✗ check wants the function itself, without calling it: check(f), not check(f(x)).")
        return
    if name not in exercises():
        close = difflib.get_close_matches(name, exercises(), n=1)
        meant = f" Did you mean {close[0]}?" if close else " Keep the name that the exercise gave."
        print(f"✗ no exercise is called {name}.{meant}")
        return
    result = grade(exercises()[name], function)
    mark = {Stage.PASSED: "✓", Stage.NOT_WRITTEN: "…"}.get(result.stage, "✗")
    print(f"{mark} {name}: {result.message}")
    if result.hint:
        print(f"  hint: {result.hint}")
