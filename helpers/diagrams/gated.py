"""Drawings of the gated cells, LSTM and GRU, and the walk through an LSTM step by step.

A cell is a graph: its nodes are the cell's quantities and operations, its edges say what enters
what. It is drawn from that graph alone, and a test computes the graph and gets Keras's numbers, so
the drawing cannot contradict the formula.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from IPython.display import HTML
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from helpers import animation
from helpers.plotting import BLUE, GREEN, GREY, INK, ORANGE, PURPLE, RED

# a gate has one colour everywhere, in the drawings and in the notebooks' figures
COLOURS = {"f": RED, "i": BLUE, "g": ORANGE, "o": GREEN, "z": RED, "r": PURPLE}

_FAINT = "#d8d8de"  # what is not computed yet
_ROAD, _SHOW, _MIX, _GATE, _INPUT, _BUS, _WORD = 3.9, 2.5, 2.75, 1.55, 0.8, 0.25, -0.2  # heights


@dataclass(frozen=True)
class Node:
    """A quantity or an operation of a cell.

    Attributes
    ----------
    x, y
        Its place.
    text
        What stands in it.
    kind
        "state", "input", "gate" (a box that weighs what enters it and squashes the sum) or
        "operation".
    word
        The name that stands below a gate.
    number
        Where its number stands, seen from its middle.
    """

    x: float
    y: float
    text: str
    kind: str = "operation"
    word: str = ""
    number: tuple[float, float] = (0.0, 0.42)


@dataclass(frozen=True)
class Edge:
    """What enters what.

    Attributes
    ----------
    tail, head
        Names of nodes.
    via
        The corner on the way, if there is one.
    colour
        Of the line.
    wide
        Whether it belongs to the state's road.
    label
        What is written above the line's end.
    """

    tail: str
    head: str
    via: tuple[tuple[float, float], ...] = ()
    colour: str = GREY
    wide: bool = False
    label: str = ""


def _gate(x: float, name: str, word: str) -> Node:
    squash = r"\tanh" if name == "g" else r"\sigma"
    return Node(x, _GATE, f"${name}_t = {squash}$", "gate", word, (0.45, 0.57))


def _input(gate_x: float) -> Node:
    return Node(gate_x + 0.3, _INPUT, "$x_t$", "input", number=(0.55, 0.0))


LSTM_NODES = {
    "c": Node(0.3, _ROAD, "$c_{t-1}$", "state"),
    "h": Node(0.3, _BUS, "$h_{t-1}$", "state"),
    "x_f": _input(2.0),
    "x_i": _input(3.8),
    "x_g": _input(5.6),
    "x_o": _input(7.4),
    "f": _gate(2.0, "f", "forget"),
    "i": _gate(3.8, "i", "input"),
    "g": _gate(5.6, "g", "candidate"),
    "o": _gate(7.4, "o", "output"),
    "keep": Node(2.0, _ROAD, "×", number=(0.8, 0.28)),
    "write": Node(4.7, _MIX, "×", number=(0.55, 0.55)),
    "add": Node(4.7, _ROAD, "+"),
    "c_t": Node(9.0, _ROAD, "$c_t$", "state"),
    "tanh": Node(7.4, 3.25, "tanh", number=(0.75, 0.0)),
    "show": Node(7.4, _SHOW, "×"),
    "h_t": Node(9.0, _SHOW, "$h_t$", "state"),
}
LSTM_EDGES = (
    *(Edge("h", gate, ((LSTM_NODES[gate].x - 0.3, _BUS),)) for gate in "figo"),
    *(Edge(f"x_{gate}", gate) for gate in "figo"),
    Edge("c", "keep", colour=INK, wide=True),
    Edge("f", "keep", colour=COLOURS["f"]),
    Edge("i", "write", ((3.8, _MIX),), COLOURS["i"]),
    Edge("g", "write", ((5.6, _MIX),), COLOURS["g"]),
    Edge("keep", "add", colour=INK, wide=True),
    Edge("write", "add", colour=INK),
    Edge("add", "c_t", colour=INK, wide=True),
    Edge("add", "tanh", ((7.4, _ROAD),), INK),
    Edge("tanh", "show", colour=INK),
    Edge("o", "show", colour=COLOURS["o"]),
    Edge("show", "h_t", colour=INK),
)

GRU_NODES = {
    "h": Node(0.3, _ROAD, "$h_{t-1}$", "state"),
    "x_z": _input(2.0),
    "x_r": _input(3.8),
    "x_g": _input(7.2),
    "z": _gate(2.0, "z", "update"),
    "r": _gate(3.8, "r", "reset"),
    "g": _gate(7.2, "g", "candidate"),
    "keep": Node(2.0, _ROAD, "×"),
    "rest": Node(4.7, _MIX, "1 −"),
    "reset": Node(5.2, _BUS, "×"),
    "write": Node(7.2, _MIX, "×"),
    "add": Node(7.2, _ROAD, "+"),
    "h_t": Node(9.0, _ROAD, "$h_t$", "state"),
}
GRU_EDGES = (
    Edge("h", "z", ((0.3, _BUS), (1.7, _BUS))),
    Edge("h", "r", ((0.3, _BUS), (3.5, _BUS))),
    Edge("h", "reset", ((0.3, _BUS),)),
    Edge("r", "reset", ((5.2, _GATE),), COLOURS["r"]),
    Edge("reset", "g", ((6.9, _BUS),), COLOURS["r"], label=r"$r_t \odot h_{t-1}$"),
    *(Edge(f"x_{gate}", gate) for gate in "zrg"),
    Edge("h", "keep", colour=INK, wide=True),
    Edge("z", "keep", colour=COLOURS["z"]),
    Edge("z", "rest", ((2.0, _MIX),), COLOURS["z"]),
    Edge("rest", "write", colour=COLOURS["z"], label="$1 - z_t$"),
    Edge("g", "write", colour=COLOURS["g"]),
    Edge("keep", "add", colour=INK, wide=True),
    Edge("write", "add", colour=INK),
    Edge("add", "h_t", colour=INK, wide=True),
)


def lstm_cell(
    ax: Axes,
    seen: Collection[str] = tuple(LSTM_NODES),
    numbers: Mapping[str, float] | None = None,
    new: Collection[str] = (),
) -> Axes:
    """Draw one step of an LSTM: the cell state's road from c_{t-1} to c_t, and the four boxes.

    Parameters
    ----------
    ax
        Where to draw; about 9 inches wide and 4.5 high.
    seen
        Names of the nodes drawn in full; the others are faint.
    numbers
        The number that stands at a node.
    new
        Names of the nodes whose numbers are framed.

    Returns
    -------
    Axes
        The axes drawn in.
    """
    return _draw(ax, LSTM_NODES, LSTM_EDGES, seen, numbers or {}, new)


def gru_cell(ax: Axes) -> Axes:
    """Draw one step of a GRU: the state's road from h_{t-1} to h_t, and the three boxes.

    Parameters
    ----------
    ax
        Where to draw; about 9 inches wide and 4.5 high.

    Returns
    -------
    Axes
        The axes drawn in.
    """
    return _draw(ax, GRU_NODES, GRU_EDGES, tuple(GRU_NODES), {}, ())


_INPUTS = ("c", "h", "x_f", "x_i", "x_g", "x_o")
# a frame: what the cell does, and the nodes that are new in it
WALK = (
    ("1. Three things come in: the memory, the last output, the input", _INPUTS),
    ("2. Forget: which part of the memory shall stay?", ("f", "keep")),
    ("3. Propose: what could be written?", ("g",)),
    ("4. Input: how much of it is written?", ("i", "write")),
    ("5. Add: kept plus written is the new memory", ("add", "c_t")),
    ("6. Output: how much of the memory is shown?", ("tanh", "o", "show", "h_t")),
)


def lstm_walk(
    x_t: float, h: float, c: float, W_x: np.ndarray, W_h: np.ndarray, b: np.ndarray
) -> HTML:
    """Walk through one step of an LSTM with one unit: a player whose frames add a piece each.

    Parameters
    ----------
    x_t, h, c
        The input and the two old states.
    W_x, W_h, b
        The weights of the four boxes in Keras's order i, f, g, o: shape (4,) each.

    Returns
    -------
    IPython.display.HTML
        The player.
    """
    numbers = lstm_numbers(x_t, h, c, W_x, W_h, b)
    figure, ax = plt.subplots(figsize=(9, 4.7))

    def draw(frame: int) -> None:
        ax.clear()
        title, new = WALK[frame]
        seen = [node for _, nodes in WALK[: frame + 1] for node in nodes]
        shown = {node: number for node, number in numbers.items() if node in seen}
        lstm_cell(ax, seen, shown, new)
        ax.set_title(title, fontsize=17)

    steps = "; ".join(title for title, _ in WALK)
    return animation.player(
        figure, draw, len(WALK), alt=f"An LSTM cell, step by step: {steps}", interval=2500
    )


def lstm_numbers(
    x_t: float, h: float, c: float, W_x: np.ndarray, W_h: np.ndarray, b: np.ndarray
) -> dict[str, float]:
    """Give the numbers that stand in an LSTM's drawing; the arguments are those of `lstm_walk`."""
    i, f, g, o = np.asarray(W_x) * x_t + np.asarray(W_h) * h + np.asarray(b)
    i, f, o = 1 / (1 + np.exp(-np.array([i, f, o])))
    g = np.tanh(g)
    c_t = f * c + i * g
    shown = np.tanh(c_t)
    return {
        "c": c, "h": h, **dict.fromkeys(("x_f", "x_i", "x_g", "x_o"), x_t),
        "f": f, "i": i, "g": g, "o": o,
        "keep": f * c, "write": i * g, "c_t": c_t, "tanh": shown, "h_t": o * shown,
    }  # fmt: skip


