"""Derive what can be derived: README's table and pins, the map in 00, badges, the registry.

`make index` writes them, `python -m tools.index --check` says which are stale. What is derived
stands between the markers `<!-- index:NAME -->` and `<!-- /index:NAME -->`; the badges stand in
each notebook's first cell, above its question. The facts come from the notebooks' first cells, and
the address of the course from `[project.urls]` in pyproject.toml.
"""

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import nbformat

from helpers import datasets

ROOT = Path(__file__).resolve().parent.parent
TITLE = re.compile(r"\A# (?P<number>\d\d)\. (?P<title>.+)$", re.M)
FACTS = re.compile(
    r"^(?P<minutes>\d+) min in class · run time (?P<seconds>\d+) s on 2 cores · builds on ", re.M
)
QUESTION = re.compile(r"^\*\*(?P<question>.+\?)\*\*\s*\Z", re.M)
BADGES = re.compile(r"^(\[!\[.*\n+)+", re.M)
PARTS = {"01": "Sequences: recurrent networks", "13": "Images: convolutional networks"}


class Lesson(NamedTuple):
    """The facts that a notebook's first cell gives."""

    name: str
    number: str
    title: str
    question: str
    minutes: int
    seconds: int


def address(root: Path) -> str | None:
    """Give the course's public address, None as long as nobody has filled it in."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    return project.get("urls", {}).get("Repository") or None


def badges(repository: str, name: str) -> list[str]:
    """Give the lines that open a notebook elsewhere; Colab opens notebooks of GitHub only."""
    slug = repository.removeprefix("https://github.com/")
    place = f"gh/{slug}" if slug != repository else f"git/{quote(repository, safe='')}"
    binder = f"https://mybinder.org/v2/{place}/HEAD?labpath=notebooks%2F{name}"
    lines = [f"[![Open in Binder](https://mybinder.org/badge_logo.svg)]({binder})"]
    if slug != repository:
        image = "https://colab.research.google.com/assets/colab-badge.svg"
        colab = f"https://colab.research.google.com/github/{slug}/blob/main/notebooks/{name}"
        lines.insert(0, f"[![Open in Colab]({image})]({colab})")
    return lines


def lesson(name: str, first: str) -> Lesson:
    """Read a notebook's first cell."""
    found = [pattern.search(first) for pattern in (TITLE, FACTS, QUESTION)]
    if None in found:
        raise SystemExit(
            f"{name}: the first cell needs a title '# 02. Title', a line '45 min in class · run "
            "time 16 s on 2 cores · builds on …' and, at its end, a question in bold"
        )
    title, facts, question = found
    return Lesson(
        name,
        title["number"],
        title["title"],
        question["question"],
        int(facts["minutes"]),
        int(facts["seconds"]),
    )


def table(lessons: Iterable[Lesson]) -> str:
    """Give README's table of the notebooks."""
    rows = ["| notebook | question | in class | run time |", "|---|---|---|---|"]
    rows += [
        f"| [{one.number} {one.title}](notebooks/{one.name}) | {one.question} "
        f"| {one.minutes} min | {one.seconds} s |"
        for one in lessons
    ]
    return "\n".join(rows)


def course_map(lessons: Iterable[Lesson]) -> str:
    """Give the map in notebook 00, with the names of the parts."""
    rows = ["| notebook | the question it answers | minutes |", "|---|---|---|"]
    for one in lessons:
        if one.number in PARTS:
            rows.append(f"| | **{PARTS[one.number]}** | |")
        rows.append(f"| [{one.number}]({one.name}) | {one.question} | {one.minutes} |")
    return "\n".join(rows)


def clone(repository: str | None) -> str:
    """Give README's lines that fetch the course, nothing without an address."""
    if repository is None:
        return ""
    folder = repository.rstrip("/").rpartition("/")[2].removesuffix(".git")
    return f"```\ngit clone {repository}\ncd {folder}\n```"


def gpu(requirements: str) -> str:
    """Give README's lines that exchange TensorFlow for its build for GPUs, in the same version."""
    pin = re.search(r"^tensorflow(==[\d.]+)", requirements, re.M)[1]
    pip = ".venv/bin/python -m pip"
    lines = [f"{pip} uninstall --yes tensorflow-cpu", f'{pip} install "tensorflow[and-cuda]{pin}"']
    return "\n".join(["```", *lines, "```"])


def users(notebooks: Mapping[Path, nbformat.NotebookNode], loader: str, what: str) -> str:
    """Give the sentence that names the notebooks whose code calls a loader."""
    names = [
        path.name
        for path, book in notebooks.items()
        if any(cell.cell_type == "code" and f".{loader}(" in cell.source for cell in book.cells)
    ]
    links = ", ".join(f"[{name[:2]}](notebooks/{name})" for name in names)
    return f"Notebooks that use {what}: {links}."


def fill(text: str, parts: Mapping[str, str], place: str) -> str:
    """Put each part between its markers."""
    for name, part in parts.items():
        begin, end = f"<!-- index:{name} -->", f"<!-- /index:{name} -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise SystemExit(f"{place} needs the markers {begin} and {end}, once each")
        before, _, rest = text.partition(begin)
        after = rest.partition(end)[2]
        middle = f"\n\n{part}\n\n" if part else "\n"
        text = before + begin + middle + end + after
    return text


def with_badges(first: str, lines: list[str]) -> str:
    """Put the badges above a first cell's question, or take them out."""
    bare = BADGES.sub("", first)
    if not lines:
        return bare
    at = QUESTION.search(bare).start()
    return bare[:at] + "\n".join([*lines, "", ""]) + bare[at:]


def derived(root: Path) -> dict[Path, str]:
    """Give each file that holds something derived, as it should be."""
    repository = address(root)
    paths = sorted((root / "notebooks").glob("*.ipynb"))
    notebooks = {path: nbformat.read(path, as_version=4) for path in paths}
    lessons = [lesson(path.name, book.cells[0].source) for path, book in notebooks.items()]
    parts = {
        "notebooks": table(lessons),
        "clone": clone(repository),
        "gpu": gpu((root / "requirements.in").read_text("utf-8")),
        "cifar10": users(notebooks, "load_cifar10", "CIFAR-10"),
    }
    files = {root / "README.md": fill((root / "README.md").read_text("utf-8"), parts, "README.md")}
    for path, book in notebooks.items():
        lines = badges(repository, path.name) if repository else []
        book.cells[0].source = with_badges(book.cells[0].source, lines)
        if path is paths[0]:
            cell = next((cell for cell in book.cells if "<!-- index:map" in cell.source), None)
            if cell is None:
                raise SystemExit(f"{path.name} has no cell with the marker <!-- index:map -->")
            cell.source = fill(cell.source, {"map": course_map(lessons)}, path.name)
        files[path] = nbformat.writes(book) + "\n"
    if (registry := root / "data" / "registry.txt").exists():
        files[registry] = datasets.registry()
    return files


def main(root: Path, check: bool) -> None:
    """Write what is stale, or say so and end with an error."""
    stale = {path: text for path, text in derived(root).items() if path.read_text("utf-8") != text}
    names = ", ".join(path.relative_to(root).as_posix() for path in stale)
    if stale and check:
        raise SystemExit(f"stale: {names}. Run `make index` and commit what it writes.")
    for path, text in stale.items():
        path.write_text(text, "utf-8", newline="\n")
    print(f"written: {names}" if stale else "the index is up to date")


if __name__ == "__main__":
    main(ROOT, check="--check" in sys.argv[1:])
