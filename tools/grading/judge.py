"""Judge a submission: its functions run in a process apart, the verdict is reached here."""

import json
import os
import queue
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from helpers import datasets
from helpers.check import Grade, Stage, exercises, grade
from helpers.running import (
    LIMIT,
    AsksForInput,
    Elsewhere,
    Leaves,
    Outcome,
    Place,
    TimeUp,
)
from tools.grading.slices import answer_source
from tools.grading.values import packed, unpacked
from tools.index import ROOT

LOADING = 60.0  # seconds for what stands above an exercise and is needed by it
MEMORY = 4_000_000_000  # bytes
LINE = 100_000_000  # characters of one reply
SYSTEM = ("/dev", "/etc", "/lib", "/proc/cpuinfo", "/proc/meminfo", "/sys", "/usr")
CHECK = re.compile(r"^check\((\w+)\)", re.MULTILINE)
KNOWN = (NotImplementedError, RecursionError, SystemExit, TimeUp, Leaves, AsksForInput)


@dataclass(frozen=True)
class Verdict:
    """What was judged, and how."""

    name: str
    answer: str
    grade: Grade


def judged(notebook: nbformat.NotebookNode) -> dict[int, Verdict]:
    """Judge every exercise of a submission by its check.

    Parameters
    ----------
    notebook
        A student's notebook. A check is a code cell with a line `check(name)`.

    Returns
    -------
    dict of int to Verdict
        The verdict, that of `check`, by the position of the cell that checks.
    """
    verdicts = {}
    for position, cell in enumerate(notebook.cells):
        found = CHECK.search(cell.source) if cell.cell_type == "code" else None
        if found is None or found[1] not in exercises():
            continue
        name = found[1]
        source, answer, missing = answer_source(notebook, name, position)
        grade = verdict(name, source) if missing is None else Grade(Stage.NOT_WRITTEN, missing)
        verdicts[position] = Verdict(name, answer, grade)
    return verdicts


def verdict(name: str, source: str) -> Grade:
    """Grade an answer from its source; what it does happens in a process of its own."""
    with _process(name, source) as (ask, first):
        if "failed" in first:
            error = _error(first["failed"])
            what = f"{type(error).__name__}: {error}".removesuffix(": ")
            return Grade(Stage.WRONG, f"what it needs from the cells above stops with {what}")
        parameters = first.get("parameters")
        if not isinstance(parameters, list) or not all(str(p).isidentifier() for p in parameters):
            parameters = list(exercises()[name].signature.parameters)

        def outcome(arguments: tuple, limit: float) -> Outcome:
            told = ask({"arguments": packed(arguments), "limit": limit}, limit + 5)
            if told.get("error") is not None:
                return Outcome(error=_error(told["error"]))
            try:
                return Outcome(
                    value=unpacked(told["value"]),
                    printed=str(told["printed"]),
                    warned=str(told["warned"]),
                    changed=tuple(int(i) for i in told["changed"] if int(i) < len(arguments)),
                )
            except (KeyError, TypeError, ValueError):  # not what the sandbox says by itself
                return Outcome(error=Leaves())

        return grade(exercises()[name], Elsewhere(name, parameters, outcome))


def _error(told: Any) -> BaseException:
    """Make an error like the one that was told of."""
    told = told if isinstance(told, dict) else {}
    name, message = str(told.get("type", "Leaves")), str(told.get("message", ""))
    base = next((one for one in KNOWN if one.__name__ == name), Exception)
    error = type(name, (base,), {"__str__": lambda self: message})()
    match told.get("place"):
        case {"line": int(line), "text": text, "function": function, "values": values}:
            error.place = Place(line, str(text), str(function), str(values))
    return error


@contextmanager
def _process(name: str, source: str) -> Iterator[tuple]:
    """Start the sandbox on an answer; give a function that asks it, and its first words."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder).resolve()
        here = Path(__file__).parent
        ours = ROOT / "helpers"
        shutil.copytree(ours, own / "helpers", ignore=_answers)
        (own / "data").symlink_to(ROOT / "data")
        for module in "sandbox.py", "values.py":
            shutil.copy(here / module, own / "helpers")
        readable = {sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), ROOT / "data"}
        readable |= {datasets.cache_folder(), *SYSTEM}
        task = {
            "name": name,
            "source": source,
            "loading": LOADING,
            "readable": sorted(str(Path(one).resolve()) for one in readable),
        }
        (own / "task.json").write_text(json.dumps(task), "utf-8")
        kept = ("PATH", "SYSTEMROOT", "RNN_CNN_CACHE", "OMP_NUM_THREADS")
        process = subprocess.Popen(
            [sys.executable, "-I", "helpers/sandbox.py"],
            cwd=own,
            env={key: os.environ[key] for key in kept if key in os.environ}
            | {"HOME": folder, "MPLCONFIGDIR": folder, "TF_CPP_MIN_LOG_LEVEL": "3"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_limits if os.name == "posix" else None,
        )
        replies: queue.Queue = queue.Queue()

        def listen() -> None:
            while line := process.stdout.readline(LINE):
                replies.put(line)
            replies.put(b"")

        threading.Thread(target=listen, daemon=True).start()

        def hear(limit: float) -> dict:
            try:
                told = json.loads(replies.get(timeout=limit) or "null")
            except queue.Empty:
                process.kill()
                return {"error": {"type": "TimeUp", "message": ""}}
            except (ValueError, RecursionError):
                told = None
            return told if isinstance(told, dict) else {"error": {"type": "Leaves", "message": ""}}

        def ask(call: dict, limit: float) -> dict:
            try:
                process.stdin.write(json.dumps(call).encode("ascii") + b"\n")
                process.stdin.flush()
            except OSError:  # it has ended
                return {"error": {"type": "Leaves", "message": ""}}
            return hear(limit)

        try:
            first = hear(LOADING + LIMIT)
            yield ask, first if "error" not in first else {"failed": first["error"]}
        finally:
            process.kill()
            process.wait()
            process.stdin.close()
            process.stdout.close()


def _answers(folder: str, names: list[str]) -> set[str]:
    """Name what a submission must not read: the exercises with their solutions."""
    return {"exercises", "__pycache__"} & set(names)


def _limits() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000_000, 10_000_000))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
