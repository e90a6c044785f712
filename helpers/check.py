"""The exercises' tutor: `check(f)` says passed, or what is wrong; `hint(f)` helps one step on.

An exercise is its reference solution, its cases, and mistakes written as edits of the solution.
An answer is run on every case and compared with the reference. If it differs, `check` says where,
then the named mistake whose numbers are the answer's; failing that, what the numbers themselves
tell: see `comparing` and `variations`.
"""

import ast
import copy
import difflib
import functools
import inspect
import re
import sys
import textwrap
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache, cached_property
from importlib import import_module
from itertools import permutations
from pathlib import Path
from typing import Any

import numpy as np

from helpers.comparing import (
    Part,
    Tolerance,
    first_difference,
    numbers,
    parts,
    relation,
    unfinished,
)
from helpers.running import AsksForInput, Leaves, Outcome, TimeUp, locals_of, place_of, run
from helpers.variations import variations

SEARCH = 3.0  # seconds that the search among the formula's variations may take
BODY = ""  # an `Edit` of this replaces the whole body of the solution


@dataclass(frozen=True)
class Edit:
    """A mistake: what a student types in place of a piece of the solution, and its hint.

    Attributes
    ----------
    old
        A piece that stands exactly once in the reference's source, or `BODY`.
    new
        What stands there instead.
    hint
        What the student is told; it names the cause and leaves the cure to them.
    """

    old: str
    new: str
    hint: str


@dataclass(frozen=True)
class Exercise:
    """One exercise, as data.

    Attributes
    ----------
    reference
        The solution; the notebook's solution cell is the same.
    cases
        Makes the arguments of each case anew, by a name that says what the case tries, such as
        "stride 2"; the first is so small that it can be followed by hand.
    mistakes
        What students type instead, the most specific first.
    hints
        Two or three steps towards the solution, without its code.
    returns
        Names of the values that come back, for the messages.
    goals
        For an open exercise: names and tests of what the returned value achieves. A test returns
        None where the goal is reached and else a sentence; values are then not compared.
    relative, absolute
        Tolerance of the comparison, wide enough for float32.
    """

    reference: Callable
    cases: Callable[[], Mapping[str, tuple]]
    mistakes: Sequence[Edit]
    hints: Sequence[str]
    returns: Sequence[str] = ()
    goals: Mapping[str, Callable[[Any], str | None]] = field(default_factory=dict)
    relative: float = 1e-4
    absolute: float = 1e-5

    @property
    def name(self) -> str:
        """The name of the function that the student writes."""
        return self.reference.__name__

    @property
    def tolerance(self) -> Tolerance:
        """How far an answer may be off."""
        return Tolerance(self.relative, self.absolute)

    @cached_property
    def signature(self) -> inspect.Signature:
        """How the function is called."""
        return inspect.signature(self.reference)

    def edited(self, edit: Edit) -> Callable:
        """Make the function that comes of an edit.

        Raises
        ------
        ValueError
            If the edited piece does not stand exactly once in the solution.
        """
        source = textwrap.dedent(inspect.getsource(self.reference))
        if edit.old == BODY:
            head = source[: source.index("):") + 2]
            source = f"{head}\n{textwrap.indent(textwrap.dedent(edit.new).strip(), '    ')}\n"
        elif source.count(edit.old) != 1:
            raise ValueError(f"{self.name}: {edit.old!r} stands {source.count(edit.old)} times")
        else:
            source = source.replace(edit.old, edit.new)
        namespace = dict(self.reference.__globals__)
        exec(compile(source, f"<{self.name}, edited>", "exec"), namespace)
        return namespace[self.name]


def normal(shapes: str, *, seed: int = 0, **sizes: int) -> tuple[np.ndarray, ...]:
    """Draw an array of standard normal numbers for each shape.

    Parameters
    ----------
    shapes
        Such as "b m, m n, n": arrays by comma, axes by space.
    seed
        Of the generator.
    sizes
        The length of each named axis.

    Returns
    -------
    tuple of numpy.ndarray
        An array for each shape.
    """
    rng = np.random.default_rng(seed)
    return tuple(
        rng.normal(size=[sizes[axis] for axis in shape.split()]) for shape in shapes.split(",")
    )


class Stage(Enum):
    """How far an answer came; the value is the mark in front of the message."""

    PASSED = "✓"
    NOT_WRITTEN = "…"
    REFERENCE = "… "
    WRONG = "✗"


