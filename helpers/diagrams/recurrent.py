"""Drawings of recurrent networks: the cell with its loop, and the graph unrolled over time."""

from collections.abc import Collection, Sequence

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.transforms import offset_copy

from helpers.plotting import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, RED

COLOURS = {"W_xh": BLUE, "W_hh": PURPLE, "W_hy": GREEN}  # a weight has one colour everywhere
COLOURS |= {"W_ss": ORANGE, "W_sy": GREEN}  # of a decoder: its loop, its output
PALE = 0.2  # opacity of what is not computed yet
_LARGE = 18  # points: the numbers on the arrows of `rnn_numbers`

_INPUT, _STATE, _OUTPUT, _LOSS, _TOTAL = range(5)  # heights of the rows
_NARROW, _WIDE = 19, 27  # points between an arrow and the middle of a node, without and with number
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


def rnn_numbers(
    ax: Axes,
    weights: tuple[float, float, float],
    x: Sequence[float],
    wanted: Sequence[float],
    h: Sequence[float],
    *,
    active: int | None = None,
    backward: int = 0,
    uses: bool = False,
    path: tuple[int, int] | None = None,
) -> Axes:
    """Draw the numbers of both passes through a network with one unit on its unrolled graph.

    The losses are L_t = (y_t - d_t)² / 2. It is made for 3 steps on a figure 9 inches wide and
    about 5 high.

    Parameters
    ----------
    ax
        Where to draw.
    weights
        w_xh, w_hh and w_hy, written on the arrows.
    x, wanted
        Inputs x_1 … x_T and wanted outputs d_1 … d_T, shape (T,).
    h
        States h_0 … h_T, shape (T + 1,).
    active
        How many steps forward are computed; of the others, what is given is written, numbers to
        come are question marks, and the arrows are pale. By default all.
    backward
        How many steps back are computed, from the last one to the left: the errors, what each
        state hears from its loss and from the future, and what is left of it before its tanh.
    uses
        Whether to write below the states what each use of w_hh contributes to its gradient.
    path
        Steps (t, k): only the way from the loss L_t back to the use of w_hh at step k, with the
        factors of the chain rule along it.

    Returns
    -------
    Axes
        The axes drawn in. Each arrow's `gid` is its weight's name, "loss" or "gradient".
    """
    w_xh, w_hh, w_hy = weights
    steps = len(x)
    active = steps if active is None else active
    y = [w_hy * state for state in h]
    errors = [y[t] - wanted[t - 1] for t in range(1, steps + 1)]
    own, da = _scalar_gradients(w_hh, w_hy, errors, h)
    _value(ax, 0, _STATE, "h_0", f"{h[0]:g}")
    for t in range(1, steps + 1):
        alpha = 1.0 if t <= active else PALE
        known = (h[t], y[t], errors[t - 1] ** 2 / 2) if t <= active else ()
        state, output, loss = (_number(value) for value in known) if known else ("?", "?", "?")
        _value(ax, t, _INPUT, f"x_{t}", f"{x[t - 1]:g}")
        _value(ax, t, _STATE, f"h_{t}", state)
        _value(ax, t, _OUTPUT, f"y_{t}", output)
        _value(ax, t, _LOSS, f"L_{t}", loss)
        w_hh_label = _number(w_hh) if path is None or t != path[1] else f"use {t}"
        _weight(ax, (t - 1, _STATE), (t, _STATE), "W_hh", alpha, w_hh_label)
        _weight(ax, (t, _INPUT), (t, _STATE), "W_xh", alpha, _number(w_xh))
        _weight(ax, (t, _STATE), (t, _OUTPUT), "W_hy", alpha, _number(w_hy))
        _arrow(ax, (t, _OUTPUT), (t, _LOSS), GREY, alpha, gid="loss", shrink=_WIDE)
        _beside(ax, t, _LOSS - 0.5, f"$d_{t}$ = {wanted[t - 1]:g}", INK, "right")
    for t in range(steps, steps - backward, -1):
        _gradient(ax, (t, _LOSS), (t, _OUTPUT), 1.0, _number(errors[t - 1]))
        _gradient(ax, (t, _OUTPUT), (t, _STATE), 1.0, _number(own[t]))
        if t < steps:
            _gradient(ax, (t + 1, _STATE), (t, _STATE), 1.0, _number(w_hh * da[t + 1]))
        heard = own[t] + w_hh * da[t + 1]
        through = f"{_number(heard)}·{_number(1 - h[t] ** 2)}\n= {_number(da[t])}"
        _beside(ax, t, _INPUT + 0.47, _number(da[t]) if uses else through, RED)
        if uses:
            term = f"{_number(da[t])} · {_number(h[t - 1])}\n= {_number(da[t] * h[t - 1])}"
            ax.text(t - 0.5, _INPUT, term, color=COLOURS["W_hh"], fontsize=_LARGE, ha="center",
                    va="center")  # fmt: skip
    if path is not None:
        last, use = path
        _gradient(ax, (last, _LOSS), (last, _OUTPUT), 1.0, _number(errors[last - 1]))
        _gradient(ax, (last, _OUTPUT), (last, _STATE), 1.0, f"× {_number(w_hy)}")
        for j in range(last, use, -1):
            factor = (1 - h[j] ** 2) * w_hh
            _gradient(ax, (j, _STATE), (j - 1, _STATE), 1.0, f"× {_number(factor, 3)}")
        slope = (1 - h[use] ** 2) * h[use - 1]
        _gradient(ax, (use, _STATE), (use - 0.8, _STATE), 1.0, f"× {_number(slope, 3)}")
    ax.set(xlim=(-0.2, steps + 0.62), ylim=(-0.3, _LOSS + 0.3))
    ax.axis("off")
    return ax


