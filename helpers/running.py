"""Run somebody's function so that whatever it does ends in an outcome: a value or an error."""

import contextlib
import copy
import ctypes
import inspect
import io
import linecache
import re
import signal
import sys
import sysconfig
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import numpy as np

LIMIT = 15.0  # seconds for one case; the slowest right answer seen took 2

_OURS = str(Path(__file__).resolve().parent)
_LIBRARIES = ("site-packages", sysconfig.get_paths()["stdlib"], "<frozen", "<__array_function__")


class TimeUp(BaseException):
    """The time limit is reached (not an Exception: an answer's `except` must not catch it)."""


class Leaves(BaseException):
    """An answer wants to end the kernel."""


class AsksForInput(BaseException):
    """An answer calls input()."""


@dataclass(frozen=True)
class Outcome:
    """What came of a call: its value, or the error that stopped it."""

    value: Any = None
    error: BaseException | None = None
    printed: str = ""
    warned: str = ""
    changed: tuple[int, ...] = ()  # positions of the arguments that were changed in place


class Elsewhere:
    """A function that lives in another process, which tells the outcome of a call itself.

    Parameters
    ----------
    name
        The function's name.
    parameters
        The names of its arguments.
    outcome
        Gives the outcome of a call from its arguments and the limit in seconds.
    """

    def __init__(
        self, name: str, parameters: Iterable[str], outcome: Callable[[tuple, float], Outcome]
    ) -> None:
        self.__name__ = name
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        self.__signature__ = inspect.Signature([inspect.Parameter(p, kind) for p in parameters])
        self.outcome = outcome

    def __call__(self, *arguments: Any) -> Any:
        """Call it and return its value."""
        return self.outcome(arguments, LIMIT).value


def run(function: Callable, arguments: tuple, limit: float | None = None) -> Outcome:
    """Call a function on its own copy of the arguments and return the outcome.

    Parameters
    ----------
    function
        What to call. It may print, warn, exit, recurse or loop without end.
    arguments
        Its arguments; they are copied, so that no call sees what another one changed.
    limit
        Seconds until it is stopped; by default `LIMIT`.

    Returns
    -------
    Outcome
        Nothing that `function` does is raised, except `KeyboardInterrupt`.
    """
    if isinstance(function, Elsewhere):
        return function.outcome(arguments, LIMIT if limit is None else limit)
    given = copy.deepcopy(arguments)
    printed = io.StringIO()
    value, error = None, None
    with (
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(io.StringIO()),
        warnings.catch_warnings(record=True) as warned,
        np.errstate(all="warn", under="ignore"),
        _no_way_out(),
    ):
        warnings.simplefilter("always")
        try:
            with _time_limit(LIMIT if limit is None else limit):
                value = function(*given)
        except KeyboardInterrupt:
            raise
        except BaseException as stopped:
            error = stopped
    return Outcome(
        value=value,
        error=error,
        printed=printed.getvalue(),
        warned=str(warned[0].message) if warned else "",
        changed=tuple(
            position
            for position, (before, after) in enumerate(zip(arguments, given, strict=True))
            if not _same(before, after)
        ),
    )


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, list | tuple) and not isinstance(after, np.ndarray):
        return len(before) == len(after) and all(map(_same, before, after))
    return bool(np.array_equal(np.asarray(before), np.asarray(after)))


