"""Each rule is shown to fail on a notebook made bad for the purpose, and to pass on a good one."""

import re
from copy import deepcopy

import nbformat.v4 as new
import pytest
from conftest import ROOT
from rules import RULES, breaches

PATH = ROOT / "notebooks" / "99_example.ipynb"
TITLE = """# 99. An example
A promise in one sentence.

10 min in class · run time 3 s on 2 cores · builds on nothing

[![Open in Colab](https://colab.research.google.com/x.svg)](https://colab.research.google.com/github/x/y/99_example.ipynb)
[![Open in Binder](https://mybinder.org/x.svg)](https://mybinder.org/v2/gh/x/y/main?labpath=99_example.ipynb)"""
STUB = "def double(x):\n    raise NotImplementedError"
STYLES = {"slideshow": {"slide_type": "slide"}}
PICTURE = {"image/png": "iVBORw0KGgo="}


def text(source):
    return new.new_markdown_cell(source, metadata=deepcopy(STYLES))


def code(source, *tags, **metadata):
    cell = new.new_code_cell(source, metadata={**deepcopy(STYLES), **metadata})
    if tags:
        cell.metadata["tags"] = list(tags)
    return cell


def stream(message, name="stdout"):
    return new.new_output("stream", name=name, text=message)


def exercise(name):
    stub = code(f"def {name}(x):\n    raise NotImplementedError", "exercise")
    check = code(f"check({name})", "check")
    check.outputs = [stream(f"… {name}: not written yet")]
    solution = code(
        f"def {name}(x):\n    return 2 * x", "solution", jupyter={"source_hidden": True}
    )
    return [text(f"Exercise: {name}"), stub, check, solution]


def good():
    """A notebook that breaks no rule; cells 3 and 4 are a seed and a picture."""
    picture = code("plt.show()", "nbval-ignore-output", alt="A line that rises from left to right")
    picture.outputs = [new.new_output("display_data", data=dict(PICTURE))]
    cells = [text(TITLE), code("import keras"), text("## 1. A section (10 min)")]
    cells += [code("keras.utils.set_random_seed(1)\nmodel.fit(x)"), picture]
    for number in range(8):
        cells += [text(f"Step {number}"), code(f"assert {number} < 9")]
    cells += exercise("double") + exercise("twice")
    cells += [text(f"## {name}") for name in ("Summary", "Glossary", "Go further")]
    notebook = new.new_notebook(cells=cells)
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook.metadata = {"kernelspec": spec, "language_info": {"name": "python"}}
    return count(notebook)


def count(notebook):
    runs = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(runs, start=1):
        cell.execution_count = number
    return notebook


def find(notebook, source):
    return next(cell for cell in notebook.cells if source in cell.source)


def append(*cells):
    return lambda notebook: count(notebook).cells.extend(cells) or count(notebook)


def edit(source, new_source):
    return lambda nb: find(nb, source).update(source=new_source)


def drop(source):
    def harm(notebook):
        notebook.cells.remove(find(notebook, source))
        count(notebook)

    return harm


def output(source, *outputs):
    return lambda nb: find(nb, source).update(outputs=list(outputs))


ERROR = new.new_output("error", ename="ValueError", evalue="", traceback=[])
BAD = [
    ("executed_top_to_bottom", lambda nb: find(nb, "assert 3").update(execution_count=77)),
    ("executed_top_to_bottom", lambda nb: find(nb, "assert 3").update(execution_count=None)),
    ("no_error_and_no_noise", output("assert 3", ERROR)),
    ("no_error_and_no_noise", output("assert 3", stream("oneDNN is on", "stderr"))),
    ("no_error_and_no_noise", output("assert 3", stream("WARNING:tensorflow:5 out of the last"))),
    ("no_empty_cells", append(text(" "))),
    ("known_tags", append(code("1", "hidden"))),
    ("pictures_have_alt_text", lambda nb: find(nb, "plt.show").metadata.pop("alt")),
    ("pictures_have_alt_text", append(text("![](picture.png)"))),
    ("pictures_are_not_compared", lambda nb: find(nb, "plt.show").metadata.pop("tags")),
    ("number_of_cells", append(*[text("more")] * 40)),
    ("number_of_cells", append(*[code("1") for _ in range(28)])),
    ("length_of_code_cells", append(code("\n".join("abcdefghijklmnop")))),
    ("length_of_code_cells", edit("import keras", "\n".join("abcdefg"))),
    ("length_of_code_cells", lambda nb: [
        cell.update(source=cell.source + "\na" * 9) for cell in nb.cells
        if cell.get("execution_count", 1) > 1
    ]),
    ("no_boilerplate", append(code("!pip install keras"))),
    ("no_boilerplate", append(code("%matplotlib inline"))),
    ("no_boilerplate", append(code("warnings.filterwarnings('ignore')"))),
    ("no_silent_except", append(code("try:\n    f()\nexcept ValueError:\n    pass"))),
    ("kernel_and_language", lambda nb: nb.metadata.kernelspec.update(name="conda")),
    ("kernel_and_language", lambda nb: nb.metadata.update(widgets={})),
    ("kernel_and_language", lambda nb: nb.cells[3].metadata.update(execution={})),
    ("title_and_facts", edit("# 99.", "An example")),
    ("title_and_facts", edit("# 99.", TITLE.replace("10 min in class", "short"))),
    ("title_and_facts", edit("# 99.", TITLE.replace("mybinder.org", "example.org"))),
    ("headings", drop("## Summary")),
    ("headings", append(text("# Another title"))),
    ("headings", edit("(10 min)", "## 1. A section")),
    ("slides", lambda nb: nb.cells[3].metadata.pop("slideshow")),
    ("seed_where_it_trains", edit("set_random_seed", "model.fit(x)")),
    ("seed_where_it_trains", append(code("np.random.rand(3)"))),
    ("claims_are_asserted", lambda nb: [
        cell.update(source="1") for cell in nb.cells if "assert" in cell.source
    ]),
    ("exercises_are_whole", edit("raise", f"{STUB}\ndef b(): 1")),
    ("exercises_are_whole", edit("check(double)", "print(double)")),
    ("exercises_are_whole", output("check(double)", stream("✓ passed"))),
    ("exercises_are_whole", edit("return 2 * x", "def other(x):\n    return 2 * x")),
    ("exercises_are_whole", lambda nb: find(nb, "return 2").metadata.pop("jupyter")),
    ("exercises_are_whole", drop("return 2 * x")),
    ("exercises_are_whole", append(code("check(a)", "check"))),
    ("exercises_are_whole", lambda nb: [drop(part)(nb) for part in (
        "def double(x):\n    raise", "check(double)", "def double",
    )]),
]  # fmt: skip


def test_a_good_notebook_breaks_no_rule():
    assert breaches(good(), PATH) == []


@pytest.mark.parametrize(
    ("name", "harm"), BAD, ids=[f"{n}-{name}" for n, (name, _) in enumerate(BAD)]
)
def test_a_bad_notebook_breaks_the_rule(name, harm):
    notebook = good()
    harm(notebook)
    rule = next(rule for rule in RULES if rule.__name__ == name)
    assert list(rule(notebook, PATH)) != []


def test_a_large_file_breaks_the_rule(tmp_path):
    path = tmp_path / PATH.name
    path.write_bytes(b" " * 1_500_001)
    assert any(re.search("1,500,001 bytes", sentence) for sentence in breaches(good(), path))


def test_every_rule_is_shown_to_fail():
    shown = {name for name, _ in BAD} | {"size_of_file"}
    assert {rule.__name__ for rule in RULES} == shown