def _scalar_gradients(
    w_hh: float, w_hy: float, errors: Sequence[float], h: Sequence[float]
) -> tuple[list[float], list[float]]:
    """Give what each state hears from its own loss, and the gradient before its tanh."""
    steps = len(errors)
    own = [0.0] * (steps + 1)
    da = [0.0] * (steps + 2)
    for t in range(steps, 0, -1):
        own[t] = w_hy * errors[t - 1]
        da[t] = (own[t] + w_hh * da[t + 1]) * (1 - h[t] ** 2)
    return own, da


def _mathtext(name: str) -> str:
    head, _, index = name.rpartition("_")
    return f"${head}_{{{index}}}$" if head else f"${name}$"


def _number(value: float, decimals: int = 2) -> str:
    """Write a whole number as such, another with its decimals, and a zero without a sign."""
    rounded = round(value, decimals) + 0.0
    text = f"{rounded:.0f}" if rounded == int(rounded) else f"{rounded:.{decimals}f}"
    return text.replace("-", "−")


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


def _value(ax: Axes, x: float, y: float, name: str, value: str) -> None:
    """Draw a node with its name and, below it, its number."""
    box = {
        "boxstyle": "round,pad=0.3,rounding_size=0.4",
        "facecolor": "white" if y != _STATE else "#f1eaf0",
        "edgecolor": INK,
        "linewidth": 2,
    }
    ax.text(x, y, f"{_mathtext(name)}\n{value}", ha="center", va="center", fontsize=17, color=INK,
            linespacing=1, bbox=box, zorder=3)  # fmt: skip


def _weight(
    ax: Axes,
    tail: tuple[float, float],
    head: tuple[float, float],
    name: str,
    alpha: float,
    label: str = "",
) -> None:
    shrink = _WIDE if label else _NARROW
    _arrow(ax, tail, head, COLOURS[name], alpha, gid=name, shrink=shrink)
    x, y = (tail[0] + head[0]) / 2, (tail[1] + head[1]) / 2
    flat = tail[1] == head[1]
    where = {"xytext": (0, 5), "ha": "center", "va": "bottom"}
    if not flat:
        where = {"xytext": (-5, 0), "ha": "right", "va": "center"}
    if label:
        where |= {"fontsize": _LARGE}
    else:
        where |= {"fontsize": 15, "alpha": alpha}
    ax.annotate(label or _mathtext(name), (x, y), textcoords="offset points",
                color=COLOURS[name], **where)  # fmt: skip


def _gradient(
    ax: Axes,
    tail: tuple[float, float],
    head: tuple[float, float],
    alpha: float,
    label: str = "",
) -> None:
    """Draw a gradient beside the arrow that it goes back along: below it, or to its right."""
    flat = tail[1] == head[1]
    shrink = _WIDE if label else _NARROW
    side = (0, -9) if flat else (9, 0)
    _arrow(ax, tail, head, RED, alpha, gid="gradient", side=side, shrink=shrink)
    x, y = (tail[0] + head[0]) / 2, (tail[1] + head[1]) / 2
    if flat:
        ax.annotate(label, (x, y), xytext=(0, -16), textcoords="offset points", ha="center",
                    va="top", fontsize=_LARGE, color=RED)  # fmt: skip
    else:
        _beside(ax, x, y, label, RED)


def _beside(ax: Axes, x: float, y: float, text: str, colour: str, side: str = "left") -> None:
    """Write beside a vertical arrow; `side` is the text's edge that is next to the arrow."""
    away = 16 if side == "left" else -5
    ax.annotate(text, (x, y), xytext=(away, 0), textcoords="offset points", ha=side, va="center",
                fontsize=_LARGE, color=colour)  # fmt: skip


def _arrow(
    ax: Axes,
    tail: tuple[float, float],
    head: tuple[float, float],
    colour: str,
    alpha: float,
    *,
    gid: str,
    side: tuple[float, float] = (0, 0),
    shrink: float = _NARROW,
) -> None:
    moved = offset_copy(ax.transData, ax.figure, *side, units="points")
    dashed = {"linestyle": (0, (3, 1.5))} if gid == "gradient" else {}
    arrow = FancyArrowPatch(
        tail, head, transform=moved, shrinkA=shrink, shrinkB=shrink, arrowstyle="-|>",
        color=colour, alpha=alpha, linewidth=2.5, mutation_scale=18, gid=gid, **dashed,
    )  # fmt: skip
    ax.add_patch(arrow)
