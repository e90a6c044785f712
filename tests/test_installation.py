"""The check of the installation: nothing on a good one, and a sentence that mends each fault."""

import sys
from importlib import metadata
from types import SimpleNamespace

import numpy as np
import pytest
from ipykernel.kernelapp import IPKernelApp

from helpers import datasets, installation

LOCK = """\
# made by uv
pooch==1.9.0
    # via
    #   -r requirements.in
    #   another
matplotlib==3.11.2
    # via -r requirements.in
contourpy==1.4.0
    # via matplotlib
ruff==0.17.6
    # via -r requirements.in
tensorflow==2.21.0 ; sys_platform != 'linux' or platform_machine != 'x86_64'
    # via -r requirements.in
tensorflow-cpu==2.21.0 ; sys_platform == 'linux' and platform_machine == 'x86_64'
    # via -r requirements.in
"""
VERSIONS = {"pooch": "1.9.0", "matplotlib": "3.11.2", "ruff": "0.17.6", "tensorflow": "2.21.0"}


def sentences(items):
    return {item.name: item.fault for item in items if item.fault is not None}


@pytest.fixture
def lock(tmp_path, monkeypatch):
    path = tmp_path / "requirements.txt"
    path.write_text(LOCK)
    monkeypatch.setattr(installation, "requirements_file", lambda: path)


@pytest.fixture
def versions(monkeypatch):
    """Installed packages, by name: all that are needed, changed by the test."""
    found = {**dict.fromkeys(installation.NEEDED, "1.0"), **VERSIONS}

    def version(name):
        if name not in found:
            raise metadata.PackageNotFoundError(name)
        return found[name]

    monkeypatch.setattr(installation.metadata, "version", version)
    return found


def test_this_installation_has_no_fault(capsys):
    installation.check_installation()
    printed = capsys.readouterr().out
    assert "✗" not in printed
    assert "All is in place" in printed


def test_the_line_of_a_fault_is_followed_by_its_sentence(capsys, monkeypatch):
    items = [installation.Item("good"), installation.Item("bad", "It is bad. Mend it.")]
    monkeypatch.setattr(installation, "items", lambda: iter(items))
    installation.check_installation()
    assert capsys.readouterr().out.splitlines() == [
        "✓ good",
        "✗ bad",
        "  It is bad. Mend it.",
        "1 thing to mend: the sentence below each ✗ says how.",
    ]


@pytest.mark.parametrize("version", [(3, 10, 12), (3, 14, 0), (2, 7, 18)])
def test_another_python(version, monkeypatch):
    monkeypatch.setattr(installation, "sys", SimpleNamespace(version_info=version))
    fault = installation.python_version().fault
    assert f"This is Python {version[0]}.{version[1]}." in fault
    assert "make lab PYTHON=python3.11" in fault


def test_the_pins_are_those_of_the_direct_dependencies(lock):
    assert installation.pins() == VERSIONS


def test_the_lock_of_the_course_pins_every_direct_dependency():
    pins = installation.pins()
    assert {*installation.NEEDED, "pytest", "ruff", "nbconvert"} <= set(pins)
    assert pins["keras"].startswith("3.")


def test_no_fault_where_the_versions_are_the_pinned_ones(lock, versions):
    assert sentences(installation.packages()) == {}


def test_tensorflow_may_be_the_package_for_cpus(lock, versions):
    versions["tensorflow-cpu"] = versions.pop("tensorflow")
    assert sentences(installation.packages()) == {}


def test_a_missing_package(lock, versions):
    del versions["pooch"]
    (fault,) = sentences(installation.packages()).values()
    assert fault.startswith("pooch is not installed, and the course was tested with 1.9.0.")
    assert f"{sys.executable} -m pip install -r requirements.txt" in fault
    assert "restart the kernel" in fault


def test_a_package_in_another_version(lock, versions):
    versions["matplotlib"] = "2.0"
    faults = sentences(installation.packages())
    assert list(faults) == ["matplotlib 3.11.2"]
    assert (
        "matplotlib 2.0 is installed, and the course was tested with 3.11.2." in faults.popitem()[1]
    )


def test_a_missing_tool(lock, versions):
    del versions["ruff"]
    faults = sentences(installation.packages())
    assert list(faults) == ["the tools for slides and tests"]


