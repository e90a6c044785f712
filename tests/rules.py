"""The rules that every notebook obeys, read from the .ipynb itself.

Each rule takes a notebook (and its path) and yields a sentence for each breach.
"""

import ast
import re
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from nbformat import NotebookNode

TAGS = {"exercise", "check", "solution", "nbval-ignore-output"}
SECTIONS = ("Summary", "Glossary", "Go further")
MAX_BYTES = 1_500_000
MAX_CODE_LINES = 15
MAX_MEDIAN_LINES = 5
CELLS = range(30, 61)
TRAINS = re.compile(r"\.fit\(|\.train_on_batch\(|apply_gradients\(|\.apply\(")
RANDOM = re.compile(r"np\.random\.(?!default_rng|Generator)")
PICTURES = {"image/png", "image/jpeg", "image/svg+xml"}

Rule = Callable[[NotebookNode, Path], Iterator[str]]
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    RULES.append(function)
    return function


def breaches(notebook: NotebookNode, path: Path) -> list[str]:
    return [sentence for check in RULES for sentence in check(notebook, path)]


def code_cells(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell: NotebookNode) -> set[str]:
    return set(cell.metadata.get("tags", []))


def name(cell: NotebookNode) -> str:
    return repr(cell.source.strip().splitlines()[0][:50] if cell.source.strip() else "empty cell")


def lines(cell: NotebookNode) -> int:
    return sum(bool(line.strip()) for line in cell.source.splitlines())


def markdown(notebook: NotebookNode) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def functions(source: str) -> list[str]:
    return [node.name for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]


@rule
def executed_top_to_bottom(notebook, path):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"not executed from top to bottom: the counts are {counts}; run `make execute`"


@rule
def no_error_and_no_noise(notebook, path):
    for cell in code_cells(notebook):
        for output in cell.outputs:
            if output.output_type == "error":
                yield f"{name(cell)} ends in an error: {output.ename}"
            if output.output_type == "stream" and (
                output.name == "stderr" or "WARNING:" in output.text
            ):
                yield f"{name(cell)} writes noise: {output.text[:80]!r}"


@rule
def no_empty_cells(notebook, path):
    if any(not cell.source.strip() for cell in notebook.cells):
        yield "there is an empty cell"


@rule
def known_tags(notebook, path):
    for cell in notebook.cells:
        for tag in tags(cell) - TAGS:
            yield f"{name(cell)} has the unknown tag {tag}"


@rule
def pictures_have_alt_text(notebook, path):
    for cell in code_cells(notebook):
        kinds = {kind for output in cell.outputs for kind in output.get("data", {})}
        pages = [str(output.get("data", {}).get("text/html", "")) for output in cell.outputs]
        if (kinds & PICTURES or any("<img" in page for page in pages)) and len(
            cell.metadata.get("alt", "")
        ) < 20:
            yield f"{name(cell)} shows a picture without alt text (cell metadata 'alt')"
    for image in re.findall(r"!\[(.*?)\]\(", markdown(notebook)):
        if not image.strip():
            yield "an image in the text has no alt text"


@rule
def pictures_are_not_compared(notebook, path):
    """A picture's output has an object's address or a size in it: nbval is not to compare it."""
    for cell in code_cells(notebook):
        kinds = {kind for output in cell.outputs for kind in output.get("data", {})}
        if kinds & PICTURES and "nbval-ignore-output" not in tags(cell):
            yield f"{name(cell)} shows a picture and lacks the tag nbval-ignore-output"


@rule
def size_of_file(notebook, path):
    if path.exists() and path.stat().st_size > MAX_BYTES:
        yield f"the file has {path.stat().st_size:,} bytes, at most {MAX_BYTES:,}"


@rule
def number_of_cells(notebook, path):
    if len(notebook.cells) not in CELLS:
        yield f"{len(notebook.cells)} cells, the range is {CELLS.start} to {CELLS.stop - 1}"
    code = len(code_cells(notebook))
    if not 0.6 <= code / max(1, len(notebook.cells) - code) <= 1.7:
        yield f"{code} code cells and {len(notebook.cells) - code} of text are out of balance"


@rule
def length_of_code_cells(notebook, path):
    counts = [lines(cell) for cell in code_cells(notebook)]
    for cell, count in zip(code_cells(notebook), counts, strict=True):
        if count > MAX_CODE_LINES:
            yield f"{name(cell)} has {count} lines, at most {MAX_CODE_LINES}"
    median = statistics.median(counts) if counts else 0
    if median > MAX_MEDIAN_LINES:
        yield f"the median code cell has {median} lines, at most {MAX_MEDIAN_LINES}"
    if counts and counts[0] > 6:
        yield f"the first code cell has {counts[0]} lines, at most 6"


