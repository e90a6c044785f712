"""A window that slides over a matrix: convolution, strided filters and pooling, frame by frame."""

from typing import Literal

import numpy as np
from IPython.display import HTML
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.animation import player
from helpers.plotting import BLUE, RED, SKY

Operation = Literal["sum", "max", "mean"]

_PADDED = "#e4e4ea"  # cells that padding added
_LINES = "#b4b4be"  # between cells
_LINE_LENGTH = 66  # characters of the equation in a line


def window_frame(
    figure: Figure,
    X: np.ndarray,
    Y: np.ndarray,
    row: int,
    column: int,
    *,
    kernel: np.ndarray | None = None,
    size: int | None = None,
    operation: Operation = "max",
    stride: int = 1,
    dilation: int = 1,
    padding: int = 0,
    titles: tuple[str, str] = ("input X", "output Y"),
) -> None:
    """Draw how one entry of the output comes about; what was in the figure is cleared.

    Left the input with the window framed (and the kernel's weights, red, in the corners of the
    cells it covers), right the output as far as it is computed, row by row; below, the equation.

    Parameters
    ----------
    figure
        Where to draw; about 9 × 4.2 inches.
    X
        The input, shape (rows, columns), with the padding, if there is any; the numbers are large
        enough to read up to about 10 × 10 for integers, 6 × 6 for decimals.
    Y
        The whole output, shape (rows, columns).
    row, column
        The entry of the output that is being computed, counted from 0.
    kernel
        Weights, shape (height, width): the entry is the sum of weight times input.
    size
        Side of the window where there is no kernel: the entry is the window's `operation`.
    operation
        "max", "mean" or "sum"; a kernel always sums.
    stride
        Cells from one window to the next.
    dilation
        Cells from one weight of the kernel to the next.
    padding
        Rows and columns at each side of X that padding added: drawn grey.
    titles
        Of the two matrices; their shapes are added.

    Raises
    ------
    ValueError
        If neither or both of `kernel` and `size` are given, the entry is not in Y, its window is
        not inside X, or Y does not have the value there that the equation gives.
    """
    X, Y = np.asarray(X), np.asarray(Y)
    weights = None if kernel is None else np.asarray(kernel)
    if (weights is None) == (size is None):
        raise ValueError("give the kernel, or the size of the window, and not both")
    height, width = (size, size) if weights is None else weights.shape
    if not (0 <= row < Y.shape[0] and 0 <= column < Y.shape[1]):
        raise ValueError(f"({row}, {column}) is not in an output of the shape {Y.shape}")
    rows = row * stride + dilation * np.arange(height)
    columns = column * stride + dilation * np.arange(width)
    if rows[-1] >= X.shape[0] or columns[-1] >= X.shape[1]:
        raise ValueError(f"the window of ({row}, {column}) leaves the input of the shape {X.shape}")
    values = X[np.ix_(rows, columns)]
    equation, result = _equation(values, weights, operation)
    if not np.isclose(result, Y[row, column], rtol=1e-3, atol=1e-5):
        raise ValueError(f"Y[{row}, {column}] is {Y[row, column]}, but {equation}")

    figure.clear()
    figure.set_layout_engine("none")
    grid = figure.add_gridspec(1, 2, left=0.02, right=0.98, top=0.88, bottom=0.2, wspace=0.06)
    left, right = (figure.add_subplot(cell) for cell in grid)
    font = _font_size(figure, X)
    _empty_matrix(left, X.shape, titles[0])
    inside = slice(padding, X.shape[0] - padding), slice(padding, X.shape[1] - padding)
    padded = np.ones(X.shape, bool)
    padded[inside] = False
    for place in map(tuple, np.argwhere(padded)):
        _fill(left, *place, _PADDED)
    for place in ((r, c) for r in rows for c in columns):
        _fill(left, *place, SKY)
    shift = 0 if weights is None else 0.1  # makes room for the weights
    for (r, c), value in np.ndenumerate(X):
        left.text(c - shift, r - shift, _number(value), ha="center", va="center", fontsize=font)
    if weights is not None:
        for (r, c), weight in np.ndenumerate(weights):
            left.text(columns[c] + 0.4, rows[r] + 0.42, f"×{_number(weight)}", color=RED,
                      ha="right", va="bottom", fontsize=0.62 * font, weight="bold")  # fmt: skip
    _frame(left, rows[0], columns[0], rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1)

    _empty_matrix(right, Y.shape, titles[1])
    _fill(right, row, column, SKY)
    font = _font_size(figure, Y)
    for (r, c), value in np.ndenumerate(Y):
        if (r, c) <= (row, column):
            right.text(c, r, _number(value), ha="center", va="center", fontsize=font)
    _frame(right, row, column, 1, 1)
    text = _wrapped(equation)
    font = min(14, 42 / (text.count("\n") + 1))
    figure.text(0.5, 0.095, text, ha="center", va="center", fontsize=font)


