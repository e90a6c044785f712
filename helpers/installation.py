"""A check of the installation that says in a sentence what is wrong and how to fix it."""

import importlib
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import numpy as np

from helpers import datasets, machine

PINS = Path(__file__).resolve().parent.parent / "requirements.in"
_INSTALL = f'"{sys.executable}" -m pip install -r requirements.txt'
_RESTART = "then restart the kernel (the menu Kernel, Restart)"


def check_installation() -> None:
    """Print a line per item, ✓ or ✗, and below each ✗ what is wrong and how to fix it.

    Nothing that it finds raises an error. What it prints of a good installation is the same on
    every machine.
    """
    faults = 0
    for name, fault in items():
        print(f"✗ {name}\n  {fault}" if fault else f"✓ {name}")
        faults += bool(fault)
    if faults:
        print(f"{faults} thing{'s' * (faults > 1)} to fix: the line below each ✗ says how.")
    else:
        print("All is in place: go on with notebook 01.")


def items() -> Iterator[tuple[str, str]]:
    """Look at what the notebooks need: the name of each item and its fault, empty if good."""
    yield "Python 3.11, 3.12 or 3.13", machine.python_fault()
    yield "the packages, in the versions of the course", packages_fault()
    yield "the data that come with the course", data_fault()
    yield "Keras runs a layer on TensorFlow", layer_fault()


def pins() -> dict[str, str]:
    """Read the version of each direct dependency; an installed package does not have the file."""
    lines = PINS.read_text(encoding="utf-8").splitlines() if PINS.exists() else []
    pinned = [match for line in lines if (match := re.match(r"([\w.-]+)==([\w.]+)", line))]
    return {match[1].removesuffix("-cpu"): match[2] for match in pinned}


def installed(package: str) -> str | None:
    """Version of an installed package, or None; TensorFlow's has another name for CPUs only."""
    for name in (package, f"{package}-cpu"):
        try:
            return metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return None


def packages_fault() -> str:
    """Compare each package with the version that the course was tested with."""
    wrong = []
    for package, wanted in pins().items():
        version = installed(package)
        if version is None:
            if package == "tensorflow" and (fault := machine.build_fault()):
                return fault
            wrong.append(f"{package} is missing")
        elif version != wanted:
            wrong.append(f"{package} {version} is installed, not {wanted}")
    if not wrong:
        return ""
    return f"{'; '.join(wrong)}. Run `{_INSTALL}` in the folder of the course, {_RESTART}."


def data_fault() -> str:
    """Read the files that come with the course; the first that is missing or damaged is named."""
    try:
        for files in datasets.shipped().values():
            for file in files:
                datasets.read(file)
    except datasets.DataError as error:
        return f"{error}"
    return ""


def layer_fault() -> str:
    """Run a layer of Keras on TensorFlow; importing them takes some seconds."""
    try:
        keras = importlib.import_module("keras")
        if (backend := keras.backend.backend()) != "tensorflow":
            return (
                f"Keras computes on {backend}. Remove the variable KERAS_BACKEND, or write "
                '"backend": "tensorflow" in the file .keras/keras.json of your home folder, '
                f"{_RESTART}."
            )
        y = keras.layers.Dense(1, kernel_initializer="ones")(np.ones((1, 3), "float32"))
        value = float(keras.ops.convert_to_numpy(y)[0, 0])
    except Exception as error:
        sentence = (str(error).strip().splitlines() or [""])[0]
        wrong = f"It stops with {type(error).__name__}: {sentence}"
    else:
        if value == 3:
            return ""
        wrong = f"1 + 1 + 1 gave {value}"
    return f"{wrong}. Run `{_INSTALL} --force-reinstall` in the folder of the course, {_RESTART}."
