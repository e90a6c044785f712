"""The drawing of a residual block has the shortcut, and nothing after F's last normalisation."""

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt

from helpers.diagrams.residual import residual_block


@pytest.fixture
def ax():
    mpl.use("Agg")
    figure, ax = plt.subplots(figsize=(10, 3.4))
    yield ax
    plt.close(figure)


def test_the_last_box_before_the_sum_is_a_normalisation_and_the_relu_stands_behind_it(ax):
    placed = {(text.get_text(), text.get_position()) for text in residual_block(ax).texts}
    sum_at = next(x for text, (x, _) in placed if text == "+")
    boxes = sorted((x, text) for text, (x, _) in placed if "norm" in text or text == "ReLU")
    before = [text for x, text in boxes if x < sum_at]
    after = [text for x, text in boxes if x > sum_at]
    assert before[-1].endswith("norm")
    assert after == ["ReLU"]


def test_everything_lies_inside_the_axes(ax):
    residual_block(ax)
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    for text in ax.texts:
        x, y = text.get_position()
        assert left <= x <= right
        assert low <= y <= high
