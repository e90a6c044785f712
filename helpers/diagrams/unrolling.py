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
    PALE,
    _mathtext,
    _node,
    _weight,
)
from helpers.plotting import INK

_EDGE = 0.2  # from the middle of a state to its edge, in steps
_LOOP = ((_EDGE, 0.09), (0.95, 0.85), (0.95, -0.85), (_EDGE, -0.09))  # a cubic Bézier curve
_STRAIGHT = ((_EDGE, 0.0), (0.4, 0.0), (0.6, 0.0), (1 - _EDGE, 0.0))
_BETWEEN = (0.35, 0.7, 1.0)  # how far a copy has come in the frames of one step


def unfolding(ax: Axes, steps: int, inputs: Sequence[str], progress: float) -> Axes:
    """Draw the cell with its loop, pulled apart as far as `progress` says.

    Every copy has the arrows W_xh and W_hy of the first, in their colours; the loop W_hh becomes
    the straight arrow from one copy to the next. The last copy keeps the loop.

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
        on its way from its neighbour's place to its own.

    Returns
    -------
    Axes
        The axes drawn in. Each arrow's `gid` is its weight's name.
    """
    apart = max(1, int(progress))
    way = progress - apart if progress > 1 else 0.0
    folded = progress == 0
    if not folded:
        _node(ax, 0, _STATE, "h_0", start=True)
        _weight(ax, (0, _STATE), (1, _STATE), "W_hh", 1.0)
    if way:
        _copy(ax, apart + way, apart + 1, inputs, PALE + (1 - PALE) * way)
    for t in range(1, apart + 1):
        _copy(ax, t, None if folded else t, inputs, 1.0)
        if t < apart:
            _weight(ax, (t, _STATE), (t + 1, _STATE), "W_hh", 1.0)
    _loop(ax, apart, way)
    ax.set(xlim=(-0.35, steps + 0.95), ylim=(-0.75, _OUTPUT + 0.4))
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
    moments = [0.0, 1.0]
    for t in range(1, steps):
        moments += [t + way for way in _BETWEEN]
    figure, ax = plt.subplots(figsize=(9, 3.8))

    def draw(frame: int) -> None:
        progress = moments[frame]
        read = -int(-progress // 1)
        ax.clear()
        unfolding(ax, steps, inputs, progress)
        ax.set_title(
            "One cell and its loop" if read == 0 else f"Step {read}: it reads {inputs[read - 1]}"
        )

    return player(figure, draw, len(moments), alt=alt, interval=700, dpi=80, colours=32)


def _copy(ax: Axes, x: float, t: int | None, inputs: Sequence[str], alpha: float) -> None:
    index = "t" if t is None else str(t)
    _node(ax, x, _STATE, f"h_{index}", alpha)
    _node(ax, x, _INPUT, f"x_{index}", alpha)
    _node(ax, x, _OUTPUT, f"y_{index}", alpha)
    _weight(ax, (x, _INPUT), (x, _STATE), "W_xh", alpha)
    _weight(ax, (x, _STATE), (x, _OUTPUT), "W_hy", alpha)
    if t is not None:
        ax.text(x, -0.55, inputs[t - 1], ha="center", va="center", fontsize=18, color=INK,
                alpha=alpha)  # fmt: skip


def _loop(ax: Axes, x: float, way: float) -> None:
    """Draw W_hh as a loop (`way` 0), as a straight arrow to the next state (1), or between."""
    points = [
        (x + (1 - way) * loop[0] + way * line[0], _STATE + (1 - way) * loop[1] + way * line[1])
        for loop, line in zip(_LOOP, _STRAIGHT, strict=True)
    ]
    curve = Path(points, [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
    colour = COLOURS["W_hh"]
    arrow = FancyArrowPatch(
        path=curve, arrowstyle="-|>", color=colour, linewidth=2.5, mutation_scale=18, gid="W_hh"
    )
    ax.add_patch(arrow)
    ax.text(x + 0.5, _STATE + 0.08 + 0.42 * (1 - way), _mathtext("W_hh"), ha="center",
            va="bottom", fontsize=15, color=colour)  # fmt: skip
