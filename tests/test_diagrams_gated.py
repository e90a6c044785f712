"""The drawings of the gated cells, computed as graphs, are Keras's cells; all lies on the page."""

import keras
import matplotlib as mpl
import numpy as np
import pytest
from matplotlib import pyplot as plt

from helpers.diagrams.gated import (
    GRU_EDGES,
    GRU_NODES,
    LSTM_EDGES,
    LSTM_NODES,
    WALK,
    gru_cell,
    lstm_cell,
    lstm_numbers,
    lstm_walk,
)


@pytest.fixture
def ax():
    mpl.use("Agg")
    figure, ax = plt.subplots(figsize=(9, 4.5))
    yield ax
    plt.close(figure)


def computed(nodes, edges, given, weights):
    """Compute every node of a drawing from what enters it, as its sign says."""
    values = dict(given)

    def value(name):
        if name not in values:
            entering = [edge.tail for edge in edges if edge.head == name]
            assert entering, f"nothing enters {name}"
            values[name] = operate(name, nodes[name], {tail: value(tail) for tail in entering})
        return values[name]

    def operate(name, node, entering):
        if node.kind == "gate":
            W_x, W_h, b = weights[name]
            state = entering.pop(next(tail for tail in entering if not tail.startswith("x_")))
            (x_t,) = entering.values()
            total = x_t @ W_x + state @ W_h + b
            return np.tanh(total) if "tanh" in node.text else 1 / (1 + np.exp(-total))
        operation = {
            "×": lambda a, b: a * b,
            "+": lambda a, b: a + b,
            "1 −": lambda a: 1 - a,
            "tanh": np.tanh,
        }.get(node.text, lambda a: a)
        return operation(*entering.values())

    for name in nodes:
        value(name)
    return values


def drawn_and_keras_s(cell, nodes, edges, blocks, states):
    rng = np.random.default_rng(0)
    cell.build((None, 2))
    cell.set_weights([rng.normal(size=w.shape) for w in cell.get_weights()])
    W_x, W_h, b = (np.split(w, len(blocks), axis=-1) for w in cell.get_weights())
    weights = dict(zip(blocks, zip(W_x, W_h, b, strict=True), strict=True))
    x_t = rng.normal(size=(4, 2)).astype("float32")
    old = {name: rng.normal(size=(4, 3)).astype("float32") for name in states}
    given = {**old, **{name: x_t for name in nodes if name.startswith("x_")}}
    return computed(nodes, edges, given, weights), cell(x_t, list(old.values()))


def test_the_lstm_s_drawing_is_keras_s_cell():
    cell = keras.layers.LSTMCell(3)
    drawn, (_, (h_t, c_t)) = drawn_and_keras_s(cell, LSTM_NODES, LSTM_EDGES, "ifgo", "hc")
    np.testing.assert_allclose(drawn["h_t"], h_t, atol=1e-5)
    np.testing.assert_allclose(drawn["c_t"], c_t, atol=1e-5)


def test_the_gru_s_drawing_is_keras_s_cell():
    cell = keras.layers.GRUCell(3, reset_after=False)
    drawn, (h_t, _) = drawn_and_keras_s(cell, GRU_NODES, GRU_EDGES, "zrg", "h")
    np.testing.assert_allclose(drawn["h_t"], h_t, atol=1e-5)


def test_the_numbers_of_the_walk_are_those_of_the_drawing():
    W_x, W_h, b = np.random.default_rng(0).normal(size=(3, 4))
    numbers = lstm_numbers(0.3, -0.4, 1.2, W_x, W_h, b)
    weights = {gate: (W_x[[k]][None], W_h[[k]][None], b[[k]]) for k, gate in enumerate("ifgo")}
    given = {name: np.array([[numbers[name]]]) for name in ("c", "h", "x_f", "x_i", "x_g", "x_o")}
    drawn = computed(LSTM_NODES, LSTM_EDGES, given, weights)
    for name, number in numbers.items():
        np.testing.assert_allclose(drawn[name], number)


def test_the_walk_ends_with_every_node_that_has_a_number(ax):
    shown = {node for _, nodes in WALK for node in nodes}
    numbers = lstm_numbers(1, 0, 0, [1] * 4, [0] * 4, [0] * 4)
    assert set(numbers) <= shown
    assert shown == set(LSTM_NODES)


def test_the_walk_is_a_player_with_a_frame_per_step():
    page = lstm_walk(1.0, 0.5, 2.0, [0.3, 0.1, -1.0, -1.5], [-0.6, 0, -0.2, 0.8], [0, 1, 0, 0]).data
    assert f'frames[{len(WALK) - 1}] = "' in page
    assert f'frames[{len(WALK)}] = "' not in page
    assert "Forget" in page  # in the text for those who cannot see it


@pytest.mark.parametrize(
    ("draw", "words", "states"),
    [
        (lstm_cell, {"forget", "input", "candidate", "output"}, {"$c_{t-1}$", "$c_t$", "$h_t$"}),
        (gru_cell, {"update", "reset", "candidate"}, {"$h_{t-1}$", "$h_t$"}),
    ],
)
def test_gates_and_states_are_named(ax, draw, words, states):
    shown = {text.get_text() for text in draw(ax).texts}
    assert words | states <= shown


@pytest.mark.parametrize("draw", [lstm_cell, gru_cell])
def test_everything_lies_inside_the_axes(ax, draw):
    draw(ax)
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    for text in ax.texts:
        x, y = text.get_position()
        assert left <= x <= right
        assert low <= y <= high
