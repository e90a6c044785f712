"""A check of the installation that says in words what is wrong and how to mend it."""

import importlib
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import numpy as np

from helpers import datasets

PYTHON = (3, 11), (3, 13)  # the first and the last version that the course runs on
NEEDED = (
    "numpy", "matplotlib", "keras", "tensorflow", "jupyterlab", "ipykernel", "ipywidgets",
    "pillow", "pooch",
)  # fmt: skip
MEMORY = 1.5  # GiB: the most that a notebook takes
DISK = 1.0  # GiB: CIFAR-10, its archive and its unpacked copy

_RESTART = "then restart the kernel (the menu Kernel, Restart)"


@dataclass(frozen=True)
class Item:
    """One thing that was looked at; `fault` says what is wrong and how to mend it, or is None."""

    name: str
    fault: str | None = None


def check_installation() -> None:
    """Print a line per item, ✓ or ✗, and below each ✗ what is wrong and how to mend it.

    Nothing that it finds raises an error. What it prints of a good installation is the same on
    every machine.
    """
    faults = 0
    for item in items():
        print(f"{'✓' if item.fault is None else '✗'} {item.name}")
        if item.fault is not None:
            faults += 1
            print(f"  {item.fault}")
    if faults:
        print(f"{faults} thing{'s' * (faults > 1)} to mend: the sentence below each ✗ says how.")
    else:
        print("All is in place: go on with notebook 01.")


def items() -> Iterator[Item]:
    """Look at everything that the notebooks need, one item after the other."""
    yield python_version()
    yield from packages()
    yield from data()
    yield cache()
    yield memory()
    yield disk()
    yield kernel()
    yield network()


def python_version() -> Item:
    """Look for a Python that the packages are made for."""
    (major, first), (_, last) = PYTHON
    name = f"Python {major}.{first} to {major}.{last}"
    here = tuple(sys.version_info[:2])
    if PYTHON[0] <= here <= PYTHON[1]:
        return Item(name)
    return Item(
        name,
        f"This is Python {here[0]}.{here[1]}. Install Python {major}.{first}, delete the folder "
        f".venv and say `make lab PYTHON=python{major}.{first}`.",
    )


def requirements_file() -> Path:
    """Where the pins are in a clone of the repository; an installed package does not have it."""
    return Path(__file__).resolve().parent.parent / "requirements.txt"


def pins() -> dict[str, str]:
    """Give the version of each direct dependency; nothing where there is no requirements.txt.

    The direct ones are those that uv notes as coming `via -r requirements.in`.
    """
    try:
        lines = requirements_file().read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    found, last = {}, None
    for line in lines:
        if pin := re.match(r"([\w.-]+)==([^\s;]+)", line):
            last = pin.groups()
        elif last and re.match(r"\s+#.*-r requirements\.in", line):
            found[last[0].lower()] = last[1]
    if "tensorflow-cpu" in found:  # the same library in a smaller file, for Linux on a PC
        found["tensorflow"] = found.pop("tensorflow-cpu")
    return found


def packages() -> Iterator[Item]:
    """Look for each package, in the version that the course was tested with."""
    wanted = pins()
    for package in NEEDED:
        fault = _fault_of_package(package, wanted.get(package))
        yield Item(f"{package} {wanted[package]}" if package in wanted else package, fault)
    tools = [package for package in wanted if package not in NEEDED]
    faults = [fault for package in tools if (fault := _fault_of_package(package, wanted[package]))]
    if tools:
        yield Item("the tools for slides and tests", "\n  ".join(faults) or None)


def installed(package: str) -> str | None:
    """Version of an installed package, or None."""
    names = (package, "tensorflow-cpu") if package == "tensorflow" else (package,)
    for name in names:
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return None


