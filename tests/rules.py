"""The rules that every notebook obeys, read from the .ipynb itself.

Each rule takes a notebook (and its path) and yields a sentence for each breach.
"""

import ast
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from conftest import ROOT
from nbformat import NotebookNode

from tools.execute import KEPT
from tools.index import FACTS, QUESTION, address, badges

TAGS = {"exercise", "check", "solution", "drawing", "nbval-ignore-output"}
SECTIONS = ("Summary", "Glossary", "Go further")
MAX_BYTES = 1_500_000
MAX_MINUTES = 60
MIN_ALT = 20
ADDRESS = address(ROOT)
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


def markdown(notebook: NotebookNode) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def pages(cell: NotebookNode) -> list[str]:
    """Give the HTML outputs of a code cell."""
    return [page for o in cell.outputs if (page := o.get("data", {}).get("text/html"))]


def raw_pictures(cell: NotebookNode) -> set[str]:
    """Give the kinds of picture among a code cell's outputs; these carry no text."""
    return PICTURES & {kind for output in cell.outputs for kind in output.get("data", {})}


class Images(HTMLParser):
    """The text of each image on a page, "" for those without."""

    def __init__(self, page: str):
        super().__init__()
        self.alts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.alts.append(dict(attrs).get("alt") or "")


def functions(source: str, decorator: str | None = None) -> list[str]:
    """Name the functions that a cell defines; of those, the ones below a decorator."""
    return [
        node.name
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
        and (decorator is None or decorator in map(ast.unparse, node.decorator_list))
    ]


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
        for kind in raw_pictures(cell):
            yield f"{name(cell)} shows {kind}, which carries no text: end it with show('…')"
        alts = [alt for page in pages(cell) for alt in Images(page).alts]
        if any(len(alt.strip()) < MIN_ALT for alt in alts):
            yield f"{name(cell)} shows an image with less than {MIN_ALT} characters of alt text"
    text = markdown(notebook)
    if any(not alt.strip() for alt in re.findall(r"!\[(.*?)\]\(", text) + Images(text).alts):
        yield "an image in the text has no alt text"


@rule
def pictures_are_not_compared(notebook, path):
    """A picture's bytes depend on the machine: nbval is not to compare them."""
    for cell in code_cells(notebook):
        shown = raw_pictures(cell) or any(Images(page).alts for page in pages(cell))
        if shown and "nbval-ignore-output" not in tags(cell):
            yield f"{name(cell)} shows a picture and lacks the tag nbval-ignore-output"


@rule
def drawings_are_drawn(notebook, path):
    """On a slide the code of a drawing is hidden: without an output nothing would be left."""
    for cell in code_cells(notebook):
        if "drawing" in tags(cell) and not cell.outputs:
            yield f"{name(cell)} is tagged drawing and shows nothing"


@rule
def size_of_file(notebook, path):
    if path.exists() and path.stat().st_size > MAX_BYTES:
        yield f"the file has {path.stat().st_size:,} bytes, at most {MAX_BYTES:,}"


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


def written(target: ast.AST) -> set[str]:
    """Name the variables that an assignment changes: a of `a`, of `a[i]` and of `a.b`."""
    if isinstance(target, ast.Tuple | ast.List):
        return set().union(*map(written, target.elts))
    if isinstance(target, ast.Name):
        return {target.id}
    return written(target.value)


def read(value: ast.AST) -> set[str]:
    """Name the variables in an expression; x_t counts as x, for it is the next x."""
    names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    return names | {name.removesuffix("_t") for name in names}


@rule
def one_thing_on_a_line(notebook, path):
    """`a, b = 1, 2` is two lines; `a, b = b, a + b` is one step of both."""
    for cell in code_cells(notebook):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
                for target in node.targets:
                    several = isinstance(target, ast.Tuple | ast.List)
                    if several and not written(target) & read(node.value):
                        yield f"{name(cell)} packs several things: {ast.unparse(node)[:60]}"


def asserts(node: ast.AST) -> bool:
    """Does it assert something now, and not in a function that it only defines?"""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
        return False
    called = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
    if isinstance(node, ast.Assert) or called.rpartition(".")[2].startswith("assert_"):
        return True
    return any(asserts(child) for child in ast.iter_child_nodes(node))