@dataclass(frozen=True)
class Grade:
    """The result of a check.

    Attributes
    ----------
    stage
        How far the answer came.
    message
        A sentence about it.
    details
        Further lines: what was asked, which cases passed, what the numbers tell.
    hint
        The hint of a named mistake, if the answer is one.
    changes
        Whether the answer changed an argument in place.
    lists
        Whether it returned a list where the solution returns an array.
    """

    stage: Stage
    message: str
    details: tuple[str, ...] = ()
    hint: str | None = None
    changes: bool = False
    lists: bool = False


@cache
def exercises() -> dict[str, Exercise]:
    """All exercises of the course by name: those of every module of `helpers/exercises`."""
    found: dict[str, Exercise] = {}
    for path in sorted((Path(__file__).parent / "exercises").glob("n*.py")):
        for exercise in import_module(f"helpers.exercises.{path.stem}").EXERCISES:
            if exercise.name in found:
                raise ValueError(f"two exercises are called {exercise.name}")
            found[exercise.name] = exercise
    return found


# --- what a notebook calls ---

_WANTS = "check wants the function itself, without calling it: check(f), not check(f(x))."


def check(*functions: Callable) -> None:
    """Check an exercise and print what is to be said; never a traceback.

    Parameters
    ----------
    functions
        The function of one exercise, under the name that the exercise gave it.
    """
    exercise = _exercise_of(functions, sys._getframe(1), _WANTS)
    if exercise is None:
        return
    try:
        result = grade(exercise, functions[0])
    except KeyboardInterrupt:
        print(f"✗ {exercise.name}: interrupted. If it ran for long: does every loop end?")
        return
    print("\n".join(lines_of(exercise, result)))
    if not result.hint and result.stage is Stage.WRONG and exercise.hints:
        print(f"  stuck? hint({exercise.name}) gives a first step.")


def lines_of(exercise: Exercise, result: Grade) -> list[str]:
    """Give what `check` says of a result, line by line."""
    lines = [f"{result.stage.value.strip()} {exercise.name}: {result.message}"]
    lines += [f"  {line}" for line in result.details]
    return lines if result.hint is None else [*lines, f"  hint: {result.hint}"]


_given: dict[str, int] = {}


def hint(*functions: Callable) -> None:
    """Print the next hint of an exercise: two or three steps, one per call, without the code.

    Parameters
    ----------
    functions
        The function of one exercise.
    """
    wants = "hint wants the function of an exercise: hint(f)."
    exercise = _exercise_of(functions, sys._getframe(1), wants)
    if exercise is None:
        return
    step = _given.get(exercise.name, 0) % len(exercise.hints)
    _given[exercise.name] = step + 1
    print(f"{exercise.name}, hint {step + 1} of {len(exercise.hints)}: {exercise.hints[step]}")


def solution(function: Callable) -> Callable:
    """Use an exercise's solution unless the student's own answer passes.

    Stands as a decorator above the definition in a solution cell. An answer of that name that is
    there already and passes stays in use; otherwise the solution is used. Which of the two is
    printed.

    Parameters
    ----------
    function
        The solution.

    Returns
    -------
    Callable
        The function that the notebook uses from here on.
    """
    name = function.__name__
    function.is_solution = True
    own = function.__globals__.get(name)
    if callable(own) and name in exercises() and not _is_reference(exercises()[name], own):
        result = grade(exercises()[name], own)
        if result.stage is Stage.PASSED:
            print(f"{name}: your own answer passes and stays in use.")
            return _for_use(own, result)
    print(f"{name}: the solution is used from here on.")
    return function


def _for_use(own: Callable, result: Grade) -> Callable:
    """Let an answer that passes serve like the solution: arrays come back, arguments stay."""
    if not result.changes and not result.lists:
        return own

    @functools.wraps(own)
    def answer(*given: Any, **named: Any) -> Any:
        if result.changes:
            given, named = copy.deepcopy((given, named))
        value = own(*given, **named)
        return np.asarray(value) if result.lists else value

    return answer


def _exercise_of(functions: tuple, frame: Any, wants: str) -> Exercise | None:
    """Find the exercise by the name that the caller gave to the function; else say what is off."""
    known = exercises()
    if len(functions) != 1 or not callable(functions[0]):
        print(f"✗ {wants}")
        return None
    function = functions[0]
    own = getattr(function, "__name__", "")
    bound = [
        name
        for names in (frame.f_locals, frame.f_globals)
        for name, value in names.items()
        if value is function and name in known
    ]
    if own in known and (own in bound or not bound):
        return known[own]
    if bound:
        return known[bound[0]]
    close = difflib.get_close_matches(own, known, n=1)
    meant = f" Did you mean {close[0]}?" if close else " Keep the name that the exercise gave."
    called = "this function" if own in ("", "<lambda>") else own
    print(f"✗ no exercise is called {called}.{meant}")
    return None


