"""The loop of a recurrent network, folded and pulled apart into one copy of the cell per step."""

from collections.abc import Sequence

from IPython.display import HTML
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from helpers.animation import player
from helpers.diagrams.recurrent import (
    _INPUT,
    _OUTPUT,
    _STATE,
    COLOURS,
    _arrow,
    _mathtext,
    _node,
    _weight,
)
from helpers.plotting import INK

_EDGE = 0.2  # from the middle of a state to its edge, in steps
_LOOP = ((_EDGE, 0.09), (0.95, 0.85), (0.95, -0.85), (_EDGE, -0.09))  # a cubic Bézier curve
_BETWEEN = (0.55, 0.75, 1.0)  # how far a copy has come in the frames of one step


def unfolding(ax: Axes, steps: int, inputs: Sequence[str], progress: float) -> Axes:
    """Draw the cell with its loop, pulled apart as far as `progress` says.

    Every copy has the arrows W_xh and W_hy of the first, in their colours. The last copy keeps the
    loop W_hh; what it leaves behind is the straight arrow from one state to the next. What is on
    its way has no labels on its arrows yet. The drawing is in the middle of the axes throughout.

    Parameters
    ----------
    ax
        Where to draw: 9 inches wide and 3.8 high for 4 steps.
    steps
        The most copies there is room for.
    inputs
        What is read at each step, written below x_1, x_2, …; shape (steps,).
    progress
        0: the folded cell. t: the copies 1 … t stand apart. Between t and t + 1 the copy t + 1 is
        on its way from its neighbour's place to its own; between 0 and 1 it is the old state h_0
        that slides out of the cell, to the left.

    Returns
    -------
    Axes
        The axes drawn in. Each arrow's `gid` is its weight's name.
    """
    apart, way = int(progress), progress % 1
    last = max(1.0, progress)
    first = 1 - min(1.0, progress)
    if progress > 0:
        _node(ax, first, _STATE, "h_0", start=True)
        _link(ax, first, 1, moving=progress < 1)
    for t in range(1, apart + 1):
        _copy(ax, t, t, inputs)
        if t < apart:
            _link(ax, t, t + 1)
    if apart == 0:
        _copy(ax, 1, 1 if way else None, inputs)
    elif way:
        _link(ax, apart, last, moving=True)
        _copy(ax, last, apart + 1, inputs, moving=True)
    _loop(ax, last)
    middle = (first + last + 0.6) / 2
    width = steps + 1.3
    ax.set(xlim=(middle - width / 2, middle + width / 2), ylim=(-0.75, _OUTPUT + 0.4))
    ax.axis("off")
    return ax


def unfolding_player(inputs: Sequence[str], *, alt: str) -> HTML:
    """Show how the loop unfolds, a copy of the cell for each input.

    Parameters
    ----------
    inputs
        What is read at each step, such as the letters of a word.
    alt
        What is to be seen, in a sentence.

    Returns
    -------
    IPython.display.HTML
        The player.
    """
    steps = len(inputs)
    moments = [0.0]
    for t in range(steps):
        moments += [t + way for way in _BETWEEN]
    figure, ax = plt.subplots(figsize=(9, 3.8))

    def draw(frame: int) -> None:
        progress = moments[frame]
        read = -int(-progress // 1)
        ax.clear()
        unfolding(ax, steps, inputs, progress)
        title = f"Step {read}: it reads {inputs[read - 1]}" if read else "One cell and its loop"
        if progress == steps:
            title += " (the loop stays: there may always be one more step)"
        ax.set_title(title)

    return player(figure, draw, len(moments), alt=alt, interval=700, dpi=80, colours=32)


def _copy(ax: Axes, x: float, t: int | None, inputs: Sequence[str], moving: bool = False) -> None:
    index = "t" if t is None else str(t)
    for row, name in ((_STATE, "h"), (_INPUT, "x"), (_OUTPUT, "y")):
        _node(ax, x, row, f"{name}_{index}")
    draw = _bare if moving else _labelled
    for tail, name in ((_INPUT, "W_xh"), (_STATE, "W_hy")):
        draw(ax, (x, tail), (x, tail + 1), name)
    if t is not None:
        ax.text(x, -0.55, inputs[t - 1], ha="center", va="center", fontsize=18, color=INK)


def _link(ax: Axes, old: float, new: float, moving: bool = False) -> None:
    """Draw W_hh from one state to the next."""
    draw = _bare if moving else _labelled
    draw(ax, (old, _STATE), (new, _STATE), "W_hh")


def _labelled(ax: Axes, tail: tuple[float, float], head: tuple[float, float], name: str) -> None:
    _weight(ax, tail, head, name, 1.0)


def _bare(ax: Axes, tail: tuple[float, float], head: tuple[float, float], name: str) -> None:
    _arrow(ax, tail, head, COLOURS[name], 1.0, gid=name)


def _loop(ax: Axes, x: float) -> None:
    curve = Path(
        [(x + across, _STATE + up) for across, up in _LOOP],
        [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4],
    )
    colour = COLOURS["W_hh"]
    arrow = FancyArrowPatch(
        path=curve, arrowstyle="-|>", color=colour, linewidth=2.5, mutation_scale=18, gid="W_hh"
    )
    ax.add_patch(arrow)
    ax.text(x + 0.5, _STATE + 0.5, _mathtext("W_hh"), ha="center", va="bottom", fontsize=15,
            color=colour)  # fmt: skip
