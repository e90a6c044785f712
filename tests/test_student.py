"""Students' copies: no outputs, no notes; what a student has edited is never lost."""

import nbformat
import nbformat.v4 as new
import pytest
from conftest import NOTEBOOKS

from tools.student import for_students, hand_out


def code(source, *tags):
    output = new.new_output("stream", text="an answer")
    return new.new_code_cell(
        source, outputs=[output], execution_count=1, metadata={"tags": [*tags]}
    )


def edition(folder, name, text="Predict."):
    notes = new.new_markdown_cell(
        "**3 min.** Ask.", metadata={"slideshow": {"slide_type": "notes"}}
    )
    cells = [
        new.new_markdown_cell(text),
        notes,
        code("def f(x):\n    raise NotImplementedError", "exercise"),
        code("check(f)", "check"),
        code("@solution\ndef f(x):\n    return x", "solution"),
        code("f(1)"),
    ]
    folder.mkdir(exist_ok=True)
    nbformat.write(new.new_notebook(cells=cells), folder / name)


@pytest.fixture
def course(tmp_path):
    """A teacher's edition of two notebooks, handed out once."""
    for name in ("01_one.ipynb", "02_two.ipynb"):
        edition(tmp_path / "notebooks", name)
    assert hand_out(tmp_path / "work", tmp_path / "notebooks") == [
        "01_one.ipynb: made",
        "02_two.ipynb: made",
    ]
    return tmp_path


def sources(path):
    return [cell.source for cell in nbformat.read(path, as_version=4).cells]


def edit(path, position, source):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[position].source = source
    nbformat.write(notebook, path)


def test_a_copy_has_neither_outputs_nor_notes(course):
    copy = nbformat.read(course / "work" / "01_one.ipynb", as_version=4)
    tags = [cell.metadata.get("tags") for cell in copy.cells if cell.cell_type == "code"]
    assert tags == [["exercise"], ["check"], ["solution"], []]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in copy.cells[1:])
    assert "**3 min.** Ask." not in sources(course / "work" / "01_one.ipynb")


def test_solutions_go_where_they_are_not_wanted_and_stay_away(course):
    hand_out(course / "work", course / "notebooks", solutions=False)
    assert not any("@solution" in source for source in sources(course / "work" / "01_one.ipynb"))
    edition(course / "notebooks", "01_one.ipynb", "Predict again.")
    hand_out(course / "work", course / "notebooks")
    found = sources(course / "work" / "01_one.ipynb")
    assert found[0] == "Predict again."
    assert not any("@solution" in source for source in found)


def test_made_again_nothing_happens(course):
    edit(course / "work" / "01_one.ipynb", 1, "def f(x):\n    return x")
    before = {path: path.read_bytes() for path in (course / "work").iterdir()}
    assert hand_out(course / "work", course / "notebooks") == []
    assert {path: path.read_bytes() for path in (course / "work").iterdir()} == before


def test_a_copy_that_was_only_run_is_renewed(course):
    path = course / "work" / "01_one.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].outputs = [new.new_output("stream", text="1")]
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, path)
    edition(course / "notebooks", "01_one.ipynb", "Predict again.")
    said = hand_out(course / "work", course / "notebooks")
    assert said == ["01_one.ipynb: renewed (nothing in it was edited)"]
    assert sources(path)[0] == "Predict again."


@pytest.mark.parametrize("damage", [None, "not a notebook at all"])
def test_an_edited_copy_stays_and_each_new_edition_is_put_beside_it_once(course, damage):
    path = course / "work" / "01_one.ipynb"
    edit(path, 1, "def f(x):\n    return x + 0")
    if damage:
        path.write_text(damage, "utf-8")
    kept = path.read_bytes()
    for number in 2, 3:
        edition(course / "notebooks", "01_one.ipynb", f"Edition {number}.")
        beside = f"01_one-{number}.ipynb"
        said = hand_out(course / "work", course / "notebooks")
        assert said == [f"01_one.ipynb: edited, so it stays; the new edition is {beside}"]
        assert sources(course / "work" / beside)[0] == f"Edition {number}."
        assert hand_out(course / "work", course / "notebooks") == []
        assert path.read_bytes() == kept


def test_a_copy_whose_record_was_lost_counts_as_edited_unless_it_is_the_edition(course):
    (course / "work" / ".made.json").unlink()
    edition(course / "notebooks", "02_two.ipynb", "Predict again.")
    said = hand_out(course / "work", course / "notebooks")
    assert said == [
        "01_one.ipynb: renewed (nothing in it was edited)",
        "02_two.ipynb: edited, so it stays; the new edition is 02_two-2.ipynb",
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_course_s_own_copies_keep_every_exercise(path):
    def tagged(notebook, tag):
        return [cell.source for cell in notebook.cells if tag in cell.metadata.get("tags", [])]

    before = nbformat.read(path, as_version=4)
    for solutions in True, False:
        copy = for_students(nbformat.read(path, as_version=4), solutions)
        nbformat.validate(copy)
        for tag in "exercise", "check":
            assert tagged(copy, tag) == tagged(before, tag) != []
        assert tagged(copy, "solution") == (tagged(before, "solution") if solutions else [])
        assert "For the instructor" not in "".join(cell.source for cell in copy.cells)
