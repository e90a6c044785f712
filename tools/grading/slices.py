"""What of a notebook has to run so that one exercise's function can be called."""

import ast
import re
import symtable
from dataclasses import dataclass

import nbformat


@dataclass(frozen=True)
class Statement:
    """A statement of a notebook's top level, with the names that it binds and uses."""

    text: str
    binds: frozenset[str]
    uses: frozenset[str]


def answer_source(
    notebook: nbformat.NotebookNode, name: str, check: int
) -> tuple[str, str, str | None]:
    """Cut out an answer and what it needs: imports, constants, other functions.

    Parameters
    ----------
    notebook
        A student's notebook.
    name
        The exercise's function.
    check
        The position of the cell that checks it. The cells above it count, but no solution.

    Returns
    -------
    str
        The statements, in their order, that bind the function and the names that it uses.
    str
        The last one of them that binds the function: the answer itself.
    str or None
        Where there is no such function: a sentence that says why.
    """
    found: list[Statement] = []
    broken = None
    for cell in notebook.cells[:check]:
        if cell.cell_type != "code" or "solution" in cell.metadata.get("tags", []):
            continue
        source = re.sub(r"(?m)^\s*[%!?].*$", "pass", cell.source)  # IPython's own lines
        mine = re.search(rf"(?m)^(def {name}\b|{name} *=)", source)
        try:
            found += statements(source)
        except (SyntaxError, ValueError, RecursionError) as error:
            line = (getattr(error, "text", None) or "").strip()
            if mine:
                broken = f"its cell is not Python ({type(error).__name__}): {line}".rstrip(": ")
            continue
        if mine:
            broken = None
    if broken is not None:
        return "", "", broken
    kept = needed(found, name)
    if not any(name in one.binds for one in kept):
        return "", "", "no cell above its check defines it: it was deleted or renamed."
    own = [one.text for one in kept if name in one.binds]
    return "\n".join(one.text for one in kept) + "\n", own[-1], None


def statements(source: str) -> list[Statement]:
    """Split a cell at its statements, and imports at their names."""
    lines = source.splitlines(keepends=True)
    found = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            texts = [ast.unparse(_import_of(node, alias)) for alias in node.names]
        elif isinstance(node, ast.FunctionDef | ast.ClassDef) and node.decorator_list:
            first = min(one.lineno for one in node.decorator_list)
            texts = ["".join(lines[first - 1 : node.end_lineno])]
        else:
            texts = [ast.get_source_segment(source, node) or ""]
        found += [_statement(text) for text in texts]
    return found


def needed(found: list[Statement], name: str) -> list[Statement]:
    """Keep the statements that bind a name, and those that bind what these use, and so on."""
    wanted, kept = {name}, set()
    while True:
        more = {i for i, one in enumerate(found) if i not in kept and one.binds & wanted}
        if not more:
            return [found[i] for i in sorted(kept)]
        kept |= more
        wanted |= {used for i in more for used in found[i].uses}


def _import_of(node: ast.Import | ast.ImportFrom, alias: ast.alias) -> ast.stmt:
    if isinstance(node, ast.Import):
        return ast.Import([alias])
    return ast.ImportFrom(node.module, [alias], node.level)


def _statement(text: str) -> Statement:
    node = ast.parse(text).body[0]
    table = symtable.symtable(text, "a cell", "exec")
    binds = {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}
    uses = {s.get_name() for s in table.get_symbols() if s.is_referenced()}
    tables = list(table.get_children())
    while tables:
        inner = tables.pop()
        tables += inner.get_children()
        uses |= {s.get_name() for s in inner.get_symbols() if s.is_global() and s.is_referenced()}
        binds |= {s.get_name() for s in inner.get_symbols() if s.is_declared_global()}
    return Statement(text, frozenset(binds | _changed(node)), frozenset(uses))


def _changed(node: ast.stmt) -> set[str]:
    """Give the names whose values a statement changes: `x[0] = 1`, `x.a = 1`."""
    stores = [
        one
        for one in ast.walk(node)
        if isinstance(one, ast.Subscript | ast.Attribute) and isinstance(one.ctx, ast.Store)
    ]
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return set()
    changed = set()
    for one in stores:
        while isinstance(one, ast.Subscript | ast.Attribute):
            one = one.value
        if isinstance(one, ast.Name):
            changed.add(one.id)
    return changed
