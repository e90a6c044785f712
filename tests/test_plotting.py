"""The palette is told apart by every eye and in grey; the drawing functions draw what they say."""

import base64
import io
import re
from html.parser import HTMLParser

import matplotlib as mpl
import numpy as np
import pytest
from colorspacious import cspace_convert
from matplotlib import pyplot as plt
from PIL import Image

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


def test_a_median_stands_where_the_middle_run_is_and_is_named():
    ax = plotting.dots({"a": [1, 2, 9]}, levels={"guess": 2}, bar="median")
    assert ax.lines[1].get_xdata()[0] == 2
    assert "median" in [text.get_text() for text in ax.get_legend().get_texts()]


def test_images_of_bytes_are_black_at_0_and_white_at_255():
    """Or the greys 10 to 13 and 200 to 203 would look the same."""
    figure = plotting.images(np.array([[[10, 13]], [[200, 203]]], np.uint8))
    dark, light = (ax.images[0].to_rgba([[11.5]])[0, 0, 0] for ax in figure.axes[:2])
    assert dark == light == pytest.approx(11.5 / 255, abs=0.01)


def test_images_of_other_numbers_share_the_range_of_all():
    figure = plotting.images(np.array([[[-1.0, 0.0]], [[2.0, 3.0]]]))
    assert [ax.images[0].get_clim() for ax in figure.axes[:2]] == [(-1, 3), (-1, 3)]


def test_images_take_a_range():
    figure = plotting.images(np.zeros((2, 3, 3), np.uint8), vmax=10)
    assert [ax.images[0].get_clim() for ax in figure.axes[:2]] == [(0, 10), (0, 10)]


class Images(HTMLParser):
    """The attributes of each image on a page."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag == "img":
            self.found.append(dict(attributes))


@pytest.fixture
def shown(monkeypatch):
    """What was displayed, a mime bundle for each output."""
    bundles = []
    monkeypatch.setattr(plotting, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


def pixels(source):
    return Image.open(io.BytesIO(base64.b64decode(source.partition("base64,")[2])))


def test_show_gives_the_figure_with_its_text_and_closes_it(shown):
    plotting.set_style()
    plt.plot([1, 2])
    plotting.show('A line <rises> from "1" to 2')
    assert plt.get_fignums() == []
    assert set(shown[0]) == {"text/html", "text/plain"}
    assert shown[0]["text/plain"] == 'A line <rises> from "1" to 2'
    (image,) = Images(shown[0]["text/html"]).found
    assert image["alt"] == 'A line <rises> from "1" to 2'
    picture = pixels(image["src"])
    assert picture.mode == "P"
    assert int(image["width"]) == pytest.approx(9 * 80, abs=40)
    assert picture.width == pytest.approx(1.5 * int(image["width"]), abs=1)


def test_show_gives_each_open_figure(shown):
    for _ in range(2):
        plt.figure()
    plotting.show("An empty figure")
    alts = [Images(bundle["text/html"]).found[0]["alt"] for bundle in shown]
    assert alts == ["An empty figure (1 of 2)", "An empty figure (2 of 2)"]


def test_show_without_a_figure_or_a_text_says_what_to_do(shown):
    with pytest.raises(ValueError, match="draw it in the same cell"):
        plotting.show("A line that rises")
    plt.figure()
    with pytest.raises(ValueError, match="say what is to be seen"):
        plotting.show(" ")
    assert shown == []


def test_fewer_colours_move_no_pixel_of_a_drawing_far():
    figure, ax = plt.subplots()
    ax.plot([1, 3, 2])
    ax.imshow([[1, 2], [3, 4]])
    buffer = io.BytesIO()
    figure.savefig(buffer)
    few = plotting.palette_png(buffer.getvalue())
    before, after = (
        np.asarray(Image.open(png).convert("RGB"), int) for png in (buffer, io.BytesIO(few))
    )
    assert np.abs(before - after).max() <= 3
    assert len(few) < 0.6 * len(buffer.getvalue())


def player(frames, dpi=40):
    figure, ax = plt.subplots(figsize=(3, 2))
    alt = 'A line that grows "step" by step'
    return animation.player(figure, lambda i: ax.plot([0, i]), frames, alt=alt, dpi=dpi)


def test_a_player_has_its_frames_and_waits_at_the_first_with_its_text():
    page = player(3).data
    frames = re.findall(r'frames\[\d\] = "(.*?)"', page)
    assert len(set(frames)) == 3
    (image,) = Images(page).found
    assert image["src"] == frames[0]
    assert image["alt"] == 'A line that grows "step" by step'


def test_a_player_names_every_control():
    page = player(2).data
    controls = re.findall(r"<(?:button|input)\b[^>]*>", page)
    assert len(controls) == 13
    for control in controls:
        name = re.search(r' id="(.*?)"', control)
        assert "aria-label=" in control or f'<label for="{name[1]}"' in page, control


def test_a_player_needs_no_network():
    page = player(2).data
    assert not re.search(r"(src|href)=.http", page)
    for sign in animation.SIGNS.values():
        assert sign in page


def test_a_player_that_is_too_large(monkeypatch):
    monkeypatch.setattr(animation, "MAX_BYTES", 9_000)
    with pytest.raises(ValueError, match="at most 9 kB: lower dpi"):
        player(3)
