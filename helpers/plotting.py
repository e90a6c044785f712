"""One palette and one style for every figure of the course."""

import base64
import html
import io
from collections.abc import Mapping, Sequence
from typing import Literal

import matplotlib as mpl
import numpy as np
from cycler import cycler
from IPython.display import display
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from PIL import Image

# Apart for normal, deuteranopic and protanopic eyes, and a ladder of lightness for grey prints.
PALETTE = {
    "ink": "#212129",
    "blue": "#2336d8",
    "purple": "#9b2d7e",
    "red": "#d90d23",
    "green": "#06a581",
    "orange": "#dea327",
    "sky": "#a4d5f9",
}
INK, BLUE, PURPLE, RED, GREEN, ORANGE, SKY = PALETTE.values()
GREY = "#8a8a94"  # for what is there to compare with: baselines, bounds
ORDER = (BLUE, RED, GREEN, ORANGE, PURPLE, INK, SKY)  # of the curves in a figure

SEQUENTIAL = "cividis"  # from little to much
DIVERGING = "PuOr"  # negative, zero, positive

_LINES = ("-", "--", "-.", ":", (0, (5, 1, 1, 1, 1, 1)), (0, (1, 1)), (0, (8, 2)))
_MARKERS = ("o", "s", "^", "D", "v", "P", "X")
_SHARPNESS = 1.5  # pixels of a picture for each pixel of the page: projectors and dense screens
_BESIDE = {"loc": "center left", "bbox_to_anchor": (1, 0.5)}  # a legend to the right of the axes


def set_style() -> None:
    """Set matplotlib's defaults for the course: large type, thick lines, the palette."""
    mpl.rcParams.update(
        {
            "figure.figsize": (9, 4),
            "figure.dpi": 80,
            "figure.constrained_layout.use": True,
            "savefig.dpi": 80,
            "font.size": 14,
            "axes.titlesize": 15,
            "figure.titlesize": 15,
            "axes.titlelocation": "left",
            "axes.labelsize": 14,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": "#dddde3",
            "grid.linewidth": 0.8,
            "lines.linewidth": 2.5,
            "lines.markersize": 7,
            "legend.frameon": False,
            "legend.fontsize": 13,
            "image.cmap": SEQUENTIAL,
            "image.interpolation": "nearest",
            "axes.prop_cycle": cycler(color=ORDER),
        }
    )


def line_styles(names: Sequence[str]) -> dict[str, dict[str, object]]:
    """Give each of up to seven names its own colour, line and marker (keywords of `plot`)."""
    if len(names) > len(ORDER):
        raise ValueError(f"{len(names)} lines cannot be told apart; at most {len(ORDER)}")
    return {
        name: {"color": colour, "linestyle": line, "marker": marker}
        for name, colour, line, marker in zip(names, ORDER, _LINES, _MARKERS, strict=False)
    }


def show(alt: str) -> None:
    """Show the open figures as pictures that carry a text for those who cannot see them.

    It ends a cell that draws, in place of `plt.show()`. The text reaches JupyterLab, the exported
    HTML and the slides; matplotlib's own output has none.

    Parameters
    ----------
    alt
        What is to be seen, in a sentence. With several open figures each is a picture of its own,
        and its text says which of them it is.

    Raises
    ------
    ValueError
        If the text is empty, or if no figure is open.
    """
    if not alt.strip():
        raise ValueError('say what is to be seen: show("The loss falls from 2.3 to 0.4 …")')
    figures = [plt.figure(number) for number in plt.get_fignums()]
    if not figures:
        raise ValueError("there is no open figure to show: draw it in the same cell, above show(…)")
    for number, figure in enumerate(figures, start=1):
        text = f"{alt} ({number} of {len(figures)})" if len(figures) > 1 else alt
        display({"text/html": _picture(figure, text), "text/plain": text}, raw=True)
        plt.close(figure)


def _picture(figure: Figure, alt: str) -> str:
    """Write a figure as an HTML image with its pixels inside."""
    buffer = io.BytesIO()
    figure.savefig(buffer, dpi=_SHARPNESS * figure.dpi, bbox_inches="tight")
    picture = base64.b64encode(palette_png(buffer.getvalue())).decode()
    with Image.open(buffer) as full:
        width = round(full.width / _SHARPNESS)
    return (
        f'<img alt="{html.escape(alt)}" width="{width}" style="max-width: 100%" '
        f'src="data:image/png;base64,{picture}">'
    )


