"""Every exercise: the solution passes, the stub is told so, each mistake earns its own hint."""

from importlib import import_module

import pytest
from conftest import NOTEBOOKS, read_notebook
from rules import code_cells, functions, tags

from helpers.checks import TOPICS, exercises
from helpers.checks.engine import Stage, grade

STYLES = {
    name: answers
    for topic in TOPICS
    for name, answers in import_module(f"styles.{topic}").STYLES.items()
}


def tagged(tag):
    """Yield (notebook, name of the function, cell) for the cells of a kind."""
    return [
        (path, functions(cell.source)[0], cell)
        for path in NOTEBOOKS
        for cell in code_cells(read_notebook(path))
        if tag in tags(cell)
    ]


def function_of(path, name, cell):
    """Define a cell's function as its notebook does, after the notebook's first code cell."""
    space = {}
    exec(code_cells(read_notebook(path))[0].source, space)
    exec(cell.source, space)
    return space[name]


def named(case):
    return case[1]


@pytest.mark.parametrize("case", tagged("solution"), ids=named)
def test_the_solution_passes(case):
    _, name, _ = case
    result = grade(exercises()[name], function_of(*case))
    assert result.stage is Stage.PASSED, result.message


@pytest.mark.parametrize("case", tagged("exercise"), ids=named)
def test_the_stub_is_not_written_yet(case):
    _, name, _ = case
    assert grade(exercises()[name], function_of(*case)).stage is Stage.NOT_WRITTEN


@pytest.mark.parametrize("name", exercises())
def test_each_mistake_earns_its_own_hint(name):
    exercise = exercises()[name]
    assert len(exercise.mistakes) >= 3
    hints = [mistake.hint for mistake in exercise.mistakes]
    assert len(set(hints)) == len(hints)
    for mistake in exercise.mistakes:
        result = grade(exercise, mistake.wrong)
        assert result.stage in {Stage.STOPPED, Stage.SHAPE, Stage.VALUE}
        assert result.hint == mistake.hint


@pytest.mark.parametrize("name", exercises())
def test_other_styles_pass(name):
    assert len(STYLES.get(name, ())) >= 2
    for answer in STYLES[name]:
        result = grade(exercises()[name], answer)
        assert result.stage is Stage.PASSED, f"{answer.__name__}: {result.message}"


def test_every_exercise_is_set_in_exactly_one_notebook():
    assert sorted(name for _, name, _ in tagged("exercise")) == sorted(exercises())
    assert sorted(STYLES) == sorted(exercises())
