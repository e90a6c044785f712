"""Small changes of a formula, each with words for it: what a wrong answer may have computed.

A variation of a reference solution differs from it in one place: a term left out, another index,
another axis, a sign turned. Where a wrong answer gives the numbers of a variation on every case,
the words of that variation say what the two have in common.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator

_WORDS = {
    ast.Add: "+", ast.Sub: "−", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.MatMult: "@",
    ast.Pow: "**", ast.Mod: "%",
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_OTHER_OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult), ast.Sub: (ast.Add,), ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult, ast.FloorDiv), ast.FloorDiv: (ast.Div,), ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult,),
}  # fmt: skip
_OTHER_COMPARISONS = {
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE), ast.LtE: (ast.Lt, ast.GtE, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE), ast.GtE: (ast.Gt, ast.LtE, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,),
}  # fmt: skip
_OTHER_FUNCTIONS = {
    "sum": ("mean", "max"), "mean": ("sum", "median", "max"), "max": ("min", "mean", "sum"),
    "min": ("max",), "argmax": ("argmin",), "std": ("var",), "floor": ("ceil", "round"),
    "minimum": ("maximum",), "maximum": ("minimum",), "zeros": ("ones", "empty"), "cos": ("sin",),
    "sin": ("cos",), "tanh": ("sinh", "arctan", "tan"), "sqrt": ("square",), "exp": ("exp2",),
    "log": ("log2", "log10"), "cumsum": ("cumprod",), "cumprod": ("cumsum",),
}  # fmt: skip
_AXES = (None, 0, 1, 2, -1)

Variation = tuple[str, ast.Module]


def variations(function: Callable) -> Iterator[tuple[str, Callable]]:
    """Yield every variation of a function in one place.

    Parameters
    ----------
    function
        A function whose source can be read.

    Yields
    ------
    str, Callable
        Words that complete 'the formula …', such as 'without `b`', and the changed function.
    """
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    definition = tree.body[0]
    for words in _changes(tree, definition):
        ast.fix_missing_locations(tree)
        namespace = dict(function.__globals__)
        try:
            exec(compile(tree, "<variation>", "exec"), namespace)
        except (SyntaxError, TypeError, ValueError):
            continue
        yield words, namespace[function.__name__]


def _changes(tree: ast.Module, definition: ast.FunctionDef) -> Iterator[str]:
    """Change the tree in place, yield the words for it, and change it back."""
    arguments = [argument.arg for argument in definition.args.args]
    stored = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and _is_stored(n)}
    names = list(dict.fromkeys([*arguments, *sorted(stored)]))
    slots = [slot for line in definition.body for slot in _slots(line, definition)]
    for changes in (_statements, _expressions, _names(names)):  # the likelier words first
        for parent, field, index, node in slots:
            for words, new in changes(node, parent):
                _put(parent, field, index, new)
                yield words
                _put(parent, field, index, node)


def _slots(statement: ast.stmt, definition: ast.FunctionDef) -> Iterator[tuple]:
    """Yield each node below a statement with the place where it hangs."""
    index = definition.body.index(statement)
    yield definition, "body", index, statement
    for parent in ast.walk(statement):
        for field, value in ast.iter_fields(parent):
            if isinstance(value, list):
                for position, node in enumerate(value):
                    if isinstance(node, ast.AST):
                        yield parent, field, position, node
            elif isinstance(value, ast.AST):
                yield parent, field, None, value


def _put(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def _is_stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _text(node: ast.AST, limit: int = 40) -> str:
    text = ast.unparse(node)
    return f"`{text}`" if len(text) <= limit else f"`{text[: limit - 2]} …`"


def _where(part: ast.expr, whole: ast.expr) -> str:
    return f" in {_text(whole)}" if isinstance(part, ast.Constant | ast.Name) else ""


def _statements(node: ast.AST, parent: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    nothing = ast.Pass()
    match node:
        case ast.AugAssign():
            value = ast.Assign(targets=[node.target], value=node.value)
            yield f"with `=` in place of `{_WORDS[type(node.op)]}=`: it overwrites", value
            yield f"without {_text(node)}", nothing
        case ast.For():
            backwards = ast.Call(
                ast.Name("reversed", ast.Load()),
                [ast.Call(ast.Name("list", ast.Load()), [node.iter], [])],
                [],
            )
            yield (
                "with its loop run from the other end",
                ast.For(target=node.target, iter=backwards, body=node.body, orelse=[]),
            )
            whole = node.body
            for position, line in enumerate(whole):
                if not isinstance(line, ast.Return):
                    rest = [*whole[:position], *whole[position + 1 :]] or [ast.Pass()]
                    yield (
                        f"without {_text(line)}",
                        ast.For(target=node.target, iter=node.iter, body=rest, orelse=[]),
                    )
        case ast.If():
            yield f"with {_text(node.test)} never true", _block(node.orelse or [ast.Pass()])
            yield f"with {_text(node.test)} always true", _block(node.body)
        case ast.Expr():
            yield f"without {_text(node)}", nothing


def _block(body: list[ast.stmt]) -> ast.If:
    return ast.If(test=ast.Constant(True), body=body, orelse=[])


def _expressions(node: ast.AST, parent: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    match node:
        case ast.BinOp(left, operator, right):
            yield from _operations(node, left, operator, right)
        case ast.Call(ast.Name("range"), [_] | [_, _] as arguments):
            end = arguments[-1] if len(arguments) == 1 else arguments[1]
            position = 0 if len(arguments) == 1 else 1
            for word, operator in (("long", ast.Add()), ("short", ast.Sub())):
                moved = ast.BinOp(end, operator, ast.Constant(1))
                changed = [*arguments[:position], moved, *arguments[position + 1 :]]
                yield (
                    f"with the loop over {_text(node)} one turn too {word}",
                    ast.Call(node.func, changed, []),
                )
            if len(arguments) == 1:
                yield (
                    f"with the loop over {_text(node)} begun at 1",
                    ast.Call(node.func, [ast.Constant(1), end], []),
                )
        case ast.Call():
            yield from _calls(node)
        case ast.Attribute(value, "T"):
            yield f"without the `.T` of {_text(value)}", value
        case ast.Subscript(value, index):
            yield from _subscripts(node, value, index, parent)
        case ast.Compare(left, [operator], [right]):
            for other in _OTHER_COMPARISONS.get(type(operator), ()):
                yield (
                    f"with `{_WORDS[other]}` in place of `{_WORDS[type(operator)]}` "
                    f"in {_text(node)}",
                    ast.Compare(left, [other()], [right]),
                )
        case ast.UnaryOp(ast.USub(), operand):
            yield f"with the sign of {_text(operand)} turned", operand
        case ast.IfExp(test, body, orelse):
            yield f"with {_text(test)} always true", body
            yield f"with {_text(test)} never true", orelse
        case ast.Constant(bool()):
            return
        case ast.Constant(int(value)):
            if isinstance(parent, ast.keyword) and parent.arg == "axis":
                return
            for other in dict.fromkeys((value + 1, value - 1, 0, 1, 2, -value)):
                if other != value:
                    yield (
                        f"with {other} in place of {value} in {_text(parent)}",
                        ast.Constant(other),
                    )


def _names(names: list[str]) -> Callable[..., Iterator[tuple[str, ast.expr]]]:
    """Make the changes of one name into another, into its transpose, into its negative."""

    def changes(node: ast.AST, parent: ast.AST) -> Iterator[tuple[str, ast.expr]]:
        if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
            return
        if node.id not in names:
            return
        for other in names:
            if other != node.id:
                words = f"with `{other}` where `{node.id}` belongs in {_text(parent)}"
                yield words, ast.Name(other, ast.Load())
        if not isinstance(parent, ast.Attribute):
            yield f"with `{node.id}` transposed", ast.Attribute(node, "T", ast.Load())
        yield f"with the sign of `{node.id}` turned", ast.UnaryOp(ast.USub(), node)

    return changes


def _operations(
    node: ast.BinOp, left: ast.expr, operator: ast.operator, right: ast.expr
) -> Iterator[tuple[str, ast.expr]]:
    sign = _WORDS.get(type(operator), "?")
    if isinstance(operator, ast.Add | ast.Sub):
        yield f"without {_text(right)}{_where(right, node)}", left
        other = ast.UnaryOp(ast.USub(), right) if isinstance(operator, ast.Sub) else right
        yield f"without {_text(left)}{_where(left, node)}", other
    elif isinstance(operator, ast.Mult):
        yield f"without the factor {_text(right)}{_where(right, node)}", left
        yield f"without the factor {_text(left)}{_where(left, node)}", right
    elif isinstance(operator, ast.Div | ast.FloorDiv):
        yield f"without the division by {_text(right)}", left
        yield f"with the quotient {_text(node)} upside down", ast.BinOp(right, operator, left)
    elif isinstance(operator, ast.Pow):
        yield f"without the power in {_text(node)}", left
    elif isinstance(operator, ast.MatMult):
        yield f"with the two sides of {_text(node)} swapped", ast.BinOp(right, operator, left)
        last = ast.Slice(upper=ast.UnaryOp(ast.USub(), ast.Constant(1)))
        first = ast.Slice(lower=ast.Constant(1))
        for word, part in (("last", last), ("first", first)):
            of_left = ast.Tuple([ast.Constant(...), part], ast.Load())
            shorter = ast.BinOp(
                ast.Subscript(left, of_left, ast.Load()),
                operator,
                ast.Subscript(right, part, ast.Load()),
            )
            yield f"without the {word} term of the sum in {_text(node)}", shorter
            for_one = ast.Slice(lower=ast.UnaryOp(ast.USub(), ast.Constant(1)))
            if word == "first":
                for_one = ast.Slice(upper=ast.Constant(1))
            of_left = ast.Tuple([ast.Constant(...), for_one], ast.Load())
            one = ast.BinOp(
                ast.Subscript(left, of_left, ast.Load()),
                operator,
                ast.Subscript(right, for_one, ast.Load()),
            )
            yield f"with only the {word} term of the sum in {_text(node)}", one
        length = ast.Subscript(
            ast.Call(ast.Attribute(ast.Name("np", ast.Load()), "shape", ast.Load()), [left], []),
            ast.UnaryOp(ast.USub(), ast.Constant(1)),
            ast.Load(),
        )
        mean = ast.BinOp(node, ast.Div(), length)
        yield f"with the mean in place of the sum in {_text(node)}", mean
        yield f"without the product by {_text(right)}", left
        yield f"without the product by {_text(left)}", right
    if isinstance(operator, ast.Sub):
        yield f"with {_text(node)} the other way round", ast.BinOp(right, operator, left)
        if isinstance(right, ast.BinOp) and isinstance(right.op, ast.Pow):
            outside = ast.BinOp(ast.BinOp(left, operator, right.left), right.op, right.right)
            yield f"with the power of {_text(node)} taken outside", outside
    for other in _OTHER_OPERATORS.get(type(operator), ()):
        yield (
            f"with `{_WORDS[other]}` in place of `{sign}` in {_text(node)}",
            ast.BinOp(left, other(), right),
        )
    if isinstance(right, ast.BinOp) and isinstance(operator, ast.Mult | ast.Div):
        yield (
            f"with the brackets of {_text(node)} left out",
            ast.BinOp(ast.BinOp(left, operator, right.left), right.op, right.right),
        )
    if isinstance(left, ast.BinOp) and isinstance(operator, ast.Mult | ast.Div | ast.FloorDiv):
        yield (
            f"with the brackets of {_text(node)} left out",
            ast.BinOp(left.left, left.op, ast.BinOp(left.right, operator, right)),
        )


def _calls(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    name = ast.unparse(node.func)
    last = name.rsplit(".", 1)[-1]
    method = isinstance(node.func, ast.Attribute) and not _is_module(node.func.value)
    inner = node.func.value if method else (node.args[0] if node.args else None)
    if inner is not None and last not in ("range", "zeros", "empty", "ones"):
        yield f"without `{last}` of {_text(inner)}", inner
    for other in _OTHER_FUNCTIONS.get(last, ()):
        if isinstance(node.func, ast.Attribute) and not (method and other == "median"):
            yield (
                f"with `{other}` in place of `{last}`",
                ast.Call(
                    ast.Attribute(node.func.value, other, ast.Load()), node.args, node.keywords
                ),
            )
    for position, keyword in enumerate(node.keywords):
        others = [*node.keywords[:position], *node.keywords[position + 1 :]]
        if keyword.arg == "axis":
            for axis in _AXES:
                if ast.unparse(keyword.value) != str(axis):
                    new = ast.keyword("axis", ast.Constant(axis))
                    words = "over everything" if axis is None else f"along axis {axis}"
                    yield (
                        f"with `{last}` taken {words}",
                        ast.Call(node.func, node.args, [*others, new]),
                    )
        elif keyword.arg:
            yield (
                f"without `{keyword.arg}=` in `{last}`",
                ast.Call(node.func, node.args, others),
            )
    if len(node.args) == 2:
        yield (
            f"with the two arguments of `{last}` swapped",
            ast.Call(node.func, node.args[::-1], node.keywords),
        )


def _is_module(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in ("np", "math", "numpy")


def _subscripts(
    node: ast.Subscript, value: ast.expr, index: ast.expr, parent: ast.AST
) -> Iterator[tuple[str, ast.expr]]:
    if not isinstance(node.ctx, ast.Load):
        return
    yield f"without the index in {_text(node)}", value
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    if isinstance(index, ast.Tuple) and len(parts) == 2:
        swapped = ast.Tuple(parts[::-1], ast.Load())
        yield (
            f"with the two indices of {_text(node)} swapped",
            ast.Subscript(value, swapped, node.ctx),
        )
    for position, part in enumerate(parts):
        for words, new in _indices(part):
            changed = [*parts[:position], new, *parts[position + 1 :]]
            whole = ast.Tuple(changed, ast.Load()) if isinstance(index, ast.Tuple) else new
            yield f"with {words} in {_text(node)}", ast.Subscript(value, whole, node.ctx)


def _indices(part: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(part, ast.Slice):
        for name in ("lower", "upper", "step"):
            if (bound := getattr(part, name)) is not None:
                yield (
                    f"no `{ast.unparse(bound)}`",
                    ast.Slice(
                        **{n: getattr(part, n) for n in ("lower", "upper", "step") if n != name}
                    ),
                )
        return
    if isinstance(part, ast.BinOp | ast.Name | ast.Constant):
        if isinstance(part, ast.Constant) and not isinstance(part.value, int):
            return
        for word, operator in (("an index too high", ast.Add()), ("an index too low", ast.Sub())):
            yield f"{word} by 1", ast.BinOp(part, operator, ast.Constant(1))
