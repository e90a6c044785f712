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


def test_the_readme_names_every_notebook():
    readme = (ROOT / "README.md").read_text()
    missing = [path.name for path in NOTEBOOKS if f"notebooks/{path.name}" not in readme]
    assert missing == []
