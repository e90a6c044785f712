"""Drawings of recurrent networks: the cell with its loop, and the graph unrolled over time."""

from collections.abc import Collection

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.transforms import offset_copy

from helpers.plotting import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, RED

COLOURS = {"W_xh": BLUE, "W_hh": PURPLE, "W_hy": GREEN}  # a weight has one colour everywhere
COLOURS |= {"W_ss": ORANGE, "W_sy": GREEN}  # of a decoder: its loop, its output
PALE = 0.2  # opacity of what is not computed yet

_INPUT, _STATE, _OUTPUT, _LOSS, _TOTAL = range(5)  # heights of the rows
_SHAPES = {_STATE: "round,pad=0.45,rounding_size=0.4", _TOTAL: "round,pad=0.35"}


def rnn_graph(
    ax: Axes,
    steps: int,
    *,
    reads: Collection[int] | None = None,
    writes: Collection[int] | None = None,
    active: int | None = None,
    backward: bool = False,
    losses: bool = False,
    output: str = r"\hat{y}",
) -> Axes:
    """Draw the graph of a recurrent network unrolled over time.

    Every step repeats the arrows W_xh, W_hh and W_hy: same weight, same colour, same label.
    It is made for up to 6 steps on a figure 9 inches wide; allow about 1.1 inches of height a row
    (3 rows, 5 with `losses`).

    Parameters
    ----------
    ax
        Where to draw.
    steps
        The number of time steps, t = 1 … steps.
    reads
        Steps that have an input x_t; by default all.
    writes
        Steps that have an output; by default all.
    active
        How many steps are computed; the others are drawn pale. By default all. With `backward`
        it counts the steps whose gradient is computed, from the last one to the left.
    backward
        Whether to draw the gradients: red and dashed, downwards and from right to left.
    losses
        Whether to draw a loss L_t above each output, and their sum L.
    output
        Name of the output in mathtext: "y" where it is not compared with a target.

    Returns
    -------
    Axes
        The axes drawn in. Each arrow's `gid` is its weight's name, "loss" or "gradient".
    """
    every = range(1, steps + 1)
    reads, writes = (set(every if chosen is None else chosen) for chosen in (reads, writes))
    active = steps if active is None else active
    forward = steps if backward else active
    _node(ax, 0, _STATE, "h_0", start=True)
    for t in every:
        alpha = 1.0 if t <= forward else PALE
        _node(ax, t, _STATE, f"h_{t}", alpha)
        _weight(ax, (t - 1, _STATE), (t, _STATE), "W_hh", alpha)
        if t in reads:
            _node(ax, t, _INPUT, f"x_{t}", alpha)
            _weight(ax, (t, _INPUT), (t, _STATE), "W_xh", alpha)
        if t in writes:
            _node(ax, t, _OUTPUT, f"{output}_{t}", alpha)
            _weight(ax, (t, _STATE), (t, _OUTPUT), "W_hy", alpha)
        if losses and t in writes:
            _node(ax, t, _LOSS, f"L_{t}", alpha)
            _arrow(ax, (t, _OUTPUT), (t, _LOSS), GREY, alpha, gid="loss")
            _arrow(ax, (t, _LOSS), ((steps + 1) / 2, _TOTAL), GREY, alpha, gid="loss")
        if backward:
            alpha = 1.0 if t > steps - active else PALE
            if losses and t in writes:
                _gradient(ax, (t, _LOSS), (t, _OUTPUT), alpha)
            if t in writes:
                _gradient(ax, (t, _OUTPUT), (t, _STATE), alpha)
            if t < steps:
                _gradient(ax, (t + 1, _STATE), (t, _STATE), alpha)
    if losses:
        _node(ax, (steps + 1) / 2, _TOTAL, "L", 1.0 if forward == steps else PALE)
    top = _TOTAL if losses else _OUTPUT
    ax.set(xlim=(-0.35, steps + 0.5), ylim=(-0.4, top + 0.4))
    ax.axis("off")
    return ax


def no_loop(ax: Axes, *, output: str = r"\hat{y}") -> Axes:
    """Draw an ordinary network: one input, one hidden layer, one output, and no state.

    Parameters
    ----------
    ax
        Where to draw; about 3.3 inches high.
    output
        Name of the output in mathtext.

    Returns
    -------
    Axes
        The axes drawn in.
    """
    _node(ax, 0, _INPUT, "x")
    _node(ax, 0, _STATE, "h")
    _node(ax, 0, _OUTPUT, output)
    _weight(ax, (0, _INPUT), (0, _STATE), "W_xh", 1.0)
    _weight(ax, (0, _STATE), (0, _OUTPUT), "W_hy", 1.0)
    ax.set(xlim=(-0.6, 0.5), ylim=(-0.4, _OUTPUT + 0.4))
    ax.axis("off")
    return ax