def _is_reference(exercise: Exercise, function: Callable) -> bool:
    return function is exercise.reference or bool(getattr(function, "is_solution", False))


# --- grading ---

_PRINTS = "it prints its answer and returns nothing: write `return` in place of print."
_NO_RETURN = "nothing was returned: is the `return` missing?"


def grade(exercise: Exercise, function: Callable) -> Grade:
    """Run a function on every case of an exercise and compare it with the reference.

    Parameters
    ----------
    exercise
        The exercise.
    function
        The student's function.

    Returns
    -------
    Grade
        Whatever `function` does is reported; only `KeyboardInterrupt` is raised.
    """
    name = exercise.name
    if _is_reference(exercise, function):
        return Grade(
            Stage.REFERENCE,
            "this is the solution of the folded cell. Run your own cell first, then this check.",
        )
    if (complaint := _signature_complaint(exercise, function)) is not None:
        return Grade(Stage.WRONG, complaint)
    cases = exercise.cases()
    answers: dict[str, Outcome] = {}
    for label, arguments in cases.items():
        answers[label] = run(function, arguments)
        error = answers[label].error
        if isinstance(error, NotImplementedError):
            return _not_written(name, function, error, cases[label], exercise)
        if isinstance(error, TimeUp | Leaves | SystemExit | AsksForInput):
            return Grade(Stage.WRONG, _way_out(error), (_asked(exercise, arguments),))
    if exercise.goals:
        return _judge(exercise, next(iter(cases.values())), next(iter(answers.values())))
    truths = {label: run(exercise.reference, arguments) for label, arguments in cases.items()}
    trial = _Trial(exercise, function, cases, answers, truths)
    return trial.grade()


def _signature_complaint(exercise: Exercise, function: Callable) -> str | None:
    wanted = list(exercise.signature.parameters)
    try:
        inspect.signature(function).bind(*wanted)
    except TypeError:
        takes = ", ".join(inspect.signature(function).parameters)
        return (
            f"your function takes ({takes}), but it is called with {len(wanted)} arguments: "
            f"{exercise.name}({', '.join(wanted)}). Keep the exercise's first line."
        )
    except ValueError:  # a built-in tells no signature
        return None
    return None


def _not_written(
    name: str, function: Callable, error: NotImplementedError, arguments: tuple, exercise: Exercise
) -> Grade:
    place = place_of(error)
    own = getattr(inspect.unwrap(function), "__name__", name)
    if place is None or place.function == own:
        if place is not None and "raise" not in place.text and place.text:
            return Grade(Stage.WRONG, *_stopped(error, exercise, arguments))
        return Grade(Stage.NOT_WRITTEN, "not written yet: replace the line with `raise`.")
    if "raise NotImplementedError" in place.text:
        return Grade(
            Stage.WRONG,
            f"it calls {place.function}, which is not written yet: write that first.",
            (_asked(exercise, arguments),),
        )
    return Grade(Stage.WRONG, *_stopped(error, exercise, arguments))


def _way_out(error: BaseException) -> str:
    if isinstance(error, TimeUp):
        return "stopped: it did not come to an end. Which loop goes on for ever?"
    if isinstance(error, AsksForInput):
        return "it calls input(): nobody is there to answer, the values come as arguments."
    return "it leaves the program with exit(): end a function with `return`."


def _stopped(error: BaseException, exercise: Exercise, arguments: tuple) -> tuple[str, tuple]:
    """Say what stopped an answer, in which of its own lines, and what stood there."""
    if isinstance(error, RecursionError):
        return "it calls itself without end (RecursionError).", (_asked(exercise, arguments),)
    sentence = _plain((str(error).strip().splitlines() or [""])[0])
    message = f"stopped by {type(error).__name__}{': ' if sentence else ''}{sentence}"
    details = []
    if (place := place_of(error)) is not None and place.text:
        where = "" if place.function in (exercise.name, "<lambda>") else f" of {place.function}"
        details.append(f"in line {place.line}{where}: {place.text}")
        if place.values:
            details.append(f"there: {place.values}")
    details.append(_asked(exercise, arguments))
    return message, tuple(details)


