"""What people who pick the course up meet first: README, make, licences, how to cite it."""

import os
import re
import shutil
import subprocess
import tomllib

import pytest
from conftest import ROOT

from helpers.installation import pins

PAGES = ("README.md", "CONTRIBUTING.md")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_the_targets_of_make_exist(page):
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.M))
    named = set(re.findall(r"(?:`|^)make ([a-z]+)", text(page), re.M))
    assert named
    assert named <= targets


@pytest.mark.parametrize("page", PAGES)
def test_the_files_exist(page):
    links = re.findall(r"\]\((?!http)([^)#]+)\)", text(page))
    named = re.findall(r"`((?:notebooks|helpers|tests|tools|data)/[\w/.]*)`", text(page))
    named = [name for name in named if "NN" not in name]
    assert links
    assert [name for name in links + named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_lines_are_wrapped(page):
    assert [line for line in text(page).splitlines() if len(line) > 100 and line[0] != "|"] == []


def test_the_readme_s_tensorflow_is_the_pinned_one():
    version = pins()["tensorflow"]
    assert f'"tensorflow[and-cuda]=={version}"' in text("README.md")


def test_the_citation_has_the_version_and_the_title():
    assert f"version: {PROJECT['version']}\n" in text("CITATION.cff")
    assert text("README.md").startswith(
        f"# {re.search('^title: (.*)', text('CITATION.cff'), re.M)[1]}"
    )


def test_the_licences_are_whole():
    assert PROJECT["license"] == "MIT AND CC-BY-4.0"
    assert PROJECT["license-files"] == ["LICENSE", "LICENSE-TEXT"]
    assert "WITHOUT WARRANTY OF ANY KIND" in text("LICENSE")
    for section in range(1, 9):
        assert re.search(rf"^Section {section} -- ", text("LICENSE-TEXT"), re.M)


@pytest.fixture
def make(tmp_path):
    """Run make in a folder whose name has spaces and an apostrophe, with few commands at hand."""
    folder = tmp_path / "the class's folder"
    commands = tmp_path / "commands"
    commands.mkdir()
    for command in ("make", "sh", "cat", "rm"):
        (commands / command).symlink_to(shutil.which(command))
    for name in ("Makefile", "requirements.txt", "pyproject.toml", "helpers", "jupyter"):
        target = folder / name
        target.parent.mkdir(exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, target)

    def run(*arguments):
        done = subprocess.run(
            ["make", *arguments],
            cwd=folder,
            env={"PATH": f"{commands}"},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode != 0
        return done.stdout.strip().splitlines()[-1]

    run.folder, run.commands = folder, commands
    return run


def program(path, script):
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@needs_make
def test_a_folder_that_was_moved(make):
    (make.folder / ".venv").mkdir()
    (make.folder / ".venv" / ".ready").write_text("/where/it/was\n")
    said = make("lab")
    assert said.startswith("This folder was moved, renamed or copied from /where/it/was")
    assert "rm -rf .venv" in said
    assert (make.folder / ".venv").exists()


@needs_make
def test_there_is_no_python(make):
    assert make("setup").startswith("There is no python3 here: install Python 3.11, 3.12 or 3.13")


@needs_make
def test_nothing_is_made_for_a_python_that_will_not_do(make):
    program(make.commands / "python3", 'test "$1" != helpers/machine.py || { echo No; exit 1; }')
    assert make("setup") == "No"
    assert not (make.folder / ".venv").exists()


@needs_make
def test_nothing_can_be_installed(make):
    """The environment's own Python is there, and pip fails."""
    binary = make.folder / ".venv" / "bin"
    binary.mkdir(parents=True)
    program(binary / "python", 'test "$3" = --version')
    assert make("setup").startswith("Not installed; the lines above say why.")
    assert not (make.folder / ".venv" / ".ready").exists()


@needs_make
def test_the_place_is_kept(make):
    """Where pip succeeds, `.ready` holds the folder, and the next make asks for nothing."""
    binary = make.folder / ".venv" / "bin"
    binary.mkdir(parents=True)
    program(binary / "python", "exit 0")
    environment = {"PATH": os.environ["PATH"]}
    for said in ("Installing", ""):
        done = subprocess.run(["make", "setup"], cwd=make.folder, env=environment,
                              capture_output=True, text=True, check=True)  # fmt: skip
        assert done.stdout.startswith(said)
    assert "Installing" not in done.stdout
    assert (make.folder / ".venv" / ".ready").read_text() == f"{make.folder.resolve()}\n"