def _draw(
    ax: Axes,
    nodes: Mapping[str, Node],
    edges: Collection[Edge],
    seen: Collection[str],
    numbers: Mapping[str, float],
    new: Collection[str],
) -> Axes:
    for edge in sorted(edges, key=lambda edge: {edge.tail, edge.head} <= set(seen)):
        _line(ax, edge, nodes, edge.colour if {edge.tail, edge.head} <= set(seen) else _FAINT)
    for name, node in nodes.items():
        _sign(ax, name, node, name in seen)
        if name in numbers:
            _number(ax, node, numbers[name], name in new)
    ax.set(xlim=(-0.2, 9.5), ylim=(-0.45, _ROAD + 0.75))
    ax.axis("off")
    return ax


def _line(ax: Axes, edge: Edge, nodes: Mapping[str, Node], colour: str) -> None:
    tail, head = nodes[edge.tail], nodes[edge.head]
    corners = [(tail.x, tail.y), *edge.via]
    x, y = corners[-1]
    upright = x != head.x and y != head.y  # beside the middle of a box, from below
    corners.append((x if upright else head.x, head.y))
    width = 6 if edge.wide else 2.5
    if len(corners) > 2:
        xs, ys = zip(*corners[:-1], strict=True)
        ax.plot(xs, ys, color=colour, linewidth=width, zorder=1, solid_joinstyle="round")
    short = {"gate": 23, "state": 22, "input": 12, "operation": 17}
    arrow = FancyArrowPatch(
        *corners[-2:],
        shrinkA=0 if edge.via else short[tail.kind],
        shrinkB=short[head.kind],
        arrowstyle="-|>",
        color=colour,
        linewidth=width,
        mutation_scale=26 if edge.wide else 18,
        zorder=1,
    )
    ax.add_patch(arrow)
    if edge.label:
        x = (corners[-3][0] + corners[-2][0]) / 2 if edge.via else (tail.x + head.x) / 2
        ax.text(x, corners[-2][1] + 0.22, edge.label, fontsize=15, color=colour, ha="center")


