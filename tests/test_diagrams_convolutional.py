"""The sliding window: what a frame shows, and that it refuses to draw what is not so."""

import itertools

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import same_color
from numpy.lib.stride_tricks import sliding_window_view

from helpers.animation import MAX_BYTES
from helpers.diagrams.convolutional import (
    channels_frame,
    channels_player,
    share_frame,
    share_player,
    sweep_player,
    window_frame,
    window_player,
)
from helpers.plotting import SKY

X = np.array([[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]])
K = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
Y = np.array([[4, 3, 4], [2, 4, 3], [2, 3, 4]])
A = np.arange(16).reshape(4, 4)


@pytest.fixture
def figure():
    figure = plt.figure(figsize=(9, 4.2))
    yield figure
    plt.close(figure)


def numbers(ax):
    return [text.get_text() for text in ax.texts]


def frame(ax):
    (patch,) = (patch for patch in ax.patches if patch.get_gid() == "frame")
    column, row = patch.get_xy()
    return row + 0.5, column + 0.5, patch.get_height(), patch.get_width()


def tinted(ax):
    """Cells (row, column) that the window covers."""
    patches = [patch for patch in ax.patches if same_color(patch.get_facecolor(), SKY)]
    return [(round(patch.get_y() + 0.5), round(patch.get_x() + 0.5)) for patch in patches]


def equation(figure):
    return figure.texts[0].get_text()


def test_a_frame_shows_the_window_the_weights_and_the_sum(figure):
    window_frame(figure, X, Y, 1, 2, kernel=K)
    left, middle, right = figure.axes
    assert numbers(left) == [str(value) for value in X.flat]
    assert numbers(middle) == [str(value) for value in K.flat]
    assert frame(left) == (1, 2, 3, 3)
    assert frame(right) == (1, 2, 1, 1)
    assert equation(figure) == "1·1 + 1·0 + 0·1 + 1·0 + 1·1 + 1·0 + 1·1 + 1·0 + 0·1 = 3"


def test_the_output_is_filled_in_up_to_the_current_entry(figure):
    window_frame(figure, X, Y, 1, 0, kernel=K)
    assert numbers(figure.axes[2]) == ["4", "3", "4", "2"]
    assert [ax.get_title() for ax in figure.axes] == [
        "input X (5 × 5)",
        "kernel K (3 × 3)",
        "output Y (3 × 3)",
    ]


def test_drawing_again_replaces_the_frame(figure):
    window_frame(figure, X, Y, 0, 0, kernel=K)
    window_frame(figure, X, Y, 2, 2, kernel=K)
    assert len(figure.axes) == 3 and len(figure.texts) == 1
    assert len(numbers(figure.axes[2])) == 9


@pytest.mark.parametrize(
    ("operation", "Y", "text"),
    [
        ("max", [[5, 7], [13, 15]], "max(8, 9, 12, 13) = 13"),
        ("mean", [[2.5, 4.5], [10.5, 12.5]], "(8 + 9 + 12 + 13) / 4 = 10.50"),
        ("sum", [[10, 18], [42, 50]], "8 + 9 + 12 + 13 = 42"),
    ],
)
def test_pooling(figure, operation, Y, text):
    window_frame(figure, A, np.array(Y), 1, 0, size=2, stride=2, operation=operation)
    left, _ = figure.axes
    assert frame(left) == (2, 0, 2, 2)
    assert equation(figure) == text


def test_dilation_covers_every_second_cell(figure):
    dilated = np.array([[X[i : i + 5 : 2, j : j + 5 : 2].sum() for j in (0,)] for i in (0,)])
    window_frame(figure, X, dilated, 0, 0, kernel=np.ones((3, 3), int), dilation=2)
    assert tinted(figure.axes[0]) == [(r, c) for r in (0, 2, 4) for c in (0, 2, 4)]
    assert frame(figure.axes[0]) == (0, 0, 5, 5)


def test_padding_is_grey_where_the_window_is_not(figure):
    padded = np.pad(X, 1)
    same = (sliding_window_view(padded, (3, 3)) * K).sum((2, 3))
    window_frame(figure, padded, same, 4, 4, kernel=K, padding=1)
    left, _, _ = figure.axes
    grey = [patch for patch in left.patches if same_color(patch.get_facecolor(), "#e4e4ea")]
    assert len(grey) == 7 * 7 - 5 * 5
    assert frame(left) == (4, 4, 3, 3)


def test_decimals_and_minus_signs(figure):
    values, kernel = np.array([[0.5, -2.0], [1.257, 3.0]]), np.array([[1.0, 0.5], [0.0, -1.0]])
    window_frame(figure, values, np.array([[-3.5]]), 0, 0, kernel=kernel)
    assert numbers(figure.axes[0]) == ["0.50", "−2", "1.26", "3"]
    assert equation(figure) == "0.50·1 + (−2)·0.50 + 1.26·0 + 3·(−1) = −3.50"


@pytest.mark.parametrize("shape", [(3, 3), (5, 5), (9, 9)])
def test_cells_have_one_size_and_titles_do_not_overlap(figure, shape):
    image = np.ones(shape, int)
    result = sliding_window_view(image, (3, 3)).sum((2, 3))
    window_frame(figure, image, result, 0, 0, kernel=np.ones((3, 3), int))
    figure.canvas.draw()
    sizes = [ax.get_window_extent().width / np.ptp(ax.get_xlim()) for ax in figure.axes]
    assert np.ptp(sizes) < 0.5
    titles = [ax.title.get_window_extent() for ax in figure.axes]
    assert titles[0].x0 >= 0 and titles[-1].x1 <= figure.bbox.width
    assert all(a.x1 < b.x0 for a, b in itertools.pairwise(titles))