def _plain(sentence: str) -> str:
    """Say NumPy's sentence about a product whose shapes do not fit in plain words."""
    if found := re.match(r"matmul: .*\(size (\d+) is different from (\d+)\)", sentence):
        return (
            "in a product A @ B the last axis of A must be as long as the first of B (the last but "
            f"one of a stack); here B has {found[1]} and A has {found[2]}"
        )
    if "truth value of an array" in sentence:
        return f"{sentence.split('.')[0]}: compare entry by entry, or take one entry"
    return sentence


def _asked(exercise: Exercise, arguments: tuple) -> str:
    names = list(exercise.signature.parameters)
    shown = [f"{name} = {numbers(value)}" for name, value in zip(names, arguments, strict=True)]
    between = ",\n         " if sum(map(len, shown)) > 90 else ", "
    return f"asked: {between.join(shown)}" if shown else "asked without arguments"


def _judge(exercise: Exercise, arguments: tuple, outcome: Outcome) -> Grade:
    """Try the goals of an open exercise one after the other."""
    if outcome.error is not None:
        return Grade(Stage.WRONG, *_stopped(outcome.error, exercise, arguments))
    if outcome.value is None:
        return Grade(Stage.WRONG, _PRINTS if outcome.printed else _NO_RETURN)
    reached: list[str] = []
    for label, goal in exercise.goals.items():
        said = run(goal, (outcome.value,))
        if said.error is not None or said.value is not None:
            trouble = said.value or f"it could not be tried ({said.error})"
            done = (f"reached: {', '.join(reached)}",) if reached else ()
            return Grade(Stage.WRONG, f"not yet reached: {label}. {trouble}", done)
        reached.append(label)
    lists = _lists(outcome, run(exercise.reference, arguments))
    changes = bool(outcome.changed)
    return Grade(Stage.PASSED, f"passed: {', '.join(reached)}.", changes=changes, lists=lists)


def _lists(answer: Outcome, truth: Outcome) -> bool:
    return isinstance(truth.value, np.ndarray) and isinstance(answer.value, list | tuple)


