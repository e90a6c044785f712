"""Values that go from one process to the other as plain text: nothing in them can run."""

import base64
import io
from dataclasses import dataclass
from typing import Any

import numpy as np

PLAIN = (type(None), bool, int, float, str)
LARGEST = 50_000_000  # bytes of one array


@dataclass(frozen=True)
class Other:
    """Something that is neither a number nor a collection of numbers, by its name."""

    kind: str

    def __repr__(self) -> str:
        """Say what it was."""
        return f"<{self.kind}>"


def packed(value: Any, depth: int = 0) -> Any:
    """Turn a value into what JSON can hold; tensors become arrays."""
    if type(value) in PLAIN:
        return {"plain": value}
    if depth > 20:
        return {"other": "something nested deeply"}
    if isinstance(value, list | tuple):
        kind = "list" if isinstance(value, list) else "tuple"
        return {kind: [packed(one, depth + 1) for one in value]}
    if isinstance(value, dict):
        return {"dict": [[packed(k, depth + 1), packed(v, depth + 1)] for k, v in value.items()]}
    try:
        array = np.asarray(value)
    except Exception:  # whatever somebody's object does when it is made an array
        return {"other": type(value).__name__}
    if array.dtype == object and array.ndim:
        items = [packed(one, depth + 1) for one in array.ravel()]
        return {"objects": items, "shape": array.shape}
    if array.dtype.kind not in "biufc" or array.nbytes > LARGEST:
        return {"other": type(value).__name__}
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    name = "scalar" if isinstance(value, np.generic) else "array"
    return {name: base64.b64encode(file.getvalue()).decode("ascii")}


def unpacked(told: Any, depth: int = 0) -> Any:
    """Turn what `packed` made back into a value.

    Raises
    ------
    ValueError
        If it was not made by `packed`.
    """
    if not isinstance(told, dict) or depth > 22:
        raise ValueError("not a packed value")
    match told:
        case {"plain": value} if type(value) in PLAIN:
            return value
        case {"list": [*items]}:
            return [unpacked(one, depth + 1) for one in items]
        case {"tuple": [*items]}:
            return tuple(unpacked(one, depth + 1) for one in items)
        case {"dict": [*pairs]}:
            return {unpacked(k, depth + 1): unpacked(v, depth + 1) for k, v in pairs}
        case {"objects": [*items], "shape": [*shape]}:
            array = np.empty(len(items), object)
            array[:] = [unpacked(one, depth + 1) for one in items]
            return array.reshape(shape)
        case {"array": str(text)} | {"scalar": str(text)}:
            array = np.load(io.BytesIO(base64.b64decode(text)), allow_pickle=False)
            return array if "array" in told else array[()]
        case {"other": kind}:
            return Other(str(kind)[:60])
    raise ValueError("not a packed value")
