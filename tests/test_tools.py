"""The index is derived and in step; an executed notebook has outputs and no noise; tables grow."""

import re
import shutil

import nbformat
import nbformat.v4 as new
import numpy as np
import pytest
from conftest import NOTEBOOKS, ROOT

from tools.execute import execute
from tools.index import address, badges, main
from tools.results.tables import append

README = """# A course

<!-- index:clone -->
<!-- /index:clone -->

Before the table.

<!-- index:notebooks -->
| old |
<!-- /index:notebooks -->

After it.

<!-- index:gpu -->
<!-- /index:gpu -->

<!-- index:cifar10 -->
<!-- /index:cifar10 -->
"""
FIRST = """# {number}. {title}

A promise.

{minutes} min in class · run time 7 s on 2 cores · builds on nothing

**What is {title}?**"""
MAP = "## 2. The map\n\n<!-- index:map -->\n<!-- /index:map -->\n\nMore."
EXAMPLE = "https://example.org/course"


def set_address(root, repository):
    path = root / "pyproject.toml"
    bare = re.sub(r"\[project\.urls\]\n(.+\n)*", "", path.read_text("utf-8"))
    urls = f'\n[project.urls]\nRepository = "{repository}"\n' if repository else ""
    path.write_text(bare.rstrip() + "\n" + urls, "utf-8")


@pytest.fixture
def course(tmp_path):
    """A small course, its index not yet written."""
    (tmp_path / "README.md").write_text(README, "utf-8")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "a-course"\n', "utf-8")
    (tmp_path / "requirements.in").write_text("keras==3\ntensorflow==2.0.1 ; linux\n", "utf-8")
    (tmp_path / "notebooks").mkdir()
    for number, title in ("00", "Start"), ("01", "Order"), ("13", "Images"):
        cells = [new.new_markdown_cell(FIRST.format(number=number, title=title, minutes=30))]
        cells += [new.new_markdown_cell(MAP)] if number == "00" else []
        cells += [new.new_code_cell("datasets.load_cifar10()")] if number == "13" else []
        book = new.new_notebook(cells=cells)
        nbformat.write(book, tmp_path / "notebooks" / f"{number}_{title.lower()}.ipynb")
    return tmp_path


def texts(root):
    return {path: path.read_text("utf-8") for path in root.rglob("*.*")}


def cells(root, name):
    return [cell.source for cell in nbformat.read(root / "notebooks" / name, as_version=4).cells]


def test_the_index_of_this_course_is_in_step():
    main(ROOT, check=True)


def test_a_stale_index_names_the_files_and_the_command(course):
    with pytest.raises(SystemExit, match=r"README\.md, notebooks/00_start\.ipynb.*`make index`"):
        main(course, check=True)
    assert "| old |" in (course / "README.md").read_text("utf-8")


def test_the_index_is_written_once_and_touches_nothing_else(course, capsys):
    main(course, check=False)
    before = texts(course)
    readme = before[course / "README.md"]
    assert (
        "| [13 Images](notebooks/13_images.ipynb) | What is Images? | 30 min | 7 s |\n\n"
        "<!-- /index:notebooks -->\n\nAfter it.\n\n<!-- index:gpu -->\n\n```\n"
    ) in readme
    assert "Before the table.\n\n<!-- index:notebooks -->\n\n| notebook |" in readme
    assert '"tensorflow[and-cuda]==2.0.1"' in readme
    assert "\n\nNotebooks that use CIFAR-10: [13](notebooks/13_images.ipynb).\n\n" in readme
    _, the_map = cells(course, "00_start.ipynb")
    assert the_map.startswith("## 2. The map\n\n<!-- index:map -->\n\n| notebook |")
    rows = re.findall(r"^\| (.*?)\|", the_map, re.M)
    assert [row.strip()[:4] for row in rows] == ["note", "[00]", "", "[01]", "", "[13]"]
    assert "**Images: convolutional networks**" in the_map
    main(course, check=True)
    main(course, check=False)
    assert texts(course) == before
    assert "up to date" in capsys.readouterr().out


