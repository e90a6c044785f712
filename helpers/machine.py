"""What a computer must have before the course can be installed.

`python3 helpers/machine.py` says in one sentence what is missing, or nothing. It runs before
anything is installed, and also where Python is older than the course needs: standard library only.
"""

import platform
import sys
import sysconfig

FIRST, LAST = (3, 11), (3, 13)  # as `requires-python` in pyproject.toml
BUILDS = {("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"), ("win32", "AMD64")}


def python_fault() -> str:
    """Say what is wrong with this version of Python; empty if nothing is."""
    here = tuple(sys.version_info[:2])
    if FIRST <= here <= LAST:
        return ""
    return (
        f"This is Python {here[0]}.{here[1]}, and the course needs 3.11, 3.12 or 3.13: install one "
        "of these, delete the folder .venv if there is one, and run `make lab PYTHON=python3.12`."
    )


def build_fault() -> str:
    """Say that TensorFlow publishes no build for this Python; empty if it does."""
    system, machine = sys.platform, platform.machine()
    musl = "musl" in (sysconfig.get_config_var("SOABI") or "")
    if (system, machine) in BUILDS and sys.maxsize > 2**32 and not musl:
        return ""
    kind = f"{machine}{', 32 bits' * (sys.maxsize <= 2**32)}{', musl' * musl}"
    return (
        f"TensorFlow has no build for this Python ({system}, {kind}). It has builds for 64-bit "
        "Python on Linux with glibc (x86-64, ARM64), on Macs with Apple silicon (arm64) and on "
        "Windows (Intel, AMD): use one of these, or a JupyterLab that runs on one."
    )


def venv_fault() -> str:
    """Say that this Python cannot make virtual environments; empty if it can."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        return (
            "This Python cannot make virtual environments: on Debian and Ubuntu run "
            f"`sudo apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv`, "
            "then run make again."
        )
    return ""


if __name__ == "__main__":
    sys.exit(python_fault() or build_fault() or venv_fault() or None)