@rule
def no_boilerplate(notebook, path):
    for cell in code_cells(notebook):
        if re.search(r"^\s*[!%]|warnings\.(filter|simplefilter)|TF_CPP", cell.source, re.M):
            yield f"{name(cell)} has shell commands, magics or filters"


@rule
def no_silent_except(notebook, path):
    for cell in code_cells(notebook):
        if re.search(r"except[^\n]*:\s*(pass|\.\.\.)", cell.source):
            yield f"{name(cell)} swallows an error"


@rule
def kernel_and_language(notebook, path):
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "the kernel is not called python3"
    if set(notebook.metadata) - {"kernelspec", "language_info"}:
        yield f"there is more metadata than kernel and language: {sorted(notebook.metadata)}"
    for cell in notebook.cells:
        extra = set(cell.metadata) - {"tags", "alt", "slideshow", "jupyter"}
        if extra:
            yield f"{name(cell)} has the metadata {sorted(extra)}"


@rule
def title_and_facts(notebook, path):
    first = notebook.cells[0].source
    if notebook.cells[0].cell_type != "markdown" or not first.startswith("# "):
        yield "the first cell is not a title"
    for fact in (r"\d+ min in class", r"run time \d+ s|run time \d+ min", "builds on"):
        if not re.search(fact, first, re.I):
            yield f"the first cell does not give the fact {fact!r}"
    for badge in ("colab.research.google.com", "mybinder.org"):
        if badge not in first or path.name not in first:
            yield f"the first cell has no badge of {badge} for {path.name}"


@rule
def headings(notebook, path):
    text = markdown(notebook)
    for section in SECTIONS:
        if not re.search(rf"^## .*{section}", text, re.M):
            yield f"there is no section {section}"
    titles = re.findall(r"^# .*", text, re.M)
    if len(titles) != 1:
        yield f"{len(titles)} titles of the first level"
    if not re.search(r"^## \d.*\(\d+ min\)", text, re.M):
        yield "no section gives its minutes, as in '## 1. Name (5 min)'"


@rule
def slides(notebook, path):
    for cell in notebook.cells:
        if "slide_type" not in cell.metadata.get("slideshow", {}):
            yield f"{name(cell)} has no slide type"


@rule
def seed_where_it_trains(notebook, path):
    sources = "\n".join(cell.source for cell in code_cells(notebook))
    if TRAINS.search(sources) and "keras.utils.set_random_seed(" not in sources:
        yield "it trains without keras.utils.set_random_seed"
    if RANDOM.search(sources):
        yield "it draws from NumPy's global generator: use np.random.default_rng(seed)"


@rule
def claims_are_asserted(notebook, path):
    sources = [cell.source for cell in code_cells(notebook)]
    if sum("assert" in source for source in sources) < 3:
        yield "fewer than 3 cells assert what they show"


@rule
def exercises_are_whole(notebook, path):
    cells = notebook.cells
    stubs = [number for number, cell in enumerate(cells) if "exercise" in tags(cell)]
    if len(stubs) not in (range(1, 5) if path.name.startswith("00") else range(2, 5)):
        yield f"{len(stubs)} exercises, 2 to 4 are wanted"
    for number in stubs:
        stub = cells[number]
        check, solution = [*cells[number + 1 :], {}, {}][:2]
        names = functions(stub.source)
        if len(names) != 1 or "raise NotImplementedError" not in stub.source:
            yield f"{name(stub)} is not one function that raises NotImplementedError"
            continue
        if not check or "check" not in tags(check) or f"check({names[0]})" not in check.source:
            yield f"{name(stub)} is not followed by its check"
        if not solution or "solution" not in tags(solution):
            yield f"{name(stub)} has no solution below its check"
            continue
        if names[0] not in functions(solution.source):
            yield f"the solution of {names[0]} does not define it"
        if not solution.metadata.get("jupyter", {}).get("source_hidden"):
            yield f"the solution of {names[0]} is not folded (jupyter.source_hidden)"
        text = "".join(output.get("text", "") for output in check.get("outputs", []))
        if "not written yet" not in text:
            yield f"the check of {names[0]} does not say 'not written yet'"
    for cell in cells:
        kind = tags(cell) & {"check", "solution"}
        if kind and not any(cell in cells[number + 1 : number + 3] for number in stubs):
            yield f"{name(cell)} is tagged {kind} and belongs to no exercise"
