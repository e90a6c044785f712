"""Every exercise: its solution, its stub, its mistakes; answers right and wrong in any dress."""

import ast
import functools
import importlib
import inspect
import linecache
import sys
import textwrap
from pathlib import Path

import keras_says
import numpy as np
import pytest
from conftest import NOTEBOOKS, ROOT, read_notebook

from helpers import running
from helpers.check import Exercise, Stage, exercises, grade
from helpers.running import run

EXERCISES = exercises()
NAMES = sorted(EXERCISES)
FOLDERS = {kind: ROOT / "tests" / kind for kind in ("right_answers", "wrong_answers")}


def cells(tag):
    """Give the cells of all notebooks with a tag by the function that they define."""
    found = {}
    for path in NOTEBOOKS:
        for cell in read_notebook(path).cells:
            if tag in cell.metadata.get("tags", []):
                for node in ast.parse(cell.source).body:
                    if isinstance(node, ast.FunctionDef):
                        found[node.name] = path, cell.source
    return found


STUBS, SOLUTIONS = cells("exercise"), cells("solution")


def answers(kind):
    """Give the functions `<exercise>__<what>` of a folder of answers."""
    for path in sorted(FOLDERS[kind].glob("n*.py")):
        module = importlib.import_module(f"{kind}.{path.stem}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if "__" in name:
                yield pytest.param(name.split("__")[0], function, id=name)


def made(source, name, **namespace):
    """Run source that defines a function, so that its lines can be shown, and return it."""
    file = f"<a cell that defines {name}>"
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    exec(compile(source, file, "exec"), namespace)
    return namespace[name]


def shape_of(source, name):
    """The syntax of a function without its decorators, annotations and docstring."""
    tree = ast.parse(textwrap.dedent(source))
    function = next(
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name
    )
    body = function.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    return ast.dump(function.args), [ast.dump(node) for node in body]


def test_every_exercise_has_a_stub_and_a_solution_in_a_notebook_of_its_module_s_name():
    assert set(STUBS) == set(SOLUTIONS) == set(EXERCISES)
    for name, exercise in EXERCISES.items():
        module = Path(inspect.getfile(exercise.reference)).stem
        assert f"n{SOLUTIONS[name][0].stem}" == module


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_is_the_notebook_s_solution(name):
    source = inspect.getsource(EXERCISES[name].reference)
    assert shape_of(source, name) == shape_of(SOLUTIONS[name][1], name)


@pytest.mark.parametrize("name", NAMES)
def test_the_stub_is_told_so(name):
    stub = made(STUBS[name][1], name, np=np)
    assert grade(EXERCISES[name], stub).stage is Stage.NOT_WRITTEN


def entries(value):
    return sum(map(entries, value)) if isinstance(value, list | tuple) else np.size(value)


@pytest.mark.parametrize("name", NAMES)
def test_the_first_case_can_be_followed_by_hand(name):
    assert entries(next(iter(EXERCISES[name].cases().values()))) <= 40


@pytest.mark.parametrize("name", NAMES)
def test_there_are_hints_without_code(name):
    hints = EXERCISES[name].hints
    assert 2 <= len(hints) <= 3
    assert all("np." not in hint and "return" not in hint for hint in hints)


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        pytest.param(name, edit, id=f"{name}-{number}")
        for name in NAMES
        for number, edit in enumerate(EXERCISES[name].mistakes)
    ],
)
def test_a_mistake_earns_its_own_hint(name, edit):
    exercise = EXERCISES[name]
    mistaken = exercise.edited(edit)
    result = grade(exercise, mistaken)
    assert result.stage is Stage.WRONG
    assert result.hint == edit.hint


@pytest.mark.parametrize("name", [name for name in NAMES if not EXERCISES[name].goals])
def test_keras_says_the_same(name):
    exercise = EXERCISES[name]
    assert grade(exercise, getattr(keras_says, name)).stage is Stage.PASSED


def unnamed(reference):
    """A plain function that is not the reference itself, which `check` would recognise."""

    def answer(*arguments):
        return reference(*arguments)

    return answer


def changed(value, convert):
    if isinstance(value, tuple):
        return tuple(changed(part, convert) for part in value)
    if isinstance(value, list) and value and isinstance(value[0], np.ndarray):
        return [changed(part, convert) for part in value]
    return convert(value) if isinstance(value, np.ndarray) else value