def palette_png(picture: bytes, colours: int = 256) -> bytes:
    """Write a PNG again with at most 256 colours: a third to two thirds of the bytes.

    A pixel of a drawing or of a grey photograph moves by a few of 255 levels at most, one of a
    colour photograph by about ten. With 32 colours a drawing takes two thirds of that again.
    """
    method = Image.Quantize.MAXCOVERAGE if colours == 256 else Image.Quantize.FASTOCTREE
    with Image.open(io.BytesIO(picture)) as full:
        few = full.convert("RGB").quantize(colours, method=method, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    few.save(buffer, format="png", optimize=True)
    return buffer.getvalue()


def matrix(
    values: np.ndarray,
    title: str = "",
    *,
    ax: Axes | None = None,
    fmt: str | None = None,
    names: Sequence[str] | None = None,
    cmap: str = SEQUENTIAL,
    vmin: float | None = None,
    vmax: float | None = None,
) -> Axes:
    """Draw a matrix as coloured squares with its numbers in them.

    Parameters
    ----------
    values
        The matrix, shape (rows, columns).
    title
        What is to be seen.
    ax
        Where to draw; by default a new figure.
    fmt
        Format of the numbers, such as ".2f"; by default integers plain, floats ".2f"; "" for none.
    names
        Of a square matrix: the names of its rows, which are those of its columns too.
    cmap, vmin, vmax
        As in `imshow`.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    ValueError
        If `values` is not a matrix.
    """
    values = np.asarray(values)
    if values.ndim != 2:
        raise ValueError(f"a matrix has 2 axes, this array has the shape {values.shape}")
    if ax is None:
        rows, columns = values.shape
        _, ax = plt.subplots(figsize=(max(3.0, 0.8 * columns + 1), max(2.2, 0.8 * rows + 1)))
    picture = ax.imshow(values, cmap=cmap, vmin=vmin, vmax=vmax)
    if fmt is None:
        fmt = "d" if values.dtype.kind in "iub" else ".2f"
    if fmt:
        for (row, column), value in np.ndenumerate(values):
            ax.text(
                column,
                row,
                format(value, fmt),
                ha="center",
                va="center",
                color=_ink_on(picture.to_rgba(value)),
            )
    ax.set(title=title, xticks=[], yticks=[])
    ax.spines[:].set_visible(False)
    if names is not None:
        ax.set_xticks(range(len(names)), names, rotation=40, ha="right")
        ax.set_yticks(range(len(names)), names)
    ax.grid(False)
    return ax


def _ink_on(rgba: Sequence[float]) -> str:
    """Black or white, whichever is read better on a colour (relative luminance of WCAG 2)."""
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgba[:3]
    )
    return "black" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 else "white"


