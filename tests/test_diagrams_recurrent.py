"""The drawings of recurrent networks show what was asked for."""

from collections import Counter

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.patches import FancyArrowPatch

from helpers import plotting
from helpers.diagrams.recurrent import (
    PALE,
    encoder_decoder,
    no_loop,
    rnn_cell,
    rnn_graph,
    rnn_numbers,
)


@pytest.fixture
def ax():
    plotting.set_style()
    figure, ax = plt.subplots(figsize=(9, 5.5))
    yield ax
    plt.close(figure)


def arrows(ax, gid=None):
    found = [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]
    return [arrow for arrow in found if gid in (None, arrow.get_gid())]


def count(ax):
    return Counter(arrow.get_gid() for arrow in arrows(ax))


def texts(ax):
    return Counter(text.get_text() for text in ax.texts)


def strong(ax, gid):
    return sum(arrow.get_alpha() == 1 for arrow in arrows(ax, gid))


def test_every_step_repeats_the_three_weights(ax):
    rnn_graph(ax, 4)
    assert count(ax) == {"W_xh": 4, "W_hh": 4, "W_hy": 4}
    for weight, label in (("W_xh", "$W_{xh}$"), ("W_hh", "$W_{hh}$"), ("W_hy", "$W_{hy}$")):
        assert texts(ax)[label] == 4
        assert len({arrow.get_edgecolor() for arrow in arrows(ax, weight)}) == 1
    assert len({arrow.get_edgecolor() for arrow in arrows(ax)}) == 3


def test_only_some_steps_read_and_write(ax):
    rnn_graph(ax, 5, reads=[1, 2, 3], writes=[5])
    assert count(ax) == {"W_xh": 3, "W_hh": 5, "W_hy": 1}
    assert texts(ax)["$x_{3}$"] == 1
    assert texts(ax)["$x_{4}$"] == 0
    assert texts(ax)[r"$\hat{y}_{5}$"] == 1


def test_steps_not_computed_yet_are_pale(ax):
    rnn_graph(ax, 5, active=2)
    assert [strong(ax, weight) for weight in ("W_xh", "W_hh", "W_hy")] == [2, 2, 2]
    alphas = {text.get_text(): text.get_alpha() for text in ax.texts if "h_{" in text.get_text()}
    assert (alphas["$h_{2}$"], alphas["$h_{3}$"]) == (1, PALE)


def test_nothing_is_computed_before_the_first_frame(ax):
    rnn_graph(ax, 3, active=0, losses=True)
    assert all(arrow.get_alpha() == PALE for arrow in arrows(ax))


def test_losses_are_summed(ax):
    rnn_graph(ax, 3, writes=[2, 3], losses=True)
    assert count(ax)["loss"] == 4
    assert texts(ax)["$L$"] == texts(ax)["$L_{2}$"] == 1
    assert texts(ax)["$L_{1}$"] == 0


def test_gradients_go_down_and_from_right_to_left(ax):
    rnn_graph(ax, 4, backward=True, losses=True)
    assert count(ax)["gradient"] == 4 + 4 + 3
    for arrow in arrows(ax, "gradient"):
        (x_tail, y_tail), (x_head, y_head) = arrow._posA_posB
        assert (x_head < x_tail and y_head == y_tail) or (x_head == x_tail and y_head < y_tail)
        assert arrow.get_edgecolor()[:3] == pytest.approx(
            plt.matplotlib.colors.to_rgb(plotting.RED)
        )


def test_gradients_are_computed_from_the_last_step(ax):
    rnn_graph(ax, 4, backward=True, losses=True, active=2)
    assert strong(ax, "gradient") == 2 + 2 + 1
    assert strong(ax, "W_hh") == 4


def test_the_rolled_up_cell_has_one_of_each_weight(ax):
    rnn_cell(ax, output="y")
    assert count(ax) == {"W_xh": 1, "W_hh": 1, "W_hy": 1}
    assert {"$x_{t}$", "$h_{t}$", "$y_{t}$"} <= set(texts(ax))


def test_without_a_loop_there_is_no_state_to_hand_on(ax):
    no_loop(ax, output="y")
    assert count(ax) == {"W_xh": 1, "W_hy": 1}
    assert {"$x$", "$h$", "$y$"} <= set(texts(ax))


