"""The palette is told apart by every eye and in grey; the drawing functions draw what they say."""

import re

import matplotlib as mpl
import numpy as np
import pytest
from colorspacious import cspace_convert
from matplotlib import pyplot as plt

from helpers import animation, plotting


@pytest.fixture(autouse=True)
def agg():
    mpl.use("Agg")
    yield
    plt.close("all")


COLOURS = np.array([mpl.colors.to_rgb(colour) for colour in plotting.PALETTE.values()])
PAIRS = np.triu_indices(len(COLOURS), 1)


def seen_by(eyes):
    """The palette as it looks to deuteranopes or protanopes (Machado, Oliveira, Fernandes 2009)."""
    if eyes == "normal":
        return COLOURS
    space = {"name": "sRGB1+CVD", "cvd_type": eyes, "severity": 100}
    return np.clip(cspace_convert(COLOURS, space, "sRGB1"), 0, 1)


@pytest.mark.parametrize("eyes", ["normal", "deuteranomaly", "protanomaly"])
def test_every_pair_of_colours_is_told_apart(eyes):
    places = cspace_convert(seen_by(eyes), "sRGB1", "CAM02-UCS")
    distance = np.linalg.norm(places[:, None] - places[None], axis=-1)[PAIRS]
    assert distance.min() > 15


def test_the_palette_is_a_ladder_of_greys():
    lightness = cspace_convert(COLOURS, "sRGB1", "CAM02-UCS")[:, 0]
    assert np.diff(lightness).min() > 6


def test_the_distance_test_fails_on_red_and_green():
    pair = np.array([[0.8, 0.2, 0.2], [0.36, 0.47, 0.1]])
    space = {"name": "sRGB1+CVD", "cvd_type": "deuteranomaly", "severity": 100}
    places = cspace_convert(cspace_convert(pair, space, "sRGB1"), "sRGB1", "CAM02-UCS")
    assert np.linalg.norm(places[0] - places[1]) < 15


@pytest.mark.parametrize("name", [plotting.SEQUENTIAL])
def test_the_sequential_map_is_even(name):
    """Lightness rises in equal steps: no band looks like an edge."""
    places = cspace_convert(mpl.colormaps[name](np.linspace(0, 1, 32))[:, :3], "sRGB1", "CAM02-UCS")
    steps = np.diff(places[:, 0])
    assert steps.min() > 0
    assert steps.max() < 2.5 * steps.min()


def test_line_styles_differ_in_colour_dash_and_marker():
    styles = plotting.line_styles(list("abcdefg"))
    for key in ("color", "linestyle", "marker"):
        assert len({str(style[key]) for style in styles.values()}) == 7
    with pytest.raises(ValueError, match="8 lines"):
        plotting.line_styles(list("abcdefgh"))


def test_matrix_writes_every_number_in_readable_ink():
    ax = plotting.matrix(np.array([[0, 255], [10, 200]]), "pixels")
    assert [text.get_text() for text in ax.texts] == ["0", "255", "10", "200"]
    assert ax.get_title(loc="left") == "pixels" or ax.get_title() == "pixels"
    dark, light = ax.texts[0].get_color(), ax.texts[1].get_color()
    assert (dark, light) == ("white", "black")


def test_matrix_names_its_rows_and_columns():
    ax = plotting.matrix(np.eye(2), names=["cat", "dog"])
    for axis in (ax.xaxis, ax.yaxis):
        assert [label.get_text() for label in axis.get_ticklabels()] == ["cat", "dog"]


def test_matrix_of_the_wrong_shape():
    with pytest.raises(ValueError, match="2 axes"):
        plotting.matrix(np.zeros(3))


def test_images_in_a_grid():
    figure = plotting.images(np.zeros((5, 4, 4, 1)), list("abcde"), columns=3, suptitle="five")
    assert [len(ax.images) for ax in figure.axes] == [1, 1, 1, 1, 1, 0]
    assert figure.axes[4].get_title() == "e"


def test_lines_of_several_runs_are_their_mean_with_a_band_of_one_standard_deviation():
    ax = plotting.lines({"runs": np.array([[0.0, 2.0], [2.0, 2.0]])}, [1, 2])
    np.testing.assert_allclose(ax.lines[0].get_ydata(), [1, 2])
    edge = ax.collections[0].get_paths()[0].vertices
    assert edge[:, 1].max() == pytest.approx(1 + np.sqrt(2))


def test_lines_count_epochs_from_one_and_name_curves_and_levels():
    ax = plotting.lines({"a": [3, 2, 1], "b": [1, 1, 1]}, levels={"none": 4}, title="a falls")
    np.testing.assert_array_equal(ax.lines[0].get_xdata(), [1, 2, 3])
    np.testing.assert_array_equal(ax.lines[2].get_ydata(), [4, 4])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["a", "b", "none"]
    assert ax.get_title(loc="left") == "a falls" or ax.get_title() == "a falls"


def test_a_legend_on_the_right_stands_beside_the_axes():
    ax = plotting.lines({"a": [1, 2]}, legend="right")
    ax.figure.canvas.draw()
    assert ax.get_legend().get_window_extent().x0 >= ax.get_window_extent().x1


def test_dots_have_a_row_a_name_with_every_run_and_the_mean():
    ax = plotting.dots({"a": [1, 3], "b": [4, 4, 4]}, levels={"guess": 2}, xlabel="error")
    np.testing.assert_array_equal(ax.lines[0].get_xdata(), [1, 3])
    assert [line.get_xdata()[0] for line in ax.lines[1::2]][:2] == [2, 4]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["a", "b"]
    top, bottom = (line.get_ydata()[0] for line in (ax.lines[0], ax.lines[2]))
    assert ax.transData.transform((0, top))[1] > ax.transData.transform((0, bottom))[1]


def player(frames, dpi=40):
    figure, ax = plt.subplots(figsize=(3, 2))
    return animation.player(figure, lambda i: ax.plot([0, i]), frames, dpi=dpi)


def test_a_player_has_its_frames_and_a_still():
    page = player(3).data
    assert page.count("frames[") >= 3
    assert '<img id="_anim_img' in page
    still = page.split('<img id="_anim_img')[1].split(">")[0]
    assert 'src="data:image/png;base64,' in still


def test_a_player_needs_no_network():
    page = player(2).data
    assert not re.search(r"(src|href)=.http", page)
    for sign in animation.SIGNS.values():
        assert sign in page


def test_a_player_that_is_too_large():
    with pytest.raises(ValueError, match="at most 300 kB"):
        player(30, dpi=200)
