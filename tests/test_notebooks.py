"""Every notebook obeys the rules; the rules themselves are tested in test_rules.py."""

import re
import tomllib

import pytest
from conftest import NOTEBOOKS, ROOT, read_notebook
from rules import breaches


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_rules(path):
    assert breaches(read_notebook(path), path) == []


def test_badges_and_readme_name_the_address_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    slug = project["urls"]["Repository"].removeprefix("https://github.com/")
    texts = {path.name: read_notebook(path).cells[0].source for path in NOTEBOOKS}
    texts["README.md"] = (ROOT / "README.md").read_text()
    for name, text in texts.items():
        found = set(re.findall(r"(?:github\.com|github|gh)/([\w.-]+/[\w-]+)", text))
        assert found == {slug}, name


def test_the_readme_gives_every_notebook_with_its_minutes_and_run_time():
    readme = (ROOT / "README.md").read_text()
    rows = re.findall(r"^\| \[.*\]\(notebooks/(.*)\) \|.*\| (\d+) min \| (\d+) s \|$", readme, re.M)
    assert {name: (minutes, seconds) for name, minutes, seconds in rows} == {
        path.name: re.search(
            r"(\d+) min in class · run time (\d+) s", read_notebook(path).cells[0].source
        ).groups()
        for path in NOTEBOOKS
    }


def test_the_map_of_the_course_gives_every_notebook_with_its_minutes():
    start = next(path for path in NOTEBOOKS if path.name.startswith("00"))
    text = "\n".join(cell.source for cell in read_notebook(start).cells)
    shown = re.findall(r"^\| \[\d\d\]\((\d\d_\w+\.ipynb)\) \|.*\| (\d+) \|$", text, re.M)
    facts = {path.name: read_notebook(path).cells[0].source for path in NOTEBOOKS if path != start}
    assert dict(shown) == {
        name: re.search(r"(\d+) min in class", fact)[1] for name, fact in facts.items()
    }