def test_without_the_pins_a_package_only_has_to_be_there(tmp_path, versions, monkeypatch):
    monkeypatch.setattr(installation, "requirements_file", lambda: tmp_path / "none")
    versions["matplotlib"] = "2.0"
    assert sentences(installation.packages()) == {}
    del versions["keras"]
    (fault,) = sentences(installation.packages()).values()
    assert fault.startswith("keras is not installed. Say")
    assert "pip install keras`" in fault


def test_damaged_data(tmp_path, monkeypatch):
    original = datasets.data_folder() / "spanish-proverbs" / "proverbs.txt"
    folder = tmp_path / "data" / "spanish-proverbs"
    folder.mkdir(parents=True)
    (folder / "proverbs.txt").write_bytes(original.read_bytes()[:-1])
    monkeypatch.setenv("RNN_CNN_CACHE", str(tmp_path / "cache"))
    lines = datasets.registry().splitlines(keepends=True)
    texts = [line for line in lines if line.startswith(("spanish-proverbs", "english-novel"))]
    (tmp_path / "data" / "registry.txt").write_text("".join(texts))
    monkeypatch.setattr(datasets, "data_folder", lambda: tmp_path / "data")
    faults = sentences(installation.data())
    assert list(faults) == ["data: english-novel", "data: spanish-proverbs"]
    assert "is damaged" in faults["data: spanish-proverbs"]
    assert "is missing" in faults["data: english-novel"]
    assert all("git checkout -- data/" in fault for fault in faults.values())


def test_data_without_the_registry(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "data_folder", lambda: tmp_path)
    (fault,) = sentences(installation.data()).values()
    assert "registry.txt is missing or damaged" in fault


def test_a_cache_folder_that_cannot_be_written(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("RNN_CNN_CACHE", str(tmp_path / "file" / "cache"))
    fault = installation.cache().fault
    assert "cannot be written" in fault
    assert "RNN_CNN_CACHE" in fault


def test_the_cache_folder_is_made_and_left_empty(tmp_path, monkeypatch):
    monkeypatch.setenv("RNN_CNN_CACHE", str(tmp_path / "cache"))
    assert installation.cache().fault is None
    assert list((tmp_path / "cache").iterdir()) == []


def test_too_little_memory(monkeypatch):
    import psutil

    free = SimpleNamespace(available=2**29)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: free)
    assert installation.memory().fault.startswith("0.5 GiB are free. Close other programs")


def test_too_little_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("RNN_CNN_CACHE", str(tmp_path / "not" / "yet"))
    monkeypatch.setattr(
        installation.shutil, "disk_usage", lambda folder: SimpleNamespace(free=2**28)
    )
    fault = installation.disk().fault
    assert fault.startswith(f"0.2 GiB are free in {tmp_path}")
    assert "RNN_CNN_CACHE" in fault


@pytest.mark.parametrize("captures", [True, False])
def test_a_kernel_that_shows_the_lines_of_tensorflow(captures, monkeypatch):
    monkeypatch.setattr(IPKernelApp, "initialized", lambda: True)
    monkeypatch.setattr(
        IPKernelApp, "instance", lambda: SimpleNamespace(capture_fd_output=captures)
    )
    fault = installation.kernel().fault
    assert (fault is not None) is captures
    if captures:
        assert "that is no error" in fault
        assert "pip install --no-deps --editable ." in fault


def a_keras(backend="tensorflow", value=3.0):
    return SimpleNamespace(
        backend=SimpleNamespace(backend=lambda: backend),
        layers=SimpleNamespace(Dense=lambda *args, **kwargs: lambda x: np.array([[value]])),
        ops=SimpleNamespace(convert_to_numpy=np.asarray),
    )


def test_keras_cannot_be_imported(monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", None)
    fault = installation.network().fault
    assert fault.startswith("It stops with ModuleNotFoundError: ")
    assert "--force-reinstall" in fault


@pytest.mark.parametrize(
    ("backend", "value", "sentence"),
    [("torch", 3.0, "Keras computes on torch. Take the variable KERAS_BACKEND away"),
     ("tensorflow", 2.0, "1 + 1 + 1 gave 2.0")],
)  # fmt: skip
def test_keras_computes_something_else(backend, value, sentence, monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", a_keras(backend, value))
    assert installation.network().fault.startswith(sentence)


def test_a_good_keras(monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", a_keras())
    assert installation.network().fault is None