def _fault_of_package(package: str, wanted: str | None) -> str | None:
    version = installed(package)
    if version is not None and wanted in (None, version):
        return None
    wrong = f"{package} {version} is installed" if version else f"{package} is not installed"
    if wanted is None:
        mend = f"`{sys.executable} -m pip install {package}`"
    else:
        wrong += f", and the course was tested with {wanted}"
        mend = f"`{sys.executable} -m pip install -r requirements.txt`"
    return f"{wrong}. Say {mend} in a terminal in the course's folder, {_RESTART}."


def data() -> Iterator[Item]:
    """Look for each data set of the course, unharmed."""
    try:
        shipped = datasets.shipped()
    except datasets.DataError as error:
        yield Item("data", f"{error}")
        return
    for dataset, names in shipped.items():
        fault = None
        try:
            for name in names:
                datasets.read(name)
        except datasets.DataError as error:
            fault = f"{error}"
        yield Item(f"data: {dataset}", fault)


def cache() -> Item:
    """Try to write in the folder of downloaded data."""
    name = "the cache folder can be written"
    folder = datasets.cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Item(name)
    except OSError as error:
        return Item(
            name,
            f"{folder} cannot be written ({error.strerror or error}). Set the variable "
            f"RNN_CNN_CACHE to a folder of your own before you start JupyterLab.",
        )


def memory() -> Item:
    """Look for as much free memory as the largest notebook takes."""
    import psutil

    free = psutil.virtual_memory().available / 2**30
    name = f"{MEMORY} GiB of memory free"
    if free >= MEMORY:
        return Item(name)
    return Item(
        name,
        f"{free:.1f} GiB are free. Close other programs, and shut down the kernels you no longer "
        "need (in JupyterLab: the round symbol at the left edge, Shut Down All).",
    )


def disk() -> Item:
    """Look for room for the data that are downloaded."""
    folder = datasets.cache_folder()
    while not folder.is_dir():
        folder = folder.parent
    free = shutil.disk_usage(folder).free / 2**30
    name = f"{DISK:.0f} GiB of disk free for downloaded data"
    if free >= DISK:
        return Item(name)
    return Item(
        name,
        f"{free:.1f} GiB are free in {folder}. Empty the bin or delete what you no longer need, or "
        "set the variable RNN_CNN_CACHE to a folder on another disk. Only notebook 18 downloads.",
    )


def kernel() -> Item:
    """Look at the kernel's setting that keeps the start-up lines of TensorFlow's C++ code away."""
    from ipykernel.kernelapp import IPKernelApp

    name = "the kernel keeps TensorFlow's start-up lines out of the notebook"
    if not IPKernelApp.initialized() or not IPKernelApp.instance().capture_fd_output:
        return Item(name)
    return Item(
        name,
        "They will show as a red block at the first `import keras`: that is no error. To be rid "
        f"of it, say `{sys.executable} -m pip install --no-deps --editable .` in a terminal in "
        f"the course's folder, {_RESTART}.",
    )


def network() -> Item:
    """Run a layer of Keras on TensorFlow; importing them takes some seconds."""
    name = "Keras runs a layer on TensorFlow"
    try:
        keras = importlib.import_module("keras")
        backend = keras.backend.backend()
        y = keras.layers.Dense(1, kernel_initializer="ones")(np.ones((1, 3), "float32"))
        value = float(keras.ops.convert_to_numpy(y)[0, 0])
    except Exception as error:
        sentence = (str(error).strip().splitlines() or [""])[0]
        return Item(
            name,
            f"It stops with {type(error).__name__}: {sentence}. Say `{sys.executable} -m pip "
            "install --force-reinstall -r requirements.txt` in a terminal in the course's folder, "
            f"{_RESTART}.",
        )
    if backend != "tensorflow":
        return Item(
            name,
            f"Keras computes on {backend}. Take the variable KERAS_BACKEND away, or write "
            '"backend": "tensorflow" in the file .keras/keras.json of your home folder, '
            f"{_RESTART}.",
        )
    if value != 3.0:
        return Item(name, f"1 + 1 + 1 gave {value}: install the packages anew, {_RESTART}.")
    return Item(name)
