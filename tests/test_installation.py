"""The check of the installation: nothing on a good one, and a sentence that fixes each fault."""

import builtins
import sys
import tomllib
from importlib import metadata
from types import SimpleNamespace

import numpy as np
import pytest
from conftest import ROOT

from helpers import datasets, installation, machine

PINS = """\
# networks: pandas==1.0 is not among them
tensorflow-cpu==2.21.0 ; sys_platform == "linux" and platform_machine == "x86_64"
tensorflow==2.21.0 ; sys_platform != "linux" or platform_machine != "x86_64"
matplotlib==3.11.2  # plots

ruff==0.17.6
"""
VERSIONS = {"tensorflow-cpu": "2.21.0", "matplotlib": "3.11.2", "ruff": "0.17.6"}


@pytest.fixture
def versions(tmp_path, monkeypatch):
    """Installed packages by name, to be changed by the test."""
    path = tmp_path / "requirements.in"
    path.write_text(PINS)
    found = dict(VERSIONS)

    def version(name):
        if name not in found:
            raise metadata.PackageNotFoundError(name)
        return found[name]

    monkeypatch.setattr(installation, "PINS", path)
    monkeypatch.setattr(installation.metadata, "version", version)
    return found


def computer(monkeypatch, version=(3, 11, 7), platform="linux", machine_name="x86_64", **more):
    values = {"version_info": version, "platform": platform, "maxsize": 2**63 - 1, **more}
    monkeypatch.setattr(machine, "sys", SimpleNamespace(**values))
    monkeypatch.setattr(machine.platform, "machine", lambda: machine_name)


def test_this_installation_has_no_fault(capsys):
    installation.check_installation()
    assert capsys.readouterr().out.splitlines() == [
        "✓ Python 3.11, 3.12 or 3.13",
        "✓ the packages, in the versions of the course",
        "✓ the data that come with the course",
        "✓ Keras runs a layer on TensorFlow",
        "All is in place: go on with notebook 01.",
    ]


def test_the_line_of_a_fault_is_followed_by_its_sentence(capsys, monkeypatch):
    monkeypatch.setattr(installation, "items", lambda: [("good", ""), ("bad", "It is bad. Do.")])
    installation.check_installation()
    assert capsys.readouterr().out.splitlines() == [
        "✓ good",
        "✗ bad",
        "  It is bad. Do.",
        "1 thing to fix: the line below each ✗ says how.",
    ]


@pytest.mark.parametrize("version", [(3, 10, 12), (3, 14, 0), (2, 7, 18)])
def test_another_python(version, monkeypatch):
    computer(monkeypatch, version)
    fault = machine.python_fault()
    assert fault.startswith(f"This is Python {version[0]}.{version[1]},")
    assert "make lab PYTHON=python3.12" in fault


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 1), (3, 13, 9)])
def test_the_pythons_of_the_course(version, monkeypatch):
    computer(monkeypatch, version)
    assert machine.python_fault() == ""


def test_the_pythons_are_those_of_the_package():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    first, after = machine.FIRST, (machine.LAST[0], machine.LAST[1] + 1)
    wanted = f">={first[0]}.{first[1]},<{after[0]}.{after[1]}"
    assert project["requires-python"] == wanted


@pytest.mark.parametrize(
    ("platform", "name"),
    [("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"), ("win32", "AMD64")],
)
def test_computers_with_a_build_of_tensorflow(platform, name, monkeypatch):
    computer(monkeypatch, platform=platform, machine_name=name)
    assert machine.build_fault() == ""


@pytest.mark.parametrize(
    ("platform", "name", "said"),
    [
        ("darwin", "x86_64", "(darwin, x86_64)"),
        ("win32", "ARM64", "(win32, ARM64)"),
        ("linux", "armv7l", "(linux, armv7l)"),
    ],
)
def test_computers_without_a_build_of_tensorflow(platform, name, said, monkeypatch):
    computer(monkeypatch, platform=platform, machine_name=name)
    assert f"TensorFlow has no build for this Python {said}" in machine.build_fault()


def test_a_python_of_32_bits_or_on_musl_has_no_build(monkeypatch):
    computer(monkeypatch, platform="win32", machine_name="AMD64", maxsize=2**31 - 1)
    assert "(win32, AMD64, 32 bits)" in machine.build_fault()
    computer(monkeypatch)
    soabi = "cpython-311-x86_64-linux-musl"
    monkeypatch.setattr(machine.sysconfig, "get_config_var", lambda name: soabi)
    assert "(linux, x86_64, musl)" in machine.build_fault()