def _sign(ax: Axes, name: str, node: Node, seen: bool) -> None:
    ink = INK if seen else _FAINT
    edge = COLOURS.get(name, INK) if seen else _FAINT
    boxes = {
        "gate": {"boxstyle": "round,pad=0.4", "edgecolor": edge, "linewidth": 3},
        "operation": {"boxstyle": "circle,pad=0.2", "edgecolor": edge, "linewidth": 2},
        "state": {"boxstyle": "round,pad=0.2", "edgecolor": "none"},
        "input": {"boxstyle": "round,pad=0.05", "edgecolor": "none"},
    }
    size = {"gate": 17, "operation": 17, "state": 21, "input": 17}[node.kind]
    size = 13 if node.text == "tanh" else size
    box = {"facecolor": "white", **boxes[node.kind]}
    ax.text(
        node.x, node.y, node.text, ha="center", va="center", fontsize=size, color=ink, bbox=box,
        zorder=3,
    )  # fmt: skip
    if node.word:
        ax.text(node.x, _WORD, node.word, ha="center", va="center", fontsize=16, color=ink)


def _number(ax: Axes, node: Node, number: float, new: bool) -> None:
    right, up = node.number
    box = {"boxstyle": "round,pad=0.2", "facecolor": "#fff3c4", "edgecolor": INK}
    ax.text(
        node.x + right, node.y + up, f"{number:.2f}".replace("-", "−"), ha="center", va="center",
        fontsize=16, fontweight="bold" if new else "normal", color=INK, bbox=box if new else None,
        zorder=4,
    )  # fmt: skip
