"""The drawings of the gated cells show every gate with its task, and the state's road."""

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from helpers.diagrams.gated import gru_cell, lstm_cell


@pytest.fixture
def ax():
    mpl.use("Agg")
    figure, ax = plt.subplots(figsize=(9, 4.5))
    yield ax
    plt.close(figure)


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
