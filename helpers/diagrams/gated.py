"""Drawings of the gated cells, LSTM and GRU: the state's road on top, the gates below it."""

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from helpers.plotting import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, RED

# a gate has one colour everywhere, in the drawings and in the notebooks' figures
COLOURS = {"f": RED, "i": BLUE, "g": ORANGE, "o": GREEN, "z": RED, "r": PURPLE}

_ROAD, _MIX, _GATE, _BUS = 3.0, 2.0, 1.0, 0.0  # heights
_LINE = 0.55  # height of the line of h and x under the gates


def lstm_cell(ax: Axes) -> Axes:
    """Draw one step of an LSTM: the cell state's road from c_{t-1} to c_t, and four gate boxes.

    Parameters
    ----------
    ax
        Where to draw; about 9 inches wide and 4.5 high.

    Returns
    -------
    Axes
        The axes drawn in.
    """
    _bus(ax, ("f", "i", "g", "o"), {"f": 1.2, "i": 2.4, "g": 3.6, "o": 5.2})
    for key, x, word in (
        ("f", 1.2, "forget"), ("i", 2.4, "input"), ("g", 3.6, "candidate"), ("o", 5.2, "output"),
    ):  # fmt: skip
        _gate(ax, key, x, word)
    _name(ax, 0, _ROAD, "$c_{t-1}$")
    _operation(ax, 1.2, _ROAD, "×")
    _operation(ax, 3.0, _ROAD, "+")
    _name(ax, 6.9, _ROAD, "$c_t$")
    _operation(ax, 3.0, _MIX, "×")
    _operation(ax, 5.2, _MIX, "×")
    _name(ax, 6.9, _MIX, "$h_t$")
    _arrow(ax, (0, _ROAD), (1.2, _ROAD), INK, 5)
    _arrow(ax, (1.2, _ROAD), (3.0, _ROAD), INK, 5)
    _arrow(ax, (3.0, _ROAD), (6.9, _ROAD), INK, 5)
    _arrow(ax, (1.2, _GATE), (1.2, _ROAD), COLOURS["f"])
    _arrow(ax, (2.4, _GATE), (3.0, _MIX), COLOURS["i"])
    _arrow(ax, (3.6, _GATE), (3.0, _MIX), COLOURS["g"])
    _arrow(ax, (3.0, _MIX), (3.0, _ROAD), COLOURS["i"])
    _arrow(ax, (5.2, _GATE), (5.2, _MIX), COLOURS["o"])
    _arrow(ax, (5.2, _ROAD), (5.2, _MIX), INK, short=0)
    ax.text(5.3, (_ROAD + _MIX) / 2 + 0.1, "tanh", fontsize=14, color=INK, va="center")
    _arrow(ax, (5.2, _MIX), (6.9, _MIX), COLOURS["o"])
    return _frame(ax)


def gru_cell(ax: Axes) -> Axes:
    """Draw one step of a GRU: the state's road from h_{t-1} to h_t, and three gate boxes.

    Parameters
    ----------
    ax
        Where to draw; about 9 inches wide and 4.5 high.

    Returns
    -------
    Axes
        The axes drawn in.
    """
    _bus(ax, ("z", "r"), {"z": 1.2, "r": 3.2}, last=5.2)
    for key, x, word in (("z", 1.2, "update"), ("r", 3.2, "reset"), ("g", 5.2, "candidate")):
        _gate(ax, key, x, word)
    _name(ax, 0, _ROAD, "$h_{t-1}$")
    _operation(ax, 1.2, _ROAD, "×")
    _operation(ax, 5.2, _ROAD, "+")
    _name(ax, 6.9, _ROAD, "$h_t$")
    _operation(ax, 5.2, _MIX, "×")
    _arrow(ax, (0, _ROAD), (1.2, _ROAD), INK, 5)
    _arrow(ax, (1.2, _ROAD), (5.2, _ROAD), INK, 5)
    _arrow(ax, (5.2, _ROAD), (6.9, _ROAD), INK, 5)
    _arrow(ax, (1.2, _GATE), (1.2, _ROAD), COLOURS["z"])
    _arrow(ax, (1.2, _GATE), (5.2, _MIX), COLOURS["z"])
    ax.text(2.5, 1.72, "$1-z$", fontsize=15, color=COLOURS["z"], ha="center", rotation=11)
    _arrow(ax, (3.2, _GATE), (4.93, _GATE), COLOURS["r"])
    ax.text(4.15, _GATE + 0.1, r"$r \odot h_{t-1}$", fontsize=14, color=COLOURS["r"], ha="center")
    _arrow(ax, (5.2, _GATE), (5.2, _MIX), COLOURS["g"])
    _arrow(ax, (5.2, _MIX), (5.2, _ROAD), COLOURS["g"])
    return _frame(ax)


def _frame(ax: Axes) -> Axes:
    ax.set(xlim=(-0.6, 7.4), ylim=(-0.35, _ROAD + 0.45))
    ax.axis("off")
    return ax


def _bus(ax: Axes, keys: tuple[str, ...], places: dict[str, float], last: float = 5.2) -> None:
    """Draw the line that carries h_{t-1} and x_t to every box."""
    _name(ax, 0, _LINE, "$h_{t-1}$")
    _name(ax, 0, _BUS, "$x_t$")
    ax.plot([0.4, last], [_LINE, _LINE], color=GREY, linewidth=2.5, zorder=0)
    ax.plot([0.4, 0.7, 0.7], [_BUS, _BUS, _LINE], color=GREY, linewidth=2.5, zorder=0)
    for x in (*(places[key] for key in keys), last):
        _arrow(ax, (x, _LINE), (x, _GATE), GREY, short=0)


def _name(ax: Axes, x: float, y: float, text: str) -> None:
    box = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none"}
    ax.text(x, y, text, ha="center", va="center", fontsize=19, color=INK, bbox=box, zorder=3)


def _operation(ax: Axes, x: float, y: float, sign: str) -> None:
    box = {"boxstyle": "circle,pad=0.15", "facecolor": "white", "edgecolor": INK, "linewidth": 2}
    ax.text(x, y, sign, ha="center", va="center", fontsize=17, color=INK, bbox=box, zorder=3)


def _gate(ax: Axes, key: str, x: float, word: str) -> None:
    squash = r"\tanh" if key == "g" else r"\sigma"
    box = {
        "boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": COLOURS[key],
        "linewidth": 3,
    }  # fmt: skip
    ax.text(x, _GATE, f"${key} = {squash}$", ha="center", va="center", fontsize=15, color=INK,
            bbox=box, zorder=3)  # fmt: skip
    ax.text(x, _BUS + 0.1, word, ha="center", va="center", fontsize=15, color=INK)


def _arrow(
    ax: Axes,
    tail: tuple[float, float],
    head: tuple[float, float],
    colour: str,
    width: float = 2.5,
    short: float = 17,
) -> None:
    arrow = FancyArrowPatch(
        tail, head, shrinkA=short, shrinkB=17, arrowstyle="-|>", color=colour, linewidth=width,
        mutation_scale=18, zorder=1,
    )  # fmt: skip
    ax.add_patch(arrow)