def test_an_address_comes_and_goes_without_a_trace(course):
    main(course, check=False)
    before = texts(course)
    set_address(course, EXAMPLE)
    with pytest.raises(SystemExit, match="13_images"):
        main(course, check=True)
    main(course, check=False)
    assert f"git clone {EXAMPLE}\ncd course\n" in (course / "README.md").read_text("utf-8")
    first = cells(course, "13_images.ipynb")[0]
    binder = "https://mybinder.org/v2/git/https%3A%2F%2Fexample.org%2Fcourse/HEAD"
    assert f"({binder}?labpath=notebooks%2F13_images.ipynb)\n\n**What is Images?**" in first
    assert "colab" not in first  # it opens notebooks of GitHub only
    set_address(course, None)
    main(course, check=False)
    assert texts(course) == before


def test_an_address_on_github_has_both_badges():
    lines = badges("https://github.com/someone/course", "01_order.ipynb")
    assert [re.search(r"\]\((https://.*?)\)\]\((.*)\)", line)[2] for line in lines] == [
        "https://colab.research.google.com/github/someone/course/blob/main/notebooks/01_order.ipynb",
        "https://mybinder.org/v2/gh/someone/course/HEAD?labpath=notebooks%2F01_order.ipynb",
    ]


@pytest.mark.parametrize(
    ("name", "part", "sentence"),
    [
        (
            "README.md",
            "<!-- /index:clone -->",
            r"README\.md needs the markers <!-- index:clone -->",
        ),
        (
            "notebooks/00_start.ipynb",
            "<!-- index:map -->",
            "00_start.* has no cell with the marker",
        ),
        ("notebooks/01_order.ipynb", "30 min in class", "01_order.*: the first cell needs a title"),
    ],
)
def test_what_the_index_needs_is_said_in_a_sentence(course, name, part, sentence):
    path = course / name
    path.write_text(path.read_text("utf-8").replace(part, ""), "utf-8")
    with pytest.raises(SystemExit, match=sentence):
        main(course, check=False)


@pytest.mark.parametrize("repository", [None, EXAMPLE])
def test_this_course_reads_right_with_and_without_an_address(tmp_path, repository):
    for name in ("README.md", "pyproject.toml", "requirements.in"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    set_address(tmp_path, repository)
    main(tmp_path, check=False)
    main(tmp_path, check=True)
    assert address(tmp_path) == repository
    found = {path.name: cells(tmp_path, path.name)[0] for path in NOTEBOOKS}
    found["README.md"] = (tmp_path / "README.md").read_text("utf-8")
    for name, text in found.items():
        assert ("example.org" in text) == (repository is not None), name
        assert not re.search(r"github\.com/|colab\.research|git\+https|/gh/", text), name


def test_executing_keeps_outputs_and_no_times(tmp_path):
    path = tmp_path / "example.ipynb"
    book = new.new_notebook(cells=[new.new_code_cell("x = 1\nx + 1", metadata={"tags": ["check"]})])
    book.cells[0].metadata.execution = {"iopub.status.busy": "2026-01-01T00:00:00"}
    nbformat.write(book, path)
    seconds, each = execute(path)
    (cell,) = nbformat.read(path, as_version=4).cells
    assert cell.outputs[0].data["text/plain"] == "2"
    assert cell.metadata == {"tags": ["check"]}
    assert list(each) == ["[0] x = 1"]
    assert 0 < each["[0] x = 1"] < seconds


def test_a_table_gets_its_head_once_and_short_numbers(tmp_path):
    path = tmp_path / "table.csv"
    append(path, {"seed": 0, "error": 0.123456})
    append(path, {"seed": 1, "error": np.float32(2e-9)}, {"seed": 2, "error": "never"})
    assert path.read_text().splitlines() == ["seed,error", "0,0.1235", "1,2e-09", "2,never"]


def test_a_row_with_another_column_is_refused(tmp_path):
    with pytest.raises(ValueError, match="rate"):
        append(tmp_path / "table.csv", {"seed": 0}, {"seed": 1, "rate": 0.1})
