"""Windows that slide: convolution and pooling, its gradient, channels and filters, by frames."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from IPython.display import HTML
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers.animation import player
from helpers.plotting import BLUE, DIVERGING, INK, RED, SKY

Operation = Literal["sum", "max", "mean"]

_PADDED = "#e4e4ea"  # cells that padding added
_LINES = "#b4b4be"  # between cells
_LINE_LENGTH = 66  # characters of the equation in a line
_TITLE = 14  # points
_NARROWEST = 1.75  # inches of a panel, so that its title fits


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
    kernel_title: str = "kernel K",
) -> None:
    """Draw how one entry of the output comes about; what was in the figure is cleared.

    From left to right the input with the window framed, the kernel (if there is one), the output
    as far as it is computed, row by row; below, the equation.

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
        Of input and output; their shapes are added.
    kernel_title
        Of the kernel; its shape is added.

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

    matrices = {titles[0]: X, titles[1]: Y}
    if weights is not None:
        matrices = {titles[0]: X, kernel_title: weights, titles[1]: Y}
    left, *middle, right = _panels(figure, matrices)
    inside = slice(padding, X.shape[0] - padding), slice(padding, X.shape[1] - padding)
    padded = np.ones(X.shape, bool)
    padded[inside] = False
    for place in map(tuple, np.argwhere(padded)):
        _fill(left, *place, _PADDED)
    for place in ((r, c) for r in rows for c in columns):
        _fill(left, *place, SKY)
    _write(left, X)
    _frame(left, rows[0], columns[0], rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1)
    for ax in middle:
        for place in np.ndindex(weights.shape):
            _fill(ax, *place, SKY)
        _write(ax, weights, color=RED, weight="bold")
    _fill(right, row, column, SKY)
    _write(right, Y, upto=(row, column))
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


def sweep_player(
    X: np.ndarray,
    Y: np.ndarray,
    size: int,
    stride: int,
    *,
    alt: str,
    titles: tuple[str, str] = ("image x", "map z"),
    interval: int = 500,
) -> HTML:
    """Animate a window that sweeps over a picture in grey levels, while the map fills row by row.

    Parameters
    ----------
    X
        The picture, shape (rows, columns).
    Y
        The whole map, shape (rows, columns); it may have negative values.
    size
        Side of the window in pixels.
    stride
        Pixels from one window to the next.
    alt
        What is to be seen, in a sentence, for those who cannot see it.
    titles
        Of picture and map.
    interval
        Milliseconds a frame is shown.

    Returns
    -------
    IPython.display.HTML
        A player with buttons that waits at its first frame.
    """
    figure = plt.figure(figsize=(9, 4.4), layout="none")
    most = np.abs(Y).max()

    def draw(number: int) -> None:
        figure.clear()
        row, column = divmod(number, Y.shape[1])
        filled = np.full(Y.size, np.nan)
        filled[: number + 1] = Y.flat[: number + 1]
        left, right = figure.subplots(1, 2)
        left.imshow(X, cmap="gray")
        _frame(left, stride * row, stride * column, size, size, RED)
        right.imshow(filled.reshape(Y.shape), cmap=DIVERGING, vmin=-most, vmax=most)
        _frame(right, row, column, 1, 1, RED)
        left.set_title(titles[0], fontsize=16)
        right.set_title(f"{titles[1]}, neuron ({row}, {column})", fontsize=16)
        for ax in (left, right):
            ax.grid(False)
            ax.set(xticks=[], yticks=[])
        right.set_facecolor(_PADDED)

    return player(figure, draw, Y.size, alt=alt, interval=interval, dpi=60, colours=32)


def share_frame(
    figure: Figure,
    R: np.ndarray,
    K: np.ndarray,
    row: int,
    column: int,
    *,
    titles: tuple[str, str, str] = ("R = ∂L/∂Y", "kernel K", "∂L/∂X so far"),
) -> None:
    """Draw how one entry of R gives its share to every pixel of its window.

    From left to right R, the kernel, and the gradient of the image after all entries of R up to
    this one, row by row, have added R[row, column] · K to their windows.

    Parameters
    ----------
    figure
        Where to draw, about 9 × 4.2 inches; what was in it is cleared.
    R
        Gradient of the loss with respect to the feature map, shape (rows, columns).
    K
        The kernel, shape (height, width).
    row, column
        The entry of R, counted from 0.
    titles
        Of the three matrices; their shapes are added.
    """
    R, K = np.asarray(R), np.asarray(K)
    height, width = K.shape
    total = np.zeros((R.shape[0] + height - 1, R.shape[1] + width - 1), np.result_type(R, K))
    for place in np.ndindex(R.shape):
        if place <= (row, column):
            total[place[0] : place[0] + height, place[1] : place[1] + width] += R[place] * K
    left, middle, right = _panels(figure, dict(zip(titles, (R, K, total), strict=True)))
    _fill(left, row, column, SKY)
    _write(left, R)
    _frame(left, row, column, 1, 1)
    _write(middle, K, color=RED, weight="bold")
    for place in np.ndindex(K.shape):
        _fill(right, row + place[0], column + place[1], SKY)
    _write(right, total)
    _frame(right, row, column, height, width)
    share = _bracketed(R[row, column])
    text = f"this entry of R adds {share} · K to its window"
    figure.text(0.5, 0.095, text, ha="center", va="center", fontsize=_TITLE)