@dataclass(frozen=True)
class _Trial:
    """An answer's outcomes on every case beside the true ones."""

    exercise: Exercise
    function: Callable
    cases: Mapping[str, tuple]
    answers: Mapping[str, Outcome]
    truths: Mapping[str, Outcome]

    def grade(self) -> Grade:
        failed = [label for label in self.cases if not self._right(label)]
        if not failed:
            first = next(iter(self.cases))
            changes = self._changes(self.answers.values())
            return Grade(
                Stage.PASSED,
                f"passed ({len(self.cases)} cases).",
                changes,
                changes=bool(changes),
                lists=_lists(self.answers[first], self.truths[first]),
            )
        label = failed[0]
        answer, arguments = self.answers[label], self.cases[label]
        named = self._named_mistake()
        if answer.error is not None:
            message, details = _stopped(answer.error, self.exercise, arguments)
        else:
            message, details = self._difference(label)
        told = answer.error is not None or answer.value is None or unfinished(answer.value)
        if named is None and not told:
            details = (*details, *self._what_the_numbers_tell(label))
        if named is None:
            details = (*details, *self._changes([answer]))
        return Grade(Stage.WRONG, message, (*details, *self._which(failed)), named)

    def _changes(self, answers: Iterable[Outcome]) -> tuple[str, ...]:
        """Say which arguments were changed in place: whoever calls the function still has them."""
        positions = sorted({position for answer in answers for position in answer.changed})
        names = [list(self.exercise.signature.parameters)[position] for position in positions]
        return (f"your function changes its argument {' and '.join(names)}.",) if names else ()

    def _which(self, failed: Sequence[str]) -> tuple[str, ...]:
        passed = [label for label in self.cases if label not in failed]
        if not passed:
            return ()
        return (f"passed: {'; '.join(passed)}. Not passed: {'; '.join(failed)}.",)

    def _parts(self, label: str, outcome: Outcome | None = None) -> list[Part]:
        answer = self.answers[label] if outcome is None else outcome
        return parts(answer.value, self.truths[label].value, self.exercise.returns)

    def _right(self, label: str) -> bool:
        answer, truth = self.answers[label], self.truths[label]
        if answer.error is not None or truth.error is not None:
            return False
        try:
            pairs = self._parts(label)
        except TypeError:
            return False
        return all(self.exercise.tolerance.equal(p.answer, p.truth) for p in pairs)

    def _difference(self, label: str) -> tuple[str, tuple[str, ...]]:
        answer, asked = self.answers[label], _asked(self.exercise, self.cases[label])
        if answer.value is None and self.truths[label].value is not None:
            return self._nothing_returned(answer), (asked,)
        try:
            compared = self._parts(label)
        except TypeError as error:
            return f"{error}.", (asked,)
        equal = self.exercise.tolerance.equal
        wrong = [p for p in compared if not equal(p.answer, p.truth)]
        right = [p.name for p in compared if equal(p.answer, p.truth)]
        part = wrong[0]
        if part.answer.shape != part.truth.shape:
            what = f"{part.name}: the shape" if part.name else "the shape"
            message = f"{what} is {part.answer.shape}, expected {part.truth.shape}"
        else:
            message = first_difference(part, self.exercise.tolerance)
        if len(wrong) > 1:
            others = " and ".join(p.name for p in wrong[1:])
            message = f"{message}; {others} {'is' if len(wrong) == 2 else 'are'} wrong too"
        if right:
            message = f"{' and '.join(right)} {'is' if len(right) == 1 else 'are'} right; {message}"
        return f"{message}.", (asked,)

    def _nothing_returned(self, answer: Outcome) -> str:
        if answer.printed:
            return _PRINTS
        if any(outcome.value is not None for outcome in self.answers.values()):
            return (
                "nothing came back in this case: which way through your function has no `return`?"
            )
        if answer.changed:
            return "it changes its argument and returns nothing: is `return` missing?"
        return "nothing was returned: is `return` missing, or is no way taken that has one?"

    def _named_mistake(self) -> str | None:
        """Find the mistake of the table whose outcomes are the answer's on every case."""
        for edit in self.exercise.mistakes:
            if self._same_as(self.exercise.edited(edit)):
                return edit.hint
        return None

    def _same_as(self, function: Callable, limit: float | None = None) -> bool:
        """Compare outcomes case by case, errors by type and text.

        One case must have values, or the errors must name the sizes of each case: an error that
        says the same whatever is asked may have any cause.
        """
        values, texts = 0, set()
        for label, arguments in self.cases.items():
            answer = self.answers[label]
            other = run(function, arguments, limit)
            if answer.error is not None or other.error is not None:
                if type(answer.error) is not type(other.error):
                    return False
                if str(answer.error) != str(other.error):
                    return False
                texts.add(str(answer.error))
                continue
            if answer.value is None and other.value is None:
                continue
            try:
                both = parts(answer.value, other.value, self.exercise.returns)
            except TypeError:
                return False
            if not all(self.exercise.tolerance.equal(p.answer, p.truth) for p in both):
                return False
            values += 1
        return values > 0 or len(texts) > 1

    def _what_the_numbers_tell(self, label: str) -> Iterable[str]:
        """Say what can be said without a table: of the case `label` and of all together."""
        not_numbers = self._not_a_number(label)
        if (said := self._swapped_values() or self._one_of_the_values()) is not None:
            return (said,)
        found = self._relation()
        if found is not None and "0 everywhere" in found:
            return (f"{found}.",)
        if not not_numbers and (said := self._unused_argument()) is not None:
            return (said,)
        start = time.monotonic()
        for words, function in variations(self.exercise.reference):
            if time.monotonic() - start > SEARCH:
                break
            if self._same_as(function, limit=0.2):
                return (*not_numbers, f"your numbers are those of the formula {words}.")
        if not_numbers:
            return not_numbers
        said = (f"{found}.",) if found is not None else ()
        return (*said, *self._on_the_way(label))

    def _not_a_number(self, label: str) -> tuple[str, ...]:
        """Tell of a NaN or an infinity in the case `label`, or else in another one."""
        for one in (label, *self.cases):
            try:
                compared = [] if self.answers[one].error else self._parts(one)
            except TypeError:
                continue
            for part in compared:
                if part.answer.dtype.kind == "f" and part.truth.dtype.kind in "if":
                    if np.isfinite(part.truth).all() and not np.isfinite(part.answer).all():
                        warned = self.answers[one].warned
                        said = f", and NumPy warns: {warned}" if warned else ""
                        where = "in it" if one == label else f"in the answer to '{one}'"
                        return (f"there is a NaN (not a number) or an infinity {where}{said}.",)
        return ()

    def _on_the_way(self, label: str) -> tuple[str, ...]:
        """Say what the solution's own names hold in a case: something to compare with."""
        held = locals_of(self.exercise.reference, self.cases[label])
        source = textwrap.dedent(inspect.getsource(self.exercise.reference))
        loops = re.search(r"^    (for|while) ", source, re.MULTILINE)
        turns = {
            name.id
            for loop in ast.walk(ast.parse(source))
            if isinstance(loop, ast.For | ast.comprehension)
            for name in ast.walk(loop.target)
            if isinstance(name, ast.Name)
        }
        shown = [
            f"{name} = {numbers(value)}"
            for name, value in held.items()
            if name not in self.exercise.signature.parameters
            and name not in turns
            and name not in self.exercise.returns
            and not (hasattr(value, "size") and value.size > 9)
            and isinstance(value, np.ndarray | np.number | int | float)
        ]
        when = "after its last turn" if loops else "on the way"
        return (f"{when}, the right solution has {', '.join(shown)}.",) if shown else ()

    def _values(self) -> list[list[Part]]:
        """Lay out every case's parts; empty where not every case came to values built alike."""
        try:
            return [self._parts(label) for label in self.cases if not self.answers[label].error]
        except TypeError:
            return []

    def _relation(self) -> str | None:
        tolerance, of_cases = self.exercise.tolerance, self._values()
        names = list(self.exercise.signature.parameters)
        arguments = [
            dict(zip(names, values, strict=True))
            for label, values in self.cases.items()
            if not self.answers[label].error
        ]
        if len({len(case) for case in of_cases}) != 1:
            return None
        for part in zip(*of_cases, strict=True):
            if all(tolerance.equal(p.answer, p.truth) for p in part):
                continue
            said = relation([(p.answer, p.truth) for p in part], arguments, tolerance)
            if said is not None:
                return f"{part[0].name}: {said}" if part[0].name else said
        return None

    def _swapped_values(self) -> str | None:
        of_cases, equal = self._values(), self.exercise.tolerance.equal
        count = len(of_cases[0]) if of_cases else 0
        if not 2 <= count <= 4 or any(len(case) != count for case in of_cases):
            return None
        for order in list(permutations(range(count)))[1:]:
            if all(
                equal(case[i].answer, case[k].truth)
                for case in of_cases
                for i, k in enumerate(order)
            ):
                return "the values are right, but they are returned in another order."
        return None

    def _one_of_the_values(self) -> str | None:
        """Find the wanted answer among the values of one that returns too much."""
        returned = [answer.value for answer in self.answers.values()]
        if not all(isinstance(value, tuple) for value in returned):
            return None
        for position in range(min(map(len, returned))):
            alone = {
                label: Outcome(answer.value[position]) for label, answer in self.answers.items()
            }
            if all(replace(self, answers=alone)._right(label) for label in self.cases):
                return (
                    f"value {position + 1} of the {len(returned[0])} that you return is the right "
                    "answer by itself."
                )
        return None

    def _unused_argument(self) -> str | None:
        """Name an argument that changes the truth and never the answer."""
        names = list(self.exercise.signature.parameters)
        for position, name in enumerate(names):
            truth_moves = False
            for arguments in self.cases.values():
                if (other := _another(arguments[position])) is None:
                    continue
                changed = (*arguments[:position], other, *arguments[position + 1 :])
                pair = [run(self.function, a, 1.0) for a in (arguments, changed)]
                true = [run(self.exercise.reference, a) for a in (arguments, changed)]
                if any(outcome.error for outcome in (*pair, *true)):
                    break
                if not self._alike(*pair):
                    break
                truth_moves |= not self._alike(*true)
            else:
                if truth_moves:
                    return f"changing `{name}` changes nothing in your answer, and it should."
        return None

    def _alike(self, one: Outcome, other: Outcome) -> bool:
        try:
            both = parts(one.value, other.value)
        except TypeError:
            return False
        return all(self.exercise.tolerance.equal(p.answer, p.truth) for p in both)


def _another(value: Any) -> Any:
    """Another value of the same kind, or None where none is known to be allowed."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and value.size:
        return 0.5 * np.flip(value) + 0.25 * np.cos(np.arange(value.size)).reshape(value.shape)
    if isinstance(value, np.ndarray) and value.dtype.kind == "b":
        return ~value
    if isinstance(value, float):
        return 0.5 * value
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value + 1
    return None
