"""The loop unfolds into one copy of the cell per step, and a weight keeps its colour."""

from collections import Counter

import pytest
from matplotlib import pyplot as plt
from matplotlib.patches import FancyArrowPatch

from helpers import plotting
from helpers.animation import MAX_BYTES
from helpers.diagrams.unrolling import unfolding, unfolding_player


@pytest.fixture
def ax():
    plotting.set_style()
    figure, ax = plt.subplots(figsize=(9, 3.8))
    yield ax
    plt.close(figure)


def arrows(ax):
    return [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]


def count(ax):
    return Counter(arrow.get_gid() for arrow in arrows(ax))


def texts(ax):
    return {text.get_text() for text in ax.texts}


def test_folded_it_is_one_cell_with_a_loop(ax):
    unfolding(ax, 4, "dios", 0)
    assert count(ax) == {"W_xh": 1, "W_hy": 1, "W_hh": 1}
    assert "$h_{t}$" in texts(ax)
    assert not {"$h_{0}$", "d"} & texts(ax)


@pytest.mark.parametrize("t", [1, 2, 4])
def test_unfolded_it_has_a_copy_per_step_and_keeps_the_loop(ax, t):
    unfolding(ax, 4, "dios", t)
    assert count(ax) == {"W_xh": t, "W_hy": t, "W_hh": t + 1}  # h_0's, those between, the loop
    assert {f"$h_{{{step}}}$" for step in range(t + 1)} <= texts(ax)
    assert set("dios"[:t]) <= texts(ax)
    assert not set("dios"[t:]) & texts(ax)


def test_a_weight_keeps_its_colour(ax):
    unfolding(ax, 4, "dios", 3.35)
    colours = {
        name: {arrow.get_edgecolor()[:3] for arrow in arrows(ax) if arrow.get_gid() == name}
        for name in ("W_xh", "W_hh", "W_hy")
    }
    assert all(len(found) == 1 for found in colours.values())
    assert len(set.union(*colours.values())) == 3


def test_a_copy_slides_from_its_neighbour_to_its_place(ax):
    places = []
    for progress in (1.55, 1.75, 2):
        ax.clear()
        unfolding(ax, 4, "dios", progress)
        places += [text.get_position()[0] for text in ax.texts if text.get_text() == "$h_{2}$"]
    assert places == pytest.approx([1.55, 1.75, 2])


def test_the_old_state_slides_out_of_the_cell(ax):
    places = []
    for progress in (0.55, 0.75, 1):
        ax.clear()
        unfolding(ax, 4, "dios", progress)
        places += [text.get_position()[0] for text in ax.texts if text.get_text() == "$h_{0}$"]
    assert places == pytest.approx([0.45, 0.25, 0])


def test_what_moves_has_no_labels_on_its_arrows(ax):
    unfolding(ax, 4, "dios", 2.55)
    labels = Counter(text.get_text() for text in ax.texts)
    assert labels["$W_{xh}$"] == labels["$W_{hy}$"] == 2
    assert count(ax)["W_xh"] == count(ax)["W_hy"] == 3


@pytest.mark.parametrize("progress", [0, 0.55, 1, 2.75, 4])
def test_the_drawing_stays_in_the_middle(ax, progress):
    unfolding(ax, 4, "dios", progress)
    nodes = [text.get_position()[0] for text in ax.texts if text.get_text().startswith("$h")]
    loop = 0.6  # how far it reaches to the right
    assert sum(ax.get_xlim()) == pytest.approx(min(nodes) + max(nodes) + loop)


def test_the_player_is_small_and_can_be_heard():
    plotting.set_style()
    page = unfolding_player("dios", alt="The loop unfolds into four copies of the cell").data
    assert 'alt="The loop unfolds into four copies of the cell"' in page
    assert len(page) <= MAX_BYTES