def test_a_python_without_venv(monkeypatch):
    assert machine.venv_fault() == ""
    computer(monkeypatch, version=(3, 12, 1))
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert "sudo apt install python3.12-venv" in machine.venv_fault()


def test_no_fault_where_the_versions_are_the_pinned_ones(versions):
    assert installation.packages_fault() == ""


def test_either_package_of_tensorflow_will_do(versions):
    versions["tensorflow"] = versions.pop("tensorflow-cpu")
    assert installation.packages_fault() == ""


def test_missing_and_other_versions_in_one_sentence(versions):
    versions["matplotlib"] = "2.0"
    del versions["ruff"]
    fault = installation.packages_fault()
    assert fault.startswith("matplotlib 2.0 is installed, not 3.11.2; ruff is missing. Run ")
    assert f'"{sys.executable}" -m pip install -r requirements.txt' in fault
    assert "restart the kernel" in fault


def test_without_tensorflow_it_says_whether_there_is_a_build(versions, monkeypatch):
    del versions["tensorflow-cpu"]
    computer(monkeypatch)
    assert installation.packages_fault().startswith("tensorflow is missing. Run ")
    computer(monkeypatch, platform="darwin")
    assert installation.packages_fault() == machine.build_fault() != ""


def test_without_the_file_of_pins_no_version_is_wrong(tmp_path, versions, monkeypatch):
    monkeypatch.setattr(installation, "PINS", tmp_path / "none")
    versions.clear()
    assert installation.packages_fault() == ""


def test_the_pins_are_those_of_the_course():
    pins = installation.pins()
    assert {"tensorflow", "keras", "numpy", "jupyterlab", "pytest", "ruff"} <= set(pins)


@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_data_that_are_not_intact(damage, tmp_path, monkeypatch):
    original = datasets.data_folder() / "spanish-proverbs" / "proverbs.txt"
    folder = tmp_path / "spanish-proverbs"
    folder.mkdir()
    if damage == "damaged":
        (folder / "proverbs.txt").write_bytes(original.read_bytes()[:-1])
    lines = datasets.registry().splitlines(keepends=True)
    (tmp_path / "registry.txt").write_text(
        "".join(line for line in lines if line.startswith("spanish-proverbs"))
    )
    monkeypatch.setenv("RNN_CNN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(datasets, "data_folder", lambda: tmp_path)
    fault = installation.data_fault()
    assert f"proverbs.txt is {damage}" in fault
    assert "get it back with `git checkout -- data/" in fault


def test_data_without_the_registry(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "data_folder", lambda: tmp_path)
    assert "registry.txt is missing or damaged" in installation.data_fault()


def a_keras(backend="tensorflow", value=3.0):
    return SimpleNamespace(
        backend=SimpleNamespace(backend=lambda: backend),
        layers=SimpleNamespace(Dense=lambda *args, **kwargs: lambda x: np.array([[value]])),
        ops=SimpleNamespace(convert_to_numpy=np.asarray),
    )


def test_keras_cannot_be_imported(monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", None)
    fault = installation.layer_fault()
    assert fault.startswith("It stops with ModuleNotFoundError: ")
    assert "--force-reinstall" in fault


@pytest.mark.parametrize(
    ("backend", "value", "sentence"),
    [
        ("torch", 3.0, "Keras computes on torch. Remove the variable KERAS_BACKEND"),
        ("tensorflow", 2.0, "1 + 1 + 1 gave 2.0. Run "),
    ],
)
def test_keras_computes_something_else(backend, value, sentence, monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", a_keras(backend, value))
    assert installation.layer_fault().startswith(sentence)


def test_a_good_keras(monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", a_keras())
    assert installation.layer_fault() == ""


def test_the_machine_is_looked_at_with_the_standard_library_only(monkeypatch):
    imported, original = [], builtins.__import__

    def watched(name, *args, **kwargs):
        imported.append(name.partition(".")[0])
        return original(name, *args, **kwargs)

    source = (ROOT / "helpers" / "machine.py").read_text(encoding="utf-8")
    monkeypatch.setattr(builtins, "__import__", watched)
    with pytest.raises(SystemExit) as end:
        exec(compile(source, "machine.py", "exec"), {"__name__": "__main__"})
    assert not end.value.code
    assert set(imported) <= set(sys.stdlib_module_names)