def test_a_decoder_begins_with_the_last_state_and_reads_nothing(ax):
    encoder_decoder(ax, 3, output="y")
    assert count(ax) == {"W_xh": 3, "W_hh": 3, "W_ss": 3, "W_sy": 3}
    assert max(arrow._posA_posB[1][0] for arrow in arrows(ax, "W_xh")) == 3
    (begin, _), (first, _) = arrows(ax, "W_ss")[0]._posA_posB
    assert (begin, first) == (3, 4)


@pytest.mark.parametrize("losses", [False, True])
def test_nothing_overlaps_at_six_steps_on_nine_inches(ax, losses):
    rnn_graph(ax, 6, losses=losses)
    ax.figure.canvas.draw()
    boxes = [(text.get_text(), text.get_window_extent()) for text in ax.texts]
    for number, (one, box) in enumerate(boxes):
        for other, second in boxes[:number]:
            assert not box.overlaps(second), f"{one} overlaps {other}"


REMEMBERS = ((np.log(3) / 2, np.log(3), 2.0), (1, 0, 0), (0, 2, 3), (0, 0.5, 0.5, 0.5))


def test_the_numbers_of_the_forward_pass_stand_in_the_nodes(ax):
    rnn_numbers(ax, *REMEMBERS)
    written = texts(ax)
    assert written["$h_{3}$\n0.50"] == written["$y_{3}$\n1"] == written["$L_{3}$\n2"] == 1
    assert written["1.10"] == written["0.55"] == written["2"] == 3
    assert count(ax) == {"W_xh": 3, "W_hh": 3, "W_hy": 3, "loss": 3}


def test_numbers_not_computed_yet_are_question_marks(ax):
    rnn_numbers(ax, *REMEMBERS, active=1)
    assert texts(ax)["$h_{1}$\n0.50"] == texts(ax)["$h_{2}$\n?"] == texts(ax)["$L_{3}$\n?"] == 1


def test_the_future_comes_back_with_its_number(ax):
    rnn_numbers(ax, *REMEMBERS, backward=2)
    assert count(ax)["gradient"] == 2 + 2 + 1
    assert texts(ax)["−3.30"] == texts(ax)["−5.30·0.75\n= −3.97"] == 1


def test_the_uses_add_up_to_the_measured_slope(ax):
    weights, x, wanted, h = REMEMBERS
    rnn_numbers(ax, weights, x, wanted, h, backward=3, uses=True)
    terms = [text.split("= ")[1] for text in texts(ax) if "= " in text and "d_" not in text]
    total = sum(float(term.replace("−", "-")) for term in terms)

    def loss(w_hh):
        state, total = 0.0, 0.0
        for x_t, d_t in zip(x, wanted, strict=True):
            state = np.tanh(weights[0] * x_t + w_hh * state)
            total += (weights[2] * state - d_t) ** 2 / 2
        return total

    slope = (loss(weights[1] + 1e-5) - loss(weights[1] - 1e-5)) / 2e-5
    assert total == pytest.approx(slope, abs=0.01)


def test_one_path_multiplies_to_its_blame(ax):
    rnn_numbers(ax, *REMEMBERS, path=(3, 2))
    assert count(ax)["gradient"] == 4
    factors = [text[2:] for text in texts(ax) if text.startswith("× ")]
    product = -2 * np.prod([float(factor) for factor in factors])
    assert product == pytest.approx(-4 * 0.75 * np.log(3) * 0.375, abs=0.001)
    assert texts(ax)["use 2"] == 1


@pytest.mark.parametrize(
    "shown", [{"backward": 3}, {"backward": 3, "uses": True}, {"path": (3, 1)}]
)
def test_the_numbers_do_not_overlap(ax, shown):
    rnn_numbers(ax, *REMEMBERS, **shown)
    ax.figure.canvas.draw()
    boxes = [(text.get_text(), text.get_window_extent()) for text in ax.texts]
    for number, (one, box) in enumerate(boxes):
        for other, second in boxes[:number]:
            assert not box.overlaps(second), f"{one} overlaps {other}"