def share_player(R: np.ndarray, K: np.ndarray, *, alt: str, interval: int = 1200) -> HTML:
    """Animate `share_frame` over every entry of R, row by row.

    Parameters
    ----------
    R, K
        As in `share_frame`.
    alt
        What is to be seen, in a sentence, for those who cannot see it.
    interval
        Milliseconds a frame is shown.

    Returns
    -------
    IPython.display.HTML
        A player with buttons that waits at its first frame.
    """
    figure = plt.figure(figsize=(9, 4.2))
    columns = np.shape(R)[1]

    def draw(number: int) -> None:
        share_frame(figure, R, K, *divmod(number, columns))

    return player(figure, draw, np.size(R), alt=alt, interval=interval, dpi=80)


def channels_frame(
    figure: Figure,
    X: np.ndarray,
    K: np.ndarray,
    b: np.ndarray,
    Y: np.ndarray,
    row: int,
    column: int,
    number: int,
    *,
    channels: Sequence[str] = ("red", "green", "blue"),
) -> None:
    """Draw how one filter reads every channel of its window and adds all up to one number.

    Above the channels of the image, below the filter's slice for each and its partial sum; at the
    right the feature maps as far as they are computed: place by place, at each place filter by
    filter. At the bottom the equation.

    Parameters
    ----------
    figure
        Where to draw, about 9 × 5 inches; what was in it is cleared.
    X
        The image, shape (rows, columns, channels): three channels of small integers fit.
    K
        The filters, shape (height, width, channels, filters): two filters fit.
    b
        A bias for each filter, shape (filters,).
    Y
        The feature maps, shape (rows, columns, filters).
    row, column
        The place of the output, counted from 0.
    number
        The filter, counted from 0.
    channels
        Their names.

    Raises
    ------
    ValueError
        If Y does not have the value there that the equation gives.
    """
    X, K, b, Y = (np.asarray(array) for array in (X, K, b, Y))
    height, width, depth, filters = K.shape
    window = X[row : row + height, column : column + width]
    parts = (window * K[..., number]).sum(axis=(0, 1))
    result = parts.sum() + b[number]
    terms = " + ".join(_bracketed(part) for part in parts)
    equation = f"{terms} + bias {_bracketed(b[number])} = {_number(result)}"
    if not np.isclose(result, Y[row, column, number], rtol=1e-3, atol=1e-5):
        place = f"Y[{row}, {column}, {number}]"
        raise ValueError(f"{place} is {Y[row, column, number]}, but {equation}")

    figure.clear()
    figure.set_layout_engine("none")
    total = figure.get_size_inches()
    rows, columns = X.shape[:2]
    gap, above, below = 0.2, 0.34, 0.62
    across = depth * columns + max(Y.shape[1], 4)
    cell = min(
        (total[0] - gap * (depth + 2)) / across,
        (total[1] - 2 * above - below - 0.1) / (rows + max(height, Y.shape[0])),
    )
    font = 0.42 * 72 * cell
    colour = (BLUE, RED)[number % 2]
    lower = below
    upper = total[1] - above - rows * cell
    for c in range(depth):
        x = gap + c * (columns * cell + gap)
        ax = _axes(figure, (x, upper), cell, X.shape[:2], f"X {channels[c]}")
        for r, q in np.ndindex(height, width):
            _fill(ax, row + r, column + q, SKY)
        _write(ax, X[..., c], font=font)
        _frame(ax, row, column, height, width, colour)
        ax = _axes(figure, (x, lower), cell, (height, width), f"filter {number}, {channels[c]}")
        ax.title.set_color(colour)
        _write(ax, K[..., c, number], font=font, color=colour, weight="bold")
        middle = (x + (width + 0.25) * cell) / total[0], (lower + height * cell / 2) / total[1]
        figure.text(
            *middle, f"→ {_number(parts[c])}", fontsize=font + 2, va="center", weight="bold"
        )
    x = 2 * gap + depth * (columns * cell + gap)
    for f in range(filters):
        y = lower + (upper + rows * cell - Y.shape[0] * cell - lower) * (
            1 - f / max(filters - 1, 1)
        )
        ax = _axes(figure, (x, y), cell, Y.shape[:2], f"map of filter {f}")
        ax.title.set_color((BLUE, RED)[f % 2])
        current = f == number
        if current:
            _fill(ax, row, column, SKY)
        if f <= number:
            upto = (row, column)
        else:
            upto = divmod(row * Y.shape[1] + column - 1, Y.shape[1])
        _write(ax, Y[..., f], font=font, upto=upto)
        if current:
            _frame(ax, row, column, 1, 1, colour)
    figure.text(0.5, 0.045, equation, ha="center", va="center", fontsize=15, color=colour)


