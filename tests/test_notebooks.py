"""Every notebook obeys the rules; the rules themselves are tested in test_rules.py."""

import pytest
from conftest import NOTEBOOKS, read_notebook
from nbconvert import HTMLExporter
from rules import Images, breaches


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_rules(path):
    assert breaches(read_notebook(path), path) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_picture_has_its_text_in_the_exported_page(path):
    page, _ = HTMLExporter().from_notebook_node(read_notebook(path))
    assert "No description has been provided" not in page
    assert all(Images(page).alts)