def tensor(value):
    import tensorflow as tf

    return tf.constant(value)


def half(array):
    return array.astype("float16") if array.dtype.kind == "f" else array


class Called:
    def __init__(self, function):
        self.function = function

    def __call__(self, *arguments):
        return self.function(*arguments)


def with_output(convert):
    return lambda reference: lambda *arguments: changed(reference(*arguments), convert)


def with_input(convert):
    def wrap(reference):
        def answer(*arguments):
            return reference(*[changed(argument, convert) for argument in arguments])

        return answer

    return wrap


DRESSES = {
    "a function": unnamed,
    "a lambda": lambda reference: lambda *arguments: reference(*arguments),
    "a partial": lambda reference: functools.partial(unnamed(reference)),
    "a callable object": Called,
    "decorated": lambda reference: functools.wraps(reference)(unnamed(reference)),
    "float32 inside": with_input(lambda a: a.astype("float32") if a.dtype.kind == "f" else a),
    "float32 outside": with_output(lambda a: a.astype("float32") if a.dtype.kind == "f" else a),
    "float16 outside": with_output(half),
    "lists": with_output(lambda a: a.tolist()),
    "objects": with_output(lambda a: a.astype(object)),
    "tensors": with_output(tensor),
}


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("name", NAMES)
def test_a_right_answer_passes_in_any_dress(name, dress):
    exercise = EXERCISES[name]
    answer = DRESSES[dress](exercise.reference)
    result = grade(exercise, answer)
    assert result.stage is Stage.PASSED, result


@pytest.mark.parametrize(("name", "function"), list(answers("right_answers")))
def test_a_right_answer_by_another_way_passes(name, function):
    result = grade(EXERCISES[name], function)
    assert result.stage is Stage.PASSED, result


@pytest.mark.parametrize("name", NAMES)
def test_settings_of_numpy_and_keras_change_nothing(name):
    import keras

    solution = unnamed(EXERCISES[name].reference)
    before = np.seterr(all="raise")
    keras.config.set_dtype_policy("mixed_float16")
    keras.config.set_image_data_format("channels_first")
    try:
        assert grade(EXERCISES[name], solution).stage is Stage.PASSED
    finally:
        np.seterr(**before)
        keras.config.set_dtype_policy("float32")
        keras.config.set_image_data_format("channels_last")


def endless(*arguments):
    while True:
        pass


def recursive(*arguments):
    return recursive(*arguments)


def leaves(*arguments):
    sys.exit()


def silent(*arguments):
    return None


def tells_nothing(*arguments):
    raise ValueError


def hands_back(*arguments):
    return arguments[0] if arguments else None


def prints(exercise: Exercise):
    return lambda *arguments: print(exercise.reference(*arguments))


WRONG = {
    "endless": (endless, "did not come to an end"),
    "recursive": (recursive, "calls itself without end"),
    "leaves": (leaves, "exit()"),
    "returns nothing": (silent, "nothing was returned"),
    "raises": (tells_nothing, "stopped by ValueError"),
    "two arguments too many": (lambda a, b, c, d, e, f, g, h, i: 0, "is called with"),
}


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("name", NAMES)
def test_whatever_an_answer_does_ends_in_a_sentence(name, what, monkeypatch):
    monkeypatch.setattr(running, "LIMIT", 0.2 if what == "endless" else 15)
    function, said = WRONG[what]
    result = grade(EXERCISES[name], function)
    assert result.stage is Stage.WRONG
    assert said in result.message
    assert result.hint is None


@pytest.mark.parametrize("name", NAMES)
def test_printing_is_not_returning(name):
    assert "in place of print" in grade(EXERCISES[name], prints(EXERCISES[name])).message


@pytest.mark.parametrize(("name", "function"), list(answers("wrong_answers")))
def test_a_wrong_answer_is_not_accepted_and_is_told_something(name, function):
    result = grade(EXERCISES[name], function)
    assert result.stage is Stage.WRONG
    assert result.message
    assert result.details or result.hint or EXERCISES[name].goals  # a goal says it in the message


@pytest.mark.parametrize("name", NAMES)
def test_the_reference_leaves_its_arguments_alone(name):
    for arguments in EXERCISES[name].cases().values():
        outcome = run(EXERCISES[name].reference, arguments)
        assert outcome.error is None
        assert outcome.changed == ()
        assert outcome.warned == ""
