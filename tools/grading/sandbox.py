"""The process in which a submission runs: it answers calls, and decides nothing.

Started by `judge` with its own folder, no environment and limits on memory and files. It may read
Python's libraries, the course's data and its own folder; it may write there. The rest of the disk,
the network and other programs are refused by an audit hook. That stops what students try; it is no
wall against somebody who breaks the interpreter itself (through ctypes or a faulty library, say):
on a shared server, grade as a user who may read nothing else.
"""

import ast
import contextlib
import importlib
import inspect
import json
import linecache
import os
import sys
from pathlib import Path

REFUSED = (
    "ctypes", "fcntl", "ftplib", "gc.", "http", "imaplib", "mmap", "msvcrt", "nntplib",
    "os.chmod", "os.chown", "os.exec", "os.fork", "os.kill", "os.link", "os.posix_spawn",
    "os.putenv", "os.spawn", "os.startfile", "os.symlink", "os.system", "os.unsetenv", "poplib",
    "pty", "shutil", "signal.pthread_kill", "smtplib", "socket.bind", "socket.connect",
    "socket.getaddrinfo", "socket.sendto", "sqlite3", "subprocess", "sys.setprofile", "syslog",
    "telnetlib", "urllib", "webbrowser", "winreg",
)  # fmt: skip
LIBRARIES = ("helpers", "keras", "matplotlib", "numpy", "PIL", "tensorflow")
READ = ("open", "os.listdir", "os.scandir", "os.chdir", "glob.glob", "glob.glob/2", "os.walk")
WRITE = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "os.utime")


def guard(readable: tuple[str, ...], own: str) -> None:
    """Refuse, from here on, what a submission has no business with."""
    real, inside, joined = os.path.realpath, os.path.commonpath, (*readable, own)

    def allowed(path: object, roots: tuple[str, ...]) -> bool:
        if isinstance(path, int) or path is None:  # a file that is open already
            return True
        place = real(os.fsdecode(path))
        return any(inside([place, root]) == root for root in roots)

    def hook(event: str, arguments: tuple) -> None:
        rewritten = event == "object.__setattr__" and arguments[1] == "__code__"
        if rewritten or event.startswith(REFUSED):
            raise PermissionError(f"not allowed where answers are graded ({event})")
        if event == "open" and arguments[1] is not None and set(arguments[1]) & set("wax+"):
            roots = (own, os.devnull)
        elif event == "open" and arguments[1] is None and arguments[2] & 3:
            roots = (own, os.devnull)
        elif event in READ:
            roots = joined
        elif event in WRITE:
            roots = (own,)
        else:
            return
        for path in arguments[:1] if event != "os.rename" else arguments[:2]:
            if not allowed(path, roots):
                raise PermissionError(f"not allowed where answers are graded: {path}")

    sys.addaudithook(hook)


def bring_libraries(source: str) -> None:
    """Import the course's libraries that an answer imports: they do much that is refused later."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            if name.partition(".")[0] in LIBRARIES:
                with contextlib.suppress(ImportError):
                    importlib.import_module(name)


def main() -> None:
    """Load the answer's source, say which arguments it takes, then answer calls until the end."""
    own = Path.cwd()
    task = json.loads((own / "task.json").read_text("utf-8"))
    sys.path.insert(0, str(own))
    told = os.fdopen(os.dup(1), "w", encoding="ascii")
    asked = os.fdopen(os.dup(0), encoding="ascii")
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)
    # they stand in this process's own folder
    from helpers.running import place_of, run
    from helpers.values import packed, unpacked

    def say(what: dict) -> None:
        told.write(json.dumps(what) + "\n")
        told.flush()

    def error_of(error: BaseException) -> dict:
        place = place_of(error)
        return {
            "type": type(error).__name__[:60],
            "message": str(error)[:500],
            "place": None if place is None else vars(place),
        }

    def load() -> object:
        source, name = task["source"], task["name"]
        linecache.cache["<answer>"] = (len(source), None, source.splitlines(True), "<answer>")
        namespace: dict = {"__name__": "__main__"}
        exec(compile(source, "<answer>", "exec"), namespace)
        return namespace[name]

    bring_libraries(task["source"])
    guard(tuple(task["readable"]), str(own))
    loaded = run(load, (), task["loading"])
    if loaded.error is not None:
        say({"failed": error_of(loaded.error)})
        return
    function = loaded.value
    try:
        say({"parameters": list(inspect.signature(function).parameters)})
    except (TypeError, ValueError):
        say({"parameters": None})
    for line in asked:
        call = json.loads(line)
        outcome = run(function, unpacked(call["arguments"]), call["limit"])
        say(
            {
                "value": packed(outcome.value),
                "error": None if outcome.error is None else error_of(outcome.error),
                "printed": outcome.printed[:2000],
                "warned": outcome.warned[:500],
                "changed": list(outcome.changed),
            }
        )


if __name__ == "__main__":
    main()