def images(
    pictures: np.ndarray,
    titles: Sequence[str] | None = None,
    *,
    columns: int = 8,
    suptitle: str = "",
    cmap: str = "gray",
    vmin: float | None = None,
    vmax: float | None = None,
    size: float = 1.3,
) -> Figure:
    """Draw pictures in a grid, all on one scale: equal numbers look equal.

    Parameters
    ----------
    pictures
        Shape (n, height, width), (n, height, width, 1) or (n, height, width, 3).
    titles
        A title for each picture, or None.
    columns
        Pictures in a row.
    suptitle
        What is to be seen.
    cmap
        Colour map of pictures with one channel.
    vmin, vmax
        Of pictures with one channel: the numbers that get the first and the last colour of the
        map. By default 0 and 255 for whole bytes (uint8), as in every photograph, and otherwise the
        least and the greatest number in all the pictures together. Pictures with three channels
        are drawn as they are: bytes, or numbers from 0 to 1.
    size
        Width and height of a picture in inches.

    Returns
    -------
    Figure
        The figure.
    """
    pictures = np.asarray(pictures)
    least, most = (0, 255) if pictures.dtype == np.uint8 else (pictures.min(), pictures.max())
    vmin = least if vmin is None else vmin
    vmax = most if vmax is None else vmax
    rows = -(-len(pictures) // columns)
    height = size * rows * (1.25 if titles is not None else 1) + (0.5 if suptitle else 0)
    figure, axes = plt.subplots(rows, columns, figsize=(size * columns, height), squeeze=False)
    for ax in axes.flat:
        ax.axis("off")
    for number, (ax, picture) in enumerate(zip(axes.flat, pictures, strict=False)):
        ax.imshow(picture, cmap=cmap, vmin=vmin, vmax=vmax)
        if titles is not None:
            ax.set_title(titles[number], fontsize=11, loc="center")
    figure.suptitle(suptitle)
    return figure


def lines(
    curves: Mapping[str, np.ndarray],
    x: Sequence[float] | None = None,
    *,
    ax: Axes | None = None,
    levels: Mapping[str, float] | None = None,
    legend: str = "best",
    **settings: object,
) -> Axes:
    """Draw named curves, each in a colour, a line and a marker of its own.

    Parameters
    ----------
    curves
        A curve for each name: shape (points,), or (runs, points) for the mean of several runs with
        a band of ± one standard deviation.
    x
        Shape (points,); by default 1, 2, 3, … as epochs are counted.
    ax
        Where to draw; by default a new figure.
    levels
        A name and a height for each dashed grey line to compare with, such as a baseline.
    legend
        A place as in matplotlib's `legend`, or "right" for beside the figure.
    settings
        Keywords of `Axes.set`: title, xlabel, ylabel, ylim, xticks, yscale and so on.

    Returns
    -------
    Axes
        The axes drawn in.

    Raises
    ------
    ValueError
        If there are more curves than can be told apart (see `line_styles`).
    """
    ax = plt.subplots()[1] if ax is None else ax
    for name, style in line_styles(list(curves)).items():
        runs = np.atleast_2d(curves[name])
        points, mean = range(1, runs.shape[1] + 1) if x is None else x, runs.mean(axis=0)
        ax.plot(points, mean, label=name, markevery=max(1, len(mean) // 12), **style)
        if len(runs) > 1:
            sd = runs.std(axis=0, ddof=1)
            ax.fill_between(points, mean - sd, mean + sd, color=style["color"], alpha=0.2, lw=0)
    for (name, height), line in zip((levels or {}).items(), _LINES[1:], strict=False):
        ax.axhline(height, color=GREY, linestyle=line, linewidth=2, label=name)
    ax.set(**settings)
    ax.legend(**_BESIDE if legend == "right" else {"loc": legend})
    return ax


def dots(
    results: Mapping[str, Sequence[float]],
    *,
    ax: Axes | None = None,
    levels: Mapping[str, float] | None = None,
    bar: Literal["mean", "median"] = "mean",
    **settings: object,
) -> Axes:
    """Draw a row for each name, the first on top: a dot for each run, a bar at their middle.

    Parameters
    ----------
    results
        For each name the result of every run, shape (runs,).
    ax
        Where to draw; by default a new figure, high enough for the rows.
    levels
        A name and a value for each dashed grey line to compare with, such as a baseline.
    bar
        Where the bar of a row stands; a median is named in the legend.
    settings
        Keywords of `Axes.set`: title, xlabel, xlim and so on.

    Returns
    -------
    Axes
        The axes drawn in.
    """
    middle = {"mean": np.mean, "median": np.median}[bar]
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 1.4 + 0.5 * len(results)))
    for row, runs in enumerate(results.values()):
        ax.plot(runs, [row] * len(runs), "o", color=BLUE, markersize=9, alpha=0.6)
        if len(runs) > 1:
            label = bar if bar == "median" and row == 0 else None
            ax.plot(
                middle(runs), row, "|", color=INK, markersize=22, markeredgewidth=3, label=label
            )
    for (name, value), line in zip((levels or {}).items(), _LINES[1:], strict=False):
        ax.axvline(value, color=GREY, linestyle=line, linewidth=2, label=name)
    ax.set_yticks(range(len(results)), list(results))
    ax.set(ylim=(len(results) - 0.5, -0.5), **settings)
    if levels or bar == "median":
        ax.legend(**_BESIDE)
    return ax
