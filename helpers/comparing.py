"""Compare an answer with the truth: where they differ, and how the two are related.

Everything said here is read off the numbers, so it is true of them; it names no cause.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Tolerance:
    """How far an answer may be off: |answer − truth| ≤ absolute + relative · |truth|."""

    relative: float = 1e-4
    absolute: float = 1e-5

    def equal(self, answer: Array, truth: Array) -> bool:
        """Compare two arrays; half-precision answers are given a hundred times the room."""
        if answer.shape != truth.shape:
            return False
        if answer.dtype.kind in "US" or truth.dtype.kind in "US":
            return answer.dtype.kind == truth.dtype.kind and bool(np.all(answer == truth))
        relative, absolute = self.relative, self.absolute
        if truth.dtype.kind in "iub":  # a count of a million is off by one or it is right
            relative = 0.0
        if answer.dtype.itemsize == 2 and answer.dtype.kind == "f":
            largest = np.nanmax(np.abs(truth), initial=1.0)
            relative, absolute = 100 * relative, max(absolute, 2e-3 * float(largest))
        return bool(np.allclose(answer, truth, rtol=relative, atol=absolute, equal_nan=True))


@dataclass(frozen=True)
class Part:
    """One value of an answer beside the true one; `name` is empty if there is only one."""

    name: str
    answer: Array
    truth: Array


def as_array(value: Any) -> Array:
    """Turn numbers, nested lists, tensors and arrays of objects into an array of numbers or text.

    Raises
    ------
    TypeError
        If there is something else in it; the message completes 'expected numbers, got …'.
    """
    if value is None:
        raise TypeError("nothing (None)")
    if callable(value) and not hasattr(value, "shape"):
        name = getattr(value, "__name__", type(value).__name__)
        raise TypeError(f"the function {name} itself: it is not called")
    if isinstance(value, Mapping | set | frozenset):
        raise TypeError(f"a {type(value).__name__}")
    if _holds_itself(value):
        raise TypeError("a list that contains itself")
    try:
        array = np.asarray(value)
        if array.dtype == object:
            array = np.asarray(array.tolist())
        if array.dtype == object:
            array = array.astype(float)
    except (TypeError, ValueError):
        inside = f"{value!r}"
        raise TypeError(
            "lists of different lengths"
            if isinstance(value, list | tuple) and "None" not in inside
            else f"a {type(value).__name__}"
        ) from None
    if array.dtype.name == "bfloat16":
        return array.astype(np.float16)
    if array.dtype.kind not in "biufcUS":
        raise TypeError(f"a {type(value).__name__}")
    return array


def _holds_itself(value: Any, above: frozenset[int] = frozenset()) -> bool:
    if not isinstance(value, list | tuple):
        return False
    inside = above | {id(value)}
    return id(value) in above or any(_holds_itself(item, inside) for item in value)


def parts(answer: Any, truth: Any, names: Sequence[str] = ()) -> list[Part]:
    """Lay an answer beside the truth, value by value.

    Raises
    ------
    TypeError
        If the two are not built alike; the message is a whole sentence.
    """
    if (said := unfinished(answer)) is not None:
        raise TypeError(said)
    if isinstance(truth, Mapping):
        if not isinstance(answer, Mapping) or set(answer) != set(truth):
            got = sorted(map(str, answer)) if isinstance(answer, Mapping) else _kind(answer)
            raise TypeError(f"expected a dictionary with the keys {sorted(truth)}, got {got}")
        return [_part(f"[{key!r}]", answer[key], truth[key]) for key in truth]
    if isinstance(truth, tuple) or _arrays(truth):
        one = hasattr(answer, "shape") and np.shape(answer)[1:] != np.shape(truth[0])
        if isinstance(answer, str | Mapping) or not np.iterable(answer) or one:
            total = np.ndim(answer) == 0 and not isinstance(answer, str) and _sum_of(truth)
            also = ", which is their sum" if total is not False and answer == total else ""
            raise TypeError(f"expected {len(truth)} values, got one: {_kind(answer)}{also}")
        answer = list(answer)
        if len(answer) != len(truth):
            raise TypeError(f"expected {len(truth)} values, got {len(answer)}")
        names = names or [f"value {number} of {len(truth)}" for number in range(1, len(truth) + 1)]
        return [_part(*three) for three in zip(names, answer, truth, strict=True)]
    if isinstance(answer, tuple | list) and len(answer) > 1 and not isinstance(truth, list):
        arrays = [np.shape(a) for a in answer if hasattr(a, "shape") and np.ndim(a)]
        if isinstance(answer, tuple) and len(arrays) == len(answer) and len(set(arrays)) > 1:
            raise TypeError(f"expected one array, got {len(answer)} values")
    return [_part(names[0] if names else "", answer, truth)]


def unfinished(answer: Any) -> str | None:
    """Say what is off with a value that still has to be run to give numbers."""
    if inspect.iscoroutine(answer):
        answer.close()
        return "it is an `async def`: a plain `def` is wanted"
    if not inspect.isgenerator(answer):
        return None
    if answer.gi_code.co_name == "<genexpr>":
        return "it gives a generator: put `[ ]` around the `for` and make it a list"
    return "it gives a generator: write `return` in place of `yield`"


def _part(name: str, answer: Any, truth: Any) -> Part:
    try:
        got = as_array(answer)
    except TypeError as error:
        kind = "a text" if isinstance(truth, str) else "numbers"
        raise TypeError(f"{name + ': ' if name else ''}expected {kind}, got {error}") from None
    want = as_array(truth)
    if got.dtype.kind in "US" and want.dtype.kind not in "US":
        raise TypeError(f"expected a number, got the text {answer!r}")
    if want.dtype.kind in "US" and got.dtype.kind not in "US":
        raise TypeError(f"expected a text, got {_kind(answer)}")
    return Part(name, got, want)


def _arrays(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, np.ndarray) for item in value)


def _sum_of(values: tuple) -> float | bool:
    scalars = [value for value in values if isinstance(value, int | float | np.number)]
    return sum(scalars) if len(scalars) == len(values) else False


def _kind(value: Any) -> str:
    if np.ndim(value) == 0 and hasattr(value, "item"):
        return repr(value.item())
    if isinstance(value, bool | int | float | str):
        return repr(value)
    shape = getattr(value, "shape", None)
    return f"an array of shape {tuple(shape)}" if shape is not None else f"a {type(value).__name__}"


def numbers(value: Any, limit: int = 25) -> str:
    """Write a value on one line, as it would be typed; of a large array, its shape and type."""
    if isinstance(value, str | bool | int) or value is None:
        return repr(value)
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list | tuple) and not any(hasattr(item, "shape") for item in value):
        return repr(value) if len(repr(value)) <= 6 * limit else f"a list of {len(value)}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(numbers(item, limit) for item in value)}]"
    array = np.asarray(value)
    kind = "" if array.dtype in (np.float64, np.int64, np.bool_) else f" ({array.dtype})"
    if array.size > limit:
        return f"an array of shape {array.shape}{kind}"
    text = np.array2string(
        array + 0.0 if array.dtype.kind == "f" else array,
        separator=", ",
        threshold=limit + 1,
        formatter={"float_kind": _decimal},
    )
    return " ".join(text.split()).replace("[ ", "[") + kind


def _decimal(number: float) -> str:
    text = f"{number:.4g}"
    return text if set(text) - set("-0123456789") else f"{text}.0"


def two(answer: Any, truth: Any) -> tuple[str, str]:
    """Write two numbers with as many digits as it takes to tell them apart."""
    if float(answer).is_integer() and float(truth).is_integer():
        return f"{answer:.0f}", f"{truth:.0f}"
    for digits in (4, 6, 9, 12):
        shown = f"{answer:.{digits}g}", f"{truth:.{digits}g}"
        if shown[0] != shown[1]:
            return shown
    return repr(answer), repr(truth)


def first_difference(part: Part, tolerance: Tolerance) -> str:
    """Say at which index the two first differ, with both values, and in how many places."""
    answer, truth, name = part.answer, part.truth, part.name
    if truth.ndim == 0:
        if truth.dtype.kind in "US" or truth.dtype.kind == "b":
            return (
                f"{name + ' is ' if name else 'got '}{answer.item()!r}, expected {truth.item()!r}"
            )
        got, want = two(answer.item(), truth.item())
        return f"{name + ' is ' if name else 'got '}{got}, expected {want}"
    wrong = _wrong(answer, truth, tolerance)
    place = tuple(int(i) for i in np.argwhere(wrong)[0])
    here = ", ".join(map(str, place))
    label = f"{name or 'the answer'}[{here}]"
    count = f" ({int(wrong.sum())} of {truth.size} numbers differ)" if truth.size > 1 else ""
    if truth.dtype.kind in "US":
        return f"{label} is {answer[place].item()!r}, expected {truth[place].item()!r}{count}"
    got, want = two(answer[place].item(), truth[place].item())
    return f"{label} is {got}, expected {want}{count}"


def _wrong(answer: Array, truth: Array, tolerance: Tolerance) -> Array:
    if truth.dtype.kind in "US":
        return np.asarray(answer != truth)
    equal = np.isclose(
        answer, truth, rtol=tolerance.relative, atol=tolerance.absolute, equal_nan=True
    )
    return np.asarray(~equal)


# --- relations that hold on every case ---


def relation(
    pairs: Sequence[tuple[Array, Array]], arguments: Sequence[Mapping[str, Any]], tol: Tolerance
) -> str | None:
    """Find one relation between answer and truth that holds on every case.

    Parameters
    ----------
    pairs
        The answer and the truth of each case.
    arguments
        The arguments of each case by name.
    tol
        The tolerance.

    Returns
    -------
    str or None
        A sentence, or None. Cases that agree count as well: the relation must hold there too.
    """
    if any(a.dtype.kind in "USc" or t.dtype.kind in "US" for a, t in pairs):
        return None
    # differences of bytes would start again at 0 after 255
    pairs = [
        (a.astype(int) if a.dtype.kind in "bu" else a, t.astype(int) if t.dtype.kind in "bu" else t)
        for a, t in pairs
    ]
    if all(a.shape == t.shape for a, t in pairs):
        found = _same_shape(pairs, arguments, tol)
    else:
        found = _other_shape(pairs, tol)
    return next(found, None)


def _all(test: Callable[[Array, Array], bool], pairs: Sequence[tuple[Array, Array]]) -> bool:
    for answer, truth in pairs:
        try:
            with np.errstate(all="ignore"):
                if not test(answer, truth):
                    return False
        except (IndexError, TypeError, ValueError):
            return False
    return True


_FUNCTIONS: dict[str, Callable[[Array], Array]] = {
    "np.tanh": np.tanh,
    "np.exp": np.exp,
    "np.log": np.log,
    "np.sqrt": np.sqrt,
    "the square": np.square,
    "the logistic function": lambda a: 1 / (1 + np.exp(-a)),
    "1 divided by it": lambda a: 1 / a,
}


def _same_shape(
    pairs: Sequence[tuple[Array, Array]], arguments: Sequence[Mapping[str, Any]], tol: Tolerance
) -> Iterator[str]:
    equal = tol.equal
    sizes = sum(t.size for _, t in pairs)
    counts = all(t.ndim == 0 for _, t in pairs)
    if sizes < 3:
        return
    if _all(lambda a, t: equal(a, np.zeros_like(t, float)), pairs):
        yield "the answer is 0 everywhere"
    if _all(lambda a, t: equal(a, -t), pairs):
        yield "every number has the opposite sign"
    yield from _factors(pairs, arguments, tol)
    yield from _offsets(pairs, arguments, tol)
    if counts:
        return
    for name, cut in (
        ("cut off: the answer holds whole numbers", np.trunc),
        ("rounded away: the answer holds whole numbers", np.round),
        ("rounded down", np.floor),
    ):
        if _all(lambda a, t, cut=cut: equal(a, cut(t)), pairs):
            yield f"the fractions are {name}"
    if _all(lambda a, t: equal(a, np.abs(t)), pairs):
        yield "the negative numbers have lost their sign"
    if _all(lambda a, t: equal(a, np.maximum(t, 0)), pairs):
        yield "the negative numbers have become 0"
    if _all(lambda a, t: equal(np.mod(a - t, 256), np.zeros(t.shape)), pairs):
        yield "numbers are off by 256 exactly: in the type uint8 they start again at 0 after 255"
    for name, function in _FUNCTIONS.items():
        if _all(lambda a, t, f=function: equal(f(a.astype(float)), t), pairs):
            yield f"applying {name} to your answer gives the right numbers"
        if _all(lambda a, t, f=function: equal(a, f(t.astype(float))), pairs):
            yield f"your answer is the right one with {name} applied to it"
    yield from _arrangement(pairs, tol)
    yield from _region(pairs, tol)
    yield from _as_a_whole(pairs, arguments, tol)


def _candidates(arguments: Mapping[str, Any]) -> dict[str, float]:
    """Numbers that a case offers: scalar arguments, lengths of axes, how many entries there are."""
    found: dict[str, float] = {}
    for name, value in arguments.items():
        if isinstance(value, bool | str):
            continue
        if isinstance(value, int | float):
            found[name] = float(value)
        elif hasattr(value, "shape"):
            for axis, length in enumerate(value.shape):
                found[f"{name}.shape[{axis}]"] = float(length)
            found[f"the number of entries of {name}"] = float(value.size)
        elif isinstance(value, list | tuple):
            found[f"len({name})"] = float(len(value))
    return found


def _common(values: Sequence[float], arguments: Sequence[Mapping[str, Any]]) -> str | None:
    """Name what gives these numbers, one per case: a constant, or something of the arguments."""
    if np.allclose(values, values[0]) and len(values) > 1:
        return f"{values[0]:.4g}"
    if len(set(np.round(values, 9))) < 2:
        return None
    for name in _candidates(arguments[0]):
        offered = [_candidates(one).get(name, np.nan) for one in arguments]
        if np.allclose(values, offered):
            return name if " " in name else f"`{name}`"
    return None


def _factors(
    pairs: Sequence[tuple[Array, Array]], arguments: Sequence[Mapping[str, Any]], tol: Tolerance
) -> Iterator[str]:
    factors = []
    for answer, truth in pairs:
        weight = float(np.sum(truth.astype(float) ** 2))
        if weight == 0:
            return
        factor = float(np.sum(answer.astype(float) * truth)) / weight
        if factor == 0 or not tol.equal(np.asarray(answer, float), factor * truth):
            return
        factors.append(factor)
    if np.allclose(factors, 1):
        return
    parted = [1 / factor for factor in factors]
    if abs(factors[0]) < 1 and np.allclose(parted, np.round(parted[0])):
        yield f"every number is the expected one divided by {parted[0]:.0f}"
    elif (name := _common(factors, arguments)) is not None:
        yield f"every number is {name} times the expected one"
    elif (name := _common(parted, arguments)) is not None:
        yield f"every number is the expected one divided by {name}"
    elif sum(t.size for _, t in pairs) >= 4 * len(pairs):
        yield "every number is too large or too small by one and the same factor within a case"


def _offsets(
    pairs: Sequence[tuple[Array, Array]], arguments: Sequence[Mapping[str, Any]], tol: Tolerance
) -> Iterator[str]:
    offsets = []
    for answer, truth in pairs:
        offset = float(np.mean(answer.astype(float) - truth))
        if not tol.equal(np.asarray(answer, float), truth + offset):
            break
        offsets.append(offset)
    else:
        if np.allclose(offsets, 0):
            return
        if (name := _common(offsets, arguments)) is not None:
            far, way = (name, "large") if offsets[0] > 0 else (name.lstrip("-"), "small")
            yield f"every number is {far} too {way}"
        elif (name := _common([-offset for offset in offsets], arguments)) is not None:
            yield f"every number is {name} too small"
    for name in arguments[0]:
        arrays = [one[name] for one in arguments]
        if all(isinstance(a, np.ndarray) and a.ndim and a.dtype.kind in "if" for a in arrays):
            triples = list(zip(pairs, arrays, strict=True))
            if _all_three(lambda a, t, x: tol.equal(a + x, t), triples):
                yield f"adding {name} to your answer gives the right numbers"
            if _all_three(lambda a, t, x: tol.equal(a - x, t), triples):
                yield f"{name} is in your answer once too often: taking it off gives the right one"
            if _all_three(lambda a, t, x: tol.equal(a, np.broadcast_to(x, t.shape)), triples):
                yield f"your answer is {name} itself, unchanged"


def _all_three(test: Callable[[Array, Array, Array], bool], triples: Sequence) -> bool:
    for (answer, truth), extra in triples:
        try:
            if not test(answer, truth, extra):
                return False
        except (TypeError, ValueError):
            return False
    return True


def _arrangement(pairs: Sequence[tuple[Array, Array]], tol: Tolerance) -> Iterator[str]:
    equal = tol.equal
    axes = pairs[0][1].ndim
    if any(t.ndim != axes for _, t in pairs):
        return
    for order in list(permutations(range(axes)))[1:] if axes <= 4 else ():
        if _all(lambda a, t, o=order: equal(a.transpose(o), t), pairs):
            yield "the right numbers, transposed" if axes == 2 else f"the axes are swapped: {order}"
    for axis in range(axes):
        what = _axis(axis, axes)
        if _all(lambda a, t, k=axis: equal(np.flip(a, k), t), pairs):
            yield f"the right numbers in reverse order{what}"
        for step in (1, -1):
            if _all(lambda a, t, k=axis, s=step: _shifted(a, t, k, s, tol), pairs):
                where = "later" if step == 1 else "earlier"
                yield f"the right numbers, one place too far {where}{what}"
    if _all(
        lambda a, t: not equal(a, t) and equal(np.sort(a, axis=None), np.sort(t, axis=None)),
        [(a, t) for a, t in pairs if not equal(a, t)],
    ):
        yield "the right numbers, but in another order"


def _axis(axis: int, axes: int) -> str:
    return f" along axis {axis}" if axes > 1 else ""


def _shifted(answer: Array, truth: Array, axis: int, step: int, tol: Tolerance) -> bool:
    if truth.shape[axis] < 2:
        return tol.equal(answer, truth)
    length = truth.shape[axis]
    late, early = np.arange(1, length), np.arange(length - 1)
    of_answer, of_truth = (late, early) if step == 1 else (early, late)
    moved = np.take(answer, of_answer, axis), np.take(truth, of_truth, axis)
    return tol.equal(*moved) and np.ptp(moved[1]) > 0


def _region(pairs: Sequence[tuple[Array, Array]], tol: Tolerance) -> Iterator[str]:
    """Name the region to which all differences are confined."""
    wrong = [(w, a, t) for a, t in pairs if (w := _wrong(a, t, tol)).any()]
    axes = wrong[0][0].ndim
    if any(w.ndim != axes for w, _, _ in wrong):
        return
    several = sum(int(w.sum()) for w, _, _ in wrong) > 1  # one number alone shows no region
    for axis in range(axes):
        long = [w for w, _, _ in wrong if w.shape[axis] > 1]
        if not long:
            continue
        for place, word in ((0, "first"), (-1, "last")):
            if several and all(_confined(w, axis, place) for w in long):
                yield f"all is right except the {word} entry{_axis(axis, axes)}"
            if len(long) == len(wrong) and all(
                _confined(~w, axis, place) and not np.take(w, place, axis).any() for w in long
            ):
                yield f"only the {word} entry{_axis(axis, axes)} is right"
        if any(a.any() for _, a, _ in wrong) and all(
            np.ptp(a, axis=axis).max() == 0 and np.ptp(t, axis=axis).max() > 0 for _, a, t in wrong
        ):
            where = f"along axis {axis}" if axes > 1 else "from end to end"
            yield f"your answer is the same all {where}"
    if axes == 2:
        for word, rest in (("last", slice(None, -1)), ("first", slice(1, None))):
            large = max(min(w.shape) for w, _, _ in wrong) > 2
            if large and not any(w[rest, rest].any() for w, _, _ in wrong):
                yield f"all is right except the {word} row and the {word} column"
    if axes == 2 and all(_border(w) for w, _, _ in wrong):
        yield "the inside is right, the border is not"
    off = [float(d) for w, a, t in wrong for d in (a - t)[w]]
    if len(off) > 1 and np.ptp(off) == 0 and all(t.dtype.kind in "iu" for _, _, t in wrong):
        way = "large" if off[0] > 0 else "small"
        yield f"where it is wrong, it is always {abs(off[0]):g} too {way}"
    right = [(~w, t) for w, _, t in wrong]
    for name, test in (
        ("should be negative", lambda t: t < 0),
        ("should be positive", lambda t: t > 0),
        ("should be zero", lambda t: t == 0),
        ("should not be zero", lambda t: t != 0),
    ):
        if all((w <= test(t)).all() and not test(t).all() for w, _, t in wrong) and all(
            (r & ~test(t)).any() for r, t in right
        ):
            yield f"only numbers that {name} are wrong"


def _as_a_whole(
    pairs: Sequence[tuple[Array, Array]], arguments: Sequence[Mapping[str, Any]], tol: Tolerance
) -> Iterator[str]:
    """Compare kind, sum and range of the answers with those of the truths."""
    wrong = [(a, t) for a, t in pairs if not tol.equal(a, t)]
    if any(t.size < 3 or not np.isfinite(a).all() for a, t in wrong):
        return
    if _all(lambda a, t: (a == np.round(a)).all() and (t != np.round(t)).any(), wrong):
        yield "your numbers are all whole where the expected ones are not"
    answer, truth = wrong[0]
    for name in _candidates(arguments[0]) if truth.dtype.kind in "iu" else ():
        counted = [_candidates(one)[name] for one in arguments]
        if [t.sum() for _, t in pairs] == counted and answer.sum() != truth.sum():
            yield f"your numbers add up to {answer.sum():g}; they should add up to {name}"
    for narrow, wide in (((0, 1), "narrow"), ((1, 0), "wide")):
        if _all(lambda *pair, n=narrow: 2 * np.ptp(pair[n[0]]) < np.ptp(pair[n[1]]), wrong):
            yield (
                f"the range is too {wide}: your numbers run from {answer.min():.4g} to "
                f"{answer.max():.4g}, the expected ones from {truth.min():.4g} to {truth.max():.4g}"
            )


def _confined(mask: Array, axis: int, place: int) -> bool:
    rest = np.delete(mask, place, axis)
    return bool(mask.any() and not rest.any() and np.take(mask, place, axis).any())


def _border(wrong: Array) -> bool:
    return min(wrong.shape) > 2 and not wrong[1:-1, 1:-1].any()


def _other_shape(pairs: Sequence[tuple[Array, Array]], tol: Tolerance) -> Iterator[str]:
    equal = tol.equal
    differing = [(a, t) for a, t in pairs if a.shape != t.shape]
    if _all(lambda a, t: equal(a.squeeze(), t.squeeze()), pairs):
        yield "the numbers are right; an axis of length 1 is missing or too many"
    if _all(lambda a, t: a.ndim == t.ndim == 2 and equal(a.T, t), pairs):
        yield "the right numbers, transposed"
    axes = {(a.ndim, t.ndim) for a, t in differing}
    if len(axes) != 1:
        return
    of_answer, of_truth = axes.pop()
    if of_answer == of_truth:
        if of_truth > 2:
            for order in list(permutations(range(of_truth)))[1:] if of_truth <= 4 else ():
                if _all(lambda a, t, o=order: equal(a.transpose(o), t), pairs):
                    yield f"the right numbers with their axes in another order: {order}"
        for axis in range(of_truth):
            yield from _lengths(pairs, axis, tol)
        if of_truth == 2:
            inner, last, first = slice(1, -1), slice(None, -1), slice(1, None)
            for words, part in (
                ("its whole border is missing", inner),
                ("its last row and its last column are missing", last),
                ("its first row and its first column are missing", first),
            ):
                if _all(lambda a, t, p=part: equal(a, t[p, p]), pairs):
                    yield f"what came back is right, but {words}"
        for where, begin in (("upper left", 0), ("centre", 1)):
            if of_truth > 1 and _all(lambda a, t, b=begin: equal(_block(a, t, b), t), pairs):
                yield f"too much came back: the right numbers stand in its {where}"
            if of_truth > 1 and _all(lambda a, t, b=begin: equal(a, _block(t, a, b)), pairs):
                yield f"too little came back: only the {where} of the right answer"
    for axis in range(of_truth):
        for word, how in (("first", 0), ("last", -1)):
            if _all(lambda a, t, k=axis, h=how: equal(a, np.take(t, h, k)), pairs):
                yield f"only the {word} entry along axis {axis} is returned; all of them are wanted"
        for word, total in (("sum", np.sum), ("mean", np.mean), ("maximum", np.max)):
            if _all(lambda a, t, k=axis, f=total: equal(a, f(t, axis=k)), pairs):
                yield f"your answer is the {word} of the right one along axis {axis}"
    for word, total in (("sum", np.sum), ("mean", np.mean)):
        if _all(
            lambda a, t, f=total: a.size == 1 and equal(a.reshape(()), np.asarray(f(t))), pairs
        ):
            yield f"your answer is the {word} of all the right numbers"
    for axis in range(of_answer):
        for word, how in (("first", 0), ("last", -1)):
            if _all(lambda a, t, k=axis, h=how: equal(np.take(a, h, k), t), pairs):
                yield f"the {word} entry of your answer along axis {axis} is what is wanted"
    for axis in range(of_answer):
        for word, total in (("adding up", np.sum), ("averaging", np.mean)):
            if _all(lambda a, t, k=axis, f=total: equal(f(a, axis=k), t), pairs):
                yield f"{word} your answer along axis {axis} would give the right numbers"


def _lengths(pairs: Sequence[tuple[Array, Array]], axis: int, tol: Tolerance) -> Iterator[str]:
    equal = tol.equal
    what = _axis(axis, pairs[0][1].ndim)

    def cut(array: Array, end: int) -> Array:
        return np.delete(array, end, axis)

    for word, end in (("first", 0), ("last", -1)):
        if _all(lambda a, t, e=end: equal(a, cut(t, e)), pairs):
            yield f"the {word} entry{what} is missing; the others are right"
        if _all(lambda a, t, e=end: equal(cut(a, e), t), pairs):
            yield f"the {word} entry{what} is one too many; the others are right"
    kept = [_kept(a, t, axis, tol) for a, t in pairs]
    shorter = next((k for k, (a, t) in zip(kept, pairs, strict=True) if a.shape != t.shape), None)
    if all(k is not None for k in kept) and shorter:
        have = ", ".join(map(str, shorter))
        yield f"entries are missing{what}; of the right ones only [{have}] came back"
    by = {a.shape[axis] - t.shape[axis] for a, t in pairs}
    alike = all(
        a.shape[:axis] == t.shape[:axis] and a.shape[axis + 1 :] == t.shape[axis + 1 :]
        for a, t in pairs
    )
    if len(by) == 1 and alike and (off := by.pop()):
        yield f"the answer is {abs(off)} too {'long' if off > 0 else 'short'}{what}"


def _block(answer: Array, truth: Array, centred: int) -> Array:
    """Cut a block of the truth's shape out of the corner or the centre of a larger answer."""
    begin = [centred * (a - t) // 2 for a, t in zip(answer.shape, truth.shape, strict=True)]
    return answer[tuple(slice(b, b + n) for b, n in zip(begin, truth.shape, strict=True))]


def _kept(answer: Array, truth: Array, axis: int, tol: Tolerance) -> list[int] | None:
    """Find the entries of the truth that came back, in order; None if others came too."""
    if answer.ndim != truth.ndim or answer.shape[axis] > truth.shape[axis]:
        return None
    found, start = [], 0
    for entry in np.moveaxis(answer, axis, 0):
        for place in range(start, truth.shape[axis]):
            if tol.equal(entry, np.take(truth, place, axis)):
                found.append(place)
                start = place + 1
                break
        else:
            return None
    return found