def channels_player(
    X: np.ndarray,
    K: np.ndarray,
    b: np.ndarray,
    Y: np.ndarray,
    *,
    alt: str,
    interval: int = 1200,
    dpi: int = 80,
) -> HTML:
    """Animate `channels_frame` over all places, at each place over all filters.

    Parameters
    ----------
    X, K, b, Y
        As in `channels_frame`.
    alt
        What is to be seen, in a sentence, for those who cannot see it.
    interval
        Milliseconds a frame is shown.
    dpi
        Dots per inch.

    Returns
    -------
    IPython.display.HTML
        A player with buttons that waits at its first frame.
    """
    figure = plt.figure(figsize=(9, 5))
    places = list(np.ndindex(np.shape(Y)))

    def draw(number: int) -> None:
        channels_frame(figure, X, K, b, Y, *places[number])

    return player(figure, draw, len(places), alt=alt, interval=interval, dpi=dpi, colours=32)


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


def _panels(figure: Figure, matrices: dict[str, np.ndarray]) -> list[Axes]:
    """Place empty matrices side by side, all with cells of the same size, room for a line below."""
    figure.clear()
    figure.set_layout_engine("none")
    width, height = figure.get_size_inches()
    low, high = 0.2 * height, 0.88 * height
    gap = 0.25
    room = width - gap * (len(matrices) + 1)
    shapes = [matrix.shape for matrix in matrices.values()]
    tallest = max(rows for rows, _ in shapes)
    for cell in np.arange((high - low) / tallest, 0.1, -0.01):
        widths = [max(columns * cell, _NARROWEST) for _, columns in shapes]
        if sum(widths) <= room:
            break
    free = (width - sum(widths)) / (len(matrices) + 1)
    axes, x = [], free
    for (title, matrix), space in zip(matrices.items(), widths, strict=True):
        rows, columns = matrix.shape
        place = x + (space - columns * cell) / 2, (low + high - rows * cell) / 2
        axes.append(_axes(figure, place, cell, matrix.shape, f"{title} ({rows} × {columns})"))
        x += space + free
    return axes


def _axes(
    figure: Figure, place: tuple[float, float], cell: float, shape: tuple[int, int], title: str
) -> Axes:
    """Draw an empty matrix with its lower left corner at a place, all in inches."""
    rows, columns = shape
    width, height = figure.get_size_inches()
    margin = 0.1  # of a cell, for thick frames
    box = (
        (place[0] - margin * cell) / width,
        (place[1] - margin * cell) / height,
        (columns + 2 * margin) * cell / width,
        (rows + 2 * margin) * cell / height,
    )
    ax = figure.add_axes(box)
    ax.set(xlim=(-0.5 - margin, columns - 0.5 + margin), ylim=(rows - 0.5 + margin, -0.5 - margin))
    ax.set_title(title, loc="center", fontsize=_TITLE, pad=3)
    ax.axis("off")
    across = [[(-0.5, y - 0.5), (columns - 0.5, y - 0.5)] for y in range(rows + 1)]
    down = [[(x - 0.5, -0.5), (x - 0.5, rows - 0.5)] for x in range(columns + 1)]
    ax.add_collection(LineCollection(across + down, colors=_LINES, linewidths=1))
    return ax


def _write(
    ax: Axes,
    values: np.ndarray,
    *,
    upto: tuple[int, int] | None = None,
    font: float | None = None,
    color: str = INK,
    weight: str = "normal",
) -> None:
    """Write the numbers of a matrix into its cells, row by row up to a place."""
    if font is None:
        cell = 72 * ax.get_window_extent().width / ax.figure.dpi / (np.ptp(ax.get_xlim()))
        longest = max(len(_number(value)) for value in values.flat)
        font = min(18, 0.45 * cell, 1.3 * cell / longest)
    for place, value in np.ndenumerate(values):
        if upto is None or place <= tuple(upto):
            ax.text(*place[::-1], _number(value), ha="center", va="center", fontsize=font,
                    color=color, weight=weight)  # fmt: skip


def _fill(ax: Axes, row: int, column: int, colour: str) -> None:
    ax.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colour, edgecolor=_LINES))


def _frame(ax: Axes, row: int, column: int, height: int, width: int, colour: str = BLUE) -> None:
    place = (column - 0.5, row - 0.5)
    ax.add_patch(
        Rectangle(
            place, width, height, facecolor="none", edgecolor=colour, linewidth=4, gid="frame"
        )
    )