def test_a_long_equation_is_broken_and_stays_in_the_figure(figure):
    rng = np.random.default_rng(0)
    values, kernel = -rng.random((5, 5)), -rng.random((5, 5))
    result = np.array([[(values * kernel).sum()]])
    window_frame(figure, values, result, 0, 0, kernel=kernel)
    figure.canvas.draw()
    box = figure.texts[0].get_window_extent()
    assert box.x0 >= 0 and box.x1 <= figure.bbox.width
    assert box.y0 >= 0 and box.y1 <= figure.axes[0].get_window_extent().y0
    assert len(equation(figure).splitlines()) > 1


@pytest.mark.parametrize(
    ("arguments", "options", "words"),
    [
        ((X, Y, 0, 0), {}, "kernel, or the size"),
        ((X, Y, 0, 0), {"kernel": K, "size": 3}, "not both"),
        ((X, Y, 3, 0), {"kernel": K}, "not in an output"),
        ((X, Y, 0, -1), {"kernel": K}, "not in an output"),
        ((X, Y, 2, 2), {"kernel": K, "stride": 2}, "leaves the input"),
        ((X, Y + 1, 0, 0), {"kernel": K}, r"Y\[0, 0\] is 5"),
    ],
)
def test_what_is_not_so_is_refused(figure, arguments, options, words):
    with pytest.raises(ValueError, match=words):
        window_frame(figure, *arguments, **options)


def test_the_player_has_a_frame_for_each_entry_and_is_small():
    html = window_player(X, Y, kernel=K, alt="The window slides over X and fills Y").data
    assert html.count("frames[") >= Y.size
    assert "frames[8]" in html and "frames[9]" not in html
    assert len(html) < MAX_BYTES / 2
    assert not plt.get_fignums()


def test_the_sweep_has_a_frame_for_each_neuron_and_is_small():
    boot = np.random.default_rng(0).random((14, 14))
    map_ = np.random.default_rng(1).normal(size=(6, 6))
    html = sweep_player(boot, map_, 4, 2, alt="The window sweeps over the boot").data
    assert "frames[35]" in html and "frames[36]" not in html
    assert len(html) < MAX_BYTES
    assert not plt.get_fignums()


R = np.array([[1, 0, 0], [0, 0, 2], [-1, 0, 0]])
DIGITS = np.arange(1, 10).reshape(3, 3)


def test_each_entry_of_r_gives_its_share_to_its_window(figure):
    share_frame(figure, R, DIGITS, 0, 0)
    shares = np.zeros((5, 5), int)
    shares[:3, :3] = DIGITS
    assert numbers(figure.axes[2]) == [str(value) for value in shares.flat]
    share_frame(figure, R, DIGITS, 1, 2)
    shares[1:4, 2:5] += 2 * DIGITS
    assert numbers(figure.axes[2]) == [str(value) for value in shares.flat]
    assert frame(figure.axes[2]) == (1, 2, 3, 3)
    assert equation(figure) == "this entry of R adds 2 · K to its window"


def test_the_last_frame_of_shares_is_the_true_convolution_with_a_border(figure):
    share_frame(figure, R, DIGITS, 2, 2)
    turned = DIGITS[::-1, ::-1]
    gradient = (sliding_window_view(np.pad(R, 2), (3, 3)) * turned).sum((2, 3))
    assert numbers(figure.axes[2]) == [str(value).replace("-", "−") for value in gradient.flat]


IMAGE = np.stack([X, np.eye(5, dtype=int), np.tri(5, dtype=int)], axis=-1)
FILTERS = np.random.default_rng(0).integers(-1, 2, (3, 3, 3, 2))
BIASES = np.array([1, -2])
MAPS = np.einsum("ijcmn,mncf->ijf", sliding_window_view(IMAGE, (3, 3), axis=(0, 1)), FILTERS)
MAPS = MAPS + BIASES


@pytest.mark.parametrize("number", [0, 1])
def test_partial_sums_of_the_channels_and_the_bias_make_one_number(figure, number):
    channels_frame(figure, IMAGE, FILTERS, BIASES, MAPS, 1, 0, number)
    parts = (IMAGE[1:4, 0:3] * FILTERS[..., number]).sum((0, 1))
    *arrows, last = [text.get_text().replace("−", "-") for text in figure.texts]
    assert arrows == [f"→ {part}" for part in parts]
    assert last.endswith(f"= {MAPS[1, 0, number]}")
    assert figure.axes[1].get_title() == f"filter {number}, red"
    assert frame(figure.axes[0]) == (1, 0, 3, 3)


def test_maps_are_filled_in_place_by_place_at_each_filter_by_filter(figure):
    channels_frame(figure, IMAGE, FILTERS, BIASES, MAPS, 1, 0, 0)
    assert [len(numbers(ax)) for ax in figure.axes[-2:]] == [4, 3]
    channels_frame(figure, IMAGE, FILTERS, BIASES, MAPS, 1, 0, 1)
    assert [len(numbers(ax)) for ax in figure.axes[-2:]] == [4, 4]


def test_a_map_that_is_not_so_is_refused(figure):
    with pytest.raises(ValueError, match=r"Y\[0, 0, 1\] is"):
        channels_frame(figure, IMAGE, FILTERS, BIASES, MAPS + 1, 0, 0, 1)


def test_the_other_players_have_their_frames_and_are_small():
    for html, frames in (
        (share_player(R, DIGITS, alt="Shares add up to the gradient"), R.size),
        (channels_player(IMAGE, FILTERS, BIASES, MAPS, alt="Two filters, three channels"), 18),
    ):
        assert f"frames[{frames - 1}]" in html.data and f"frames[{frames}]" not in html.data
        assert len(html.data) < MAX_BYTES
    assert not plt.get_fignums()
