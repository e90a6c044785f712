"""Small animations for notebooks: a player that shows a frame where scripts do not run."""

import base64
import html
import re
from collections.abc import Callable

from IPython.display import HTML
from matplotlib import pyplot as plt
from matplotlib.animation import FuncAnimation
from matplotlib.figure import Figure

from helpers.plotting import palette_png

MAX_BYTES = 300_000
# matplotlib's buttons take their signs from a font on the network: plain characters instead
SIGNS = {
    "fa-minus": "−",
    "fa-fast-backward": "|◀",
    "fa-step-backward": "‹",
    "fa-play fa-flip-horizontal": "◀",
    "fa-pause": "‖",
    "fa-play": "▶",
    "fa-step-forward": "›",
    "fa-fast-forward": "▶|",
    "fa-plus": "+",
}


def player(
    figure: Figure,
    draw: Callable[[int], object],
    frames: int,
    *,
    alt: str,
    interval: int = 900,
    dpi: int = 64,
    colours: int = 256,
) -> HTML:
    """Turn a figure and a drawing function into a player with buttons (matplotlib's jshtml).

    It waits at its first frame, which is also what shows where scripts do not run (GitHub, a
    printed page).

    Parameters
    ----------
    figure
        The figure to draw in; it is closed afterwards.
    draw
        Draws frame number i (0 ≤ i < `frames`) in the figure, clearing what was there.
    frames
        The number of frames.
    alt
        What is to be seen, in a sentence, for those who cannot see it.
    interval
        Milliseconds a frame is shown.
    dpi
        Dots per inch of the frames: with many frames, fewer dots.
    colours
        Colours of a frame: 32 are enough for letters and lines, and leave room for more dots.

    Returns
    -------
    IPython.display.HTML
        The player, on one page with no files beside it.

    Raises
    ------
    ValueError
        If the player is larger than 300 kB: take fewer frames or fewer dots.
    """
    with plt.rc_context({"savefig.bbox": "standard", "savefig.dpi": dpi}):
        movie = FuncAnimation(
            figure, draw, frames=frames, interval=interval, init_func=lambda: None
        )
        page = movie.to_jshtml(default_mode="once", embed_frames=True)
    plt.close(figure)
    page = _without_network(page)
    page = re.sub(
        r"(?<=data:image/png;base64,)[^\"]+", lambda found: _smaller(found[0], colours), page
    )
    first = re.search(r'frames\[0\] = "([^"]+)"', page)[1]
    page = page.replace(
        '<img id="_anim_img', f'<img alt="{html.escape(alt)}" src="{first}" id="_anim_img'
    )
    page = page.replace('class="anim-slider"', 'class="anim-slider" aria-label="Frame"')
    if len(page) > MAX_BYTES:
        size = len(page) // 1000
        raise ValueError(f"the animation is {size} kB, at most {MAX_BYTES // 1000} kB: lower dpi")
    return HTML(page)


def _without_network(page: str) -> str:
    """Take out the style sheet that jshtml links to, and put plain signs on its buttons."""
    page = re.sub(r'<link rel="stylesheet"\s+href="https?://[^>]*>', "", page)
    return re.sub(r'<i class="fa ([\w -]+)"></i>', lambda found: SIGNS[found[1]], page)


def _smaller(picture: str, colours: int) -> str:
    return base64.b64encode(palette_png(base64.b64decode(picture), colours)).decode()
