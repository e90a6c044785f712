"""A residual block: the shortcut on top, the correction F below it, their sum."""

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from helpers.plotting import BLUE, INK, RED

_ROAD, _BELOW = 1.0, 0.0  # heights
_BOXES = ((1.5, "conv 3×3\nnorm"), (3.0, "ReLU"), (4.5, "conv 3×3\nnorm"))
_SUM = 6.2


def residual_block(ax: Axes) -> Axes:
    """Draw y = ReLU(x + F(x)), with the normalisation as the last thing in F.

    Parameters
    ----------
    ax
        Where to draw; about 10 inches wide and 3.4 high.

    Returns
    -------
    Axes
        The axes drawn in.
    """
    _arrow(ax, (0, _ROAD), (_SUM, _ROAD), RED, 5)
    _arrow(ax, (_SUM, _ROAD), (7.3, _ROAD), INK)
    _arrow(ax, (7.3, _ROAD), (8.5, _ROAD), INK)
    ax.plot([0.4, 0.4], [_ROAD, _BELOW], color=BLUE, linewidth=2.5, zorder=0)
    ax.plot([0.4, _SUM], [_BELOW, _BELOW], color=BLUE, linewidth=2.5, zorder=0)
    _arrow(ax, (_SUM, _BELOW), (_SUM, _ROAD), BLUE, tail=0)
    for x, text in _BOXES:
        _box(ax, x, _BELOW, text, BLUE)
    _box(ax, 7.3, _ROAD, "ReLU", INK)
    ax.text(_SUM, _ROAD, "+", fontsize=20, color=INK, ha="center", va="center", zorder=3,
            bbox={"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": INK,
                  "linewidth": 2})  # fmt: skip
    _name(ax, 0, _ROAD, "$x$", INK)
    _name(ax, 8.5, _ROAD, "$y$", INK)
    _name(ax, 3.0, _ROAD + 0.25, "the shortcut: $x$ as it is", RED, 16)
    _name(ax, 3.0, _BELOW - 0.5, "the correction $F(x)$: of either sign", BLUE, 16)
    ax.set(xlim=(-0.4, 8.9), ylim=(-0.75, 1.5))
    ax.axis("off")
    return ax


def _name(ax: Axes, x: float, y: float, text: str, colour: str, size: int = 20) -> None:
    box = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none"}
    ax.text(x, y, text, fontsize=size, color=colour, ha="center", va="center", bbox=box, zorder=3)


def _box(ax: Axes, x: float, y: float, text: str, colour: str) -> None:
    box = {"boxstyle": "round,pad=0.4", "facecolor": "white", "edgecolor": colour, "linewidth": 2.5}
    ax.text(x, y, text, fontsize=15, color=INK, ha="center", va="center", bbox=box, zorder=3)


def _arrow(
    ax: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    colour: str,
    width: float = 2.5,
    tail: float = 14,
) -> None:
    arrow = FancyArrowPatch(
        start, end, shrinkA=tail, shrinkB=16, arrowstyle="-|>", color=colour, linewidth=width,
        mutation_scale=18, zorder=1,
    )  # fmt: skip
    ax.add_patch(arrow)