def _imports(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _answers(frame: FrameType | None) -> bool:
    """Tell whether a frame belongs to the answer, not to `run` on its way in or out."""
    ours = contextlib._GeneratorContextManager
    while frame is not None and frame.f_back is not None:
        if frame.f_back.f_code is run.__code__:
            return frame.f_code not in (ours.__enter__.__code__, ours.__exit__.__code__)
        frame = frame.f_back
    return False


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeUp` in this thread after some seconds, and again until it is heard."""
    if hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():

        def up(number: int, frame: FrameType | None) -> None:
            # half a library would stay behind, or our own clock running; heard again in a moment
            if _imports(frame) or not _answers(frame):
                return
            # a bare `except:` swallows this once; its next line is then stopped as well
            while frame is not None and frame.f_code is not run.__code__:
                frame.f_trace = stop
                frame = frame.f_back
            sys.settrace(lambda frame, event, value: None)
            raise TimeUp

        def stop(frame: FrameType, event: str, value: object) -> Callable:
            if event == "line":
                raise TimeUp
            return stop

        trace = sys.gettrace()
        handler = signal.signal(signal.SIGALRM, up)
        timer = signal.setitimer(signal.ITIMER_REAL, seconds, 0.2)

        def end() -> None:
            signal.setitimer(signal.ITIMER_REAL, *timer)
            signal.signal(signal.SIGALRM, handler)
            sys.settrace(trace)

        try:
            yield
        finally:
            try:
                end()
            finally:  # the clock may strike in the middle of it
                end()
        return
    thread, done = threading.get_ident(), threading.Event()

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            wait = 0.2
            ctypes.pythonapi.PyThreadState_SetAsyncExc(
                ctypes.c_ulong(thread), ctypes.py_object(TimeUp)
            )

    watchdog = threading.Thread(target=watch, daemon=True)
    watchdog.start()
    try:
        yield
    finally:
        done.set()
        watchdog.join()


@contextlib.contextmanager
def _no_way_out() -> Iterator[None]:
    """Let neither `exit()`, which ends a kernel, nor `input()`, which waits, through."""
    import builtins

    def leave(*_: object, **__: object) -> None:
        raise Leaves

    def ask(*_: object) -> None:
        raise AsksForInput

    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    asked = builtins.input
    builtins.input = ask
    if shell is not None:
        shell.ask_exit = leave
    try:
        yield
    finally:
        builtins.input = asked
        if shell is not None:
            del shell.ask_exit


@dataclass(frozen=True)
class Place:
    """Where in somebody's own code an error arose."""

    line: int
    text: str
    function: str
    values: str  # what the names in that line held, such as "x (3, 2), w (3,)"


def place_of(error: BaseException) -> Place | None:
    """Find the innermost line of an error's traceback that is neither ours nor a library's."""
    if isinstance(told := getattr(error, "place", None), Place):  # from another process
        return told
    found = None
    for frame, line in _frames(error.__traceback__):
        file = frame.f_code.co_filename
        if not file.startswith(_OURS) and not any(part in file for part in _LIBRARIES):
            found = frame, line
    if found is None:
        return None
    frame, line = found
    text = linecache.getline(frame.f_code.co_filename, line, frame.f_globals).strip()
    names = dict.fromkeys(re.findall(r"[A-Za-z_]\w*", text))
    held = [_brief(name, frame.f_locals[name]) for name in names if name in frame.f_locals]
    return Place(
        line - frame.f_code.co_firstlineno + 1,
        text,
        frame.f_code.co_name,
        ", ".join([one for one in held if one][:5]),
    )


def locals_of(function: Callable, arguments: tuple) -> dict[str, Any]:
    """Call a plain function and return what its own names hold when it returns."""
    held: dict[str, Any] = {}

    def watch(frame: Any, event: str, value: Any) -> None:
        if event == "return" and frame.f_code is function.__code__:
            held.update(frame.f_locals)

    before = sys.getprofile()
    sys.setprofile(watch)
    try:
        function(*copy.deepcopy(arguments))
    finally:
        sys.setprofile(before)
    return held


def _frames(trace: TracebackType | None) -> Iterator[tuple]:
    while trace is not None:
        yield trace.tb_frame, trace.tb_lineno
        trace = trace.tb_next


def _brief(name: str, value: Any) -> str:
    if isinstance(value, np.ndarray) or hasattr(value, "shape"):
        return f"{name} has the shape {tuple(value.shape)}"
    if isinstance(value, bool | int | float | str):
        return f"{name} = {value!r}"
    if isinstance(value, list | tuple):
        return f"{name} is a {type(value).__name__} of {len(value)}"
    return ""