def window_player(
    X: np.ndarray,
    Y: np.ndarray,
    *,
    alt: str,
    interval: int = 1200,
    dpi: int = 80,
    **options: object,
) -> HTML:
    """Animate the window over every entry of the output, row by row.

    Parameters
    ----------
    X, Y
        The input and the whole output, as in `window_frame`.
    alt
        What is to be seen, in a sentence, for those who cannot see it.
    interval
        Milliseconds a frame is shown.
    dpi
        Dots per inch.
    options
        The keywords of `window_frame`: `kernel` or `size`, `stride`, ...

    Returns
    -------
    IPython.display.HTML
        A player with buttons that waits at its first frame.
    """
    figure = plt.figure(figsize=(9, 4.2))
    columns = np.shape(Y)[1]

    def draw(number: int) -> None:
        window_frame(figure, X, Y, *divmod(number, columns), **options)

    return player(figure, draw, np.size(Y), alt=alt, interval=interval, dpi=dpi)


def _equation(
    values: np.ndarray, weights: np.ndarray | None, operation: Operation
) -> tuple[str, float]:
    numbers = [_number(value) for value in values.flat]
    if weights is not None:
        pairs = zip(values.flat, weights.flat, strict=True)
        terms = [f"{_bracketed(value)}·{_bracketed(weight)}" for value, weight in pairs]
        result = float((values.astype(float) * weights).sum())
        return f"{' + '.join(terms)} = {_number(result)}", result
    result = float(getattr(np, operation)(values))
    if operation == "max":
        return f"max({', '.join(numbers)}) = {_number(result)}", result
    total = " + ".join(_bracketed(value) for value in values.flat)
    if operation == "mean":
        total = f"({total}) / {values.size}"
    return f"{total} = {_number(result)}", result


def _number(value: float) -> str:
    """Write 3.0 as 3, 0.251 as 0.25, and a minus sign as such."""
    value = round(float(value), 2)
    text = str(int(value)) if value.is_integer() else f"{value:.2f}"
    return text.replace("-", "−")


def _bracketed(value: float) -> str:
    return f"({_number(value)})" if value < 0 else _number(value)


def _wrapped(equation: str) -> str:
    """Break an equation into lines at the blanks before + and =, and after commas."""
    lines = [""]
    for piece in (
        equation.replace(" +", "\n+").replace(" =", "\n=").replace(", ", ",\n").split("\n")
    ):
        if lines[-1] and len(lines[-1]) + len(piece) >= _LINE_LENGTH:
            lines.append(piece)
        else:
            lines[-1] = f"{lines[-1]} {piece}".strip()
    return "\n".join(lines)


def _font_size(figure: Figure, values: np.ndarray) -> float:
    """Points that suit the cells of a matrix in half of the figure, and its longest number."""
    width, height = figure.get_size_inches()
    cell = 72 * min(0.47 * width / values.shape[1], 0.68 * height / values.shape[0])
    longest = max(len(_number(value)) for value in values.flat)
    return float(min(18, 0.42 * cell, 1.15 * cell / longest))


def _empty_matrix(ax: Axes, shape: tuple[int, ...], title: str) -> None:
    rows, columns = shape
    ax.set(xlim=(-0.6, columns - 0.4), ylim=(rows - 0.4, -0.6), aspect="equal")
    ax.set_title(f"{title} ({rows} × {columns})", loc="center", fontsize=15)
    ax.axis("off")
    for row, column in np.ndindex(rows, columns):
        ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor="none", edgecolor=_LINES))


def _fill(ax: Axes, row: int, column: int, colour: str) -> None:
    ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colour, edgecolor=_LINES))


def _frame(ax: Axes, row: int, column: int, height: int, width: int) -> None:
    place = (column - 0.5, row - 0.5)
    ax.add_patch(
        Rectangle(place, width, height, facecolor="none", edgecolor=BLUE, linewidth=4, gid="frame")
    )