@rule
def a_proof_shows_what_it_proved(notebook, path):
    for cell in code_cells(notebook):
        if asserts(ast.parse(cell.source)) and not cell.outputs and "exercise" not in tags(cell):
            yield f"{name(cell)} asserts something and prints nothing"


@rule
def kernel_and_language(notebook, path):
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "the kernel is not called python3"
    if set(notebook.metadata) - {"kernelspec", "language_info"}:
        yield f"there is more metadata than kernel and language: {sorted(notebook.metadata)}"
    for cell in notebook.cells:
        extra = set(cell.metadata) - KEPT
        if extra:
            yield f"{name(cell)} has the metadata {sorted(extra)}"


@rule
def title_and_facts(notebook, path):
    first = notebook.cells[0].source
    if notebook.cells[0].cell_type != "markdown" or not first.startswith("# "):
        yield "the first cell is not a title"
    if not FACTS.search(first):
        yield f"the first cell lacks the line of facts ({FACTS.pattern})"
    if not QUESTION.search(first):
        yield "the first cell does not end with its question in bold"
    shown = [line for line in first.splitlines() if line.startswith("[![")]
    wanted = badges(ADDRESS, path.name) if ADDRESS else []
    if shown != wanted:
        yield f"the badges are {shown} and not {wanted}: run `make index`"


@rule
def headings(notebook, path):
    text = markdown(notebook)
    for section in SECTIONS:
        if not re.search(rf"^## .*{section}", text, re.M):
            yield f"there is no section {section}"
    titles = re.findall(r"^# .*", text, re.M)
    if len(titles) != 1:
        yield f"{len(titles)} titles of the first level"


@rule
def minutes(notebook, path):
    """Each numbered section has one note that begins with its minutes; they add up to the facts."""
    sections: dict[str, list[int]] = {}
    section = "what stands before the first section"
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            for heading in re.findall(r"^## .*", cell.source, re.M):
                section = heading
                if re.match(r"## \d+\. ", heading):
                    sections[section] = []
                if re.search(r"\(\d+ min\)", heading):
                    yield f"{heading!r} carries its minutes: they belong in its note"
        note = re.match(r"\*\*(\d+) min\.\*\*", cell.source)
        if note and cell.metadata.get("slideshow", {}).get("slide_type") != "notes":
            yield f"{name(cell)} gives minutes and is not of the slide type notes"
        elif note and section not in sections:
            yield f"{name(cell)} gives minutes in {section!r}, which is no numbered section"
        elif note:
            sections[section].append(int(note[1]))
    for heading, found in sections.items():
        if len(found) != 1:
            yield f"{heading!r} has {len(found)} notes that begin '**N min.**', one is wanted"
    total = sum(sum(found) for found in sections.values())
    facts = FACTS.search(notebook.cells[0].source)
    if facts and total != int(facts["minutes"]):
        yield f"the sections take {total} min, the first cell says {facts['minutes']}"
    if total > MAX_MINUTES:
        yield f"{total} min in class, at most {MAX_MINUTES}"


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
        defined = functions(stub.source)
        if len(defined) != 1 or "raise NotImplementedError" not in stub.source:
            yield f"{name(stub)} is not one function that raises NotImplementedError"
            continue
        if not check or "check" not in tags(check) or f"check({defined[0]})" not in check.source:
            yield f"{name(stub)} is not followed by its check"
        if not solution or "solution" not in tags(solution):
            yield f"{name(stub)} has no solution below its check"
            continue
        if defined[0] not in functions(solution.source, decorator="solution"):
            yield f"the solution of {defined[0]} does not define it below @solution"
        if "check(" in solution.source:
            yield f"the solution of {defined[0]} calls check: @solution says what is in use"
        if not solution.metadata.get("jupyter", {}).get("source_hidden"):
            yield f"the solution of {defined[0]} is not folded (jupyter.source_hidden)"
        text = "".join(output.get("text", "") for output in check.get("outputs", []))
        if "not written yet" not in text:
            yield f"the check of {defined[0]} does not say 'not written yet'"
    for cell in cells:
        kind = tags(cell) & {"check", "solution"}
        if kind and not any(cell in cells[number + 1 : number + 3] for number in stubs):
            yield f"{name(cell)} is tagged {kind} and belongs to no exercise"