def encoder_decoder(ax: Axes, steps: int, *, output: str = r"\hat{y}") -> Axes:
    """Draw an encoder that reads everything and a decoder that then writes as many outputs.

    The encoder has the states h_t and the weights W_xh, W_hh; the decoder has the states s_t and
    weights of its own, W_ss and W_sy. It begins with the encoder's last state and reads nothing.

    Parameters
    ----------
    ax
        Where to draw; 9 inches wide and 3.3 high for 3 steps.
    steps
        The number of steps that are read, and of those that are written.
    output
        Name of the output in mathtext.

    Returns
    -------
    Axes
        The axes drawn in. Each arrow's `gid` is its weight's name.
    """
    _node(ax, 0, _STATE, "h_0", start=True)
    for t in range(1, steps + 1):
        _node(ax, t, _STATE, f"h_{t}")
        _weight(ax, (t - 1, _STATE), (t, _STATE), "W_hh", 1.0)
        _node(ax, t, _INPUT, f"x_{t}")
        _weight(ax, (t, _INPUT), (t, _STATE), "W_xh", 1.0)
    for t in range(1, steps + 1):
        place = steps + t
        _node(ax, place, _STATE, f"s_{t}")
        _weight(ax, (place - 1, _STATE), (place, _STATE), "W_ss", 1.0)
        _node(ax, place, _OUTPUT, f"{output}_{t}")
        _weight(ax, (place, _STATE), (place, _OUTPUT), "W_sy", 1.0)
    ax.set(xlim=(-0.35, 2 * steps + 0.5), ylim=(-0.4, _OUTPUT + 0.4))
    ax.axis("off")
    return ax


def rnn_cell(ax: Axes, *, output: str = r"\hat{y}") -> Axes:
    """Draw the cell of a recurrent network rolled up: the state feeds itself in a loop.

    Parameters
    ----------
    ax
        Where to draw; about 5 inches wide and 3.3 high.
    output
        Name of the output in mathtext.

    Returns
    -------
    Axes
        The axes drawn in.
    """
    _node(ax, 0, _INPUT, "x_t")
    _node(ax, 0, _STATE, "h_t")
    _node(ax, 0, _OUTPUT, f"{output}_t")
    _weight(ax, (0, _INPUT), (0, _STATE), "W_xh", 1.0)
    _weight(ax, (0, _STATE), (0, _OUTPUT), "W_hy", 1.0)
    loop = FancyArrowPatch(
        (0, _STATE + 0.13), (0, _STATE - 0.13), shrinkA=19, shrinkB=19, arrowstyle="-|>",
        connectionstyle="arc,angleA=0,armA=75,angleB=0,armB=75,rad=8",  # in points, as the box is
        color=COLOURS["W_hh"], linewidth=2.5, mutation_scale=18, gid="W_hh",
    )  # fmt: skip
    ax.add_patch(loop)
    label = f"{_mathtext('W_hh')}, one step later"
    ax.annotate(label, (0, _STATE), xytext=(82, 0), textcoords="offset points", va="center",
                fontsize=15, color=COLOURS["W_hh"])  # fmt: skip
    ax.set(xlim=(-0.6, 2), ylim=(-0.4, _OUTPUT + 0.4))
    ax.axis("off")
    return ax


def _mathtext(name: str) -> str:
    head, _, index = name.rpartition("_")
    return f"${head}_{{{index}}}$" if head else f"${name}$"


def _node(ax: Axes, x: float, y: float, name: str, alpha: float = 1.0, start: bool = False) -> None:
    box = {
        "boxstyle": _SHAPES.get(y, "circle,pad=0.25"),
        "facecolor": "white" if y != _STATE else "#f1eaf0",
        "edgecolor": INK,
        "linewidth": 0 if start else 2,
        "alpha": alpha,
    }
    if start:
        box["facecolor"] = "none"
    ax.text(x, y, _mathtext(name), ha="center", va="center", fontsize=17, color=INK,
            alpha=alpha, bbox=box, zorder=3)  # fmt: skip


def _weight(
    ax: Axes, tail: tuple[float, float], head: tuple[float, float], name: str, alpha: float
) -> None:
    _arrow(ax, tail, head, COLOURS[name], alpha, gid=name)
    x, y = (tail[0] + head[0]) / 2, (tail[1] + head[1]) / 2
    flat = tail[1] == head[1]
    where = {"xytext": (0, 5), "ha": "center", "va": "bottom"}
    if not flat:
        where = {"xytext": (-5, 0), "ha": "right", "va": "center"}
    ax.annotate(_mathtext(name), (x, y), textcoords="offset points", fontsize=15,
                color=COLOURS[name], alpha=alpha, **where)  # fmt: skip


def _gradient(ax: Axes, tail: tuple[float, float], head: tuple[float, float], alpha: float) -> None:
    """Draw a gradient beside the arrow that it goes back along: below it, or to its right."""
    side = (0, -9) if tail[1] == head[1] else (9, 0)
    _arrow(ax, tail, head, RED, alpha, gid="gradient", side=side)


def _arrow(
    ax: Axes,
    tail: tuple[float, float],
    head: tuple[float, float],
    colour: str,
    alpha: float,
    *,
    gid: str,
    side: tuple[float, float] = (0, 0),
) -> None:
    moved = offset_copy(ax.transData, ax.figure, *side, units="points")
    dashed = {"linestyle": (0, (3, 1.5))} if gid == "gradient" else {}
    arrow = FancyArrowPatch(
        tail, head, transform=moved, shrinkA=19, shrinkB=19, arrowstyle="-|>", color=colour,
        alpha=alpha, linewidth=2.5, mutation_scale=18, gid=gid, **dashed,
    )  # fmt: skip
    ax.add_patch(arrow)
