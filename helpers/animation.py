"""Small animations for notebooks: a player that also shows a still where scripts do not run."""

import base64
import io
import re
from collections.abc import Callable

from IPython.display import HTML
from matplotlib import pyplot as plt
from matplotlib.animation import FuncAnimation
from matplotlib.figure import Figure
from PIL import Image

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
    interval: int = 900,
    dpi: int = 64,
    still: int = -1,
) -> HTML:
    """Turn a figure and a drawing function into a player with buttons (matplotlib's jshtml).

    Parameters
    ----------
    figure
        The figure to draw in; it is closed afterwards.
    draw
        Draws frame number i (0 ≤ i < `frames`) in the figure, clearing what was there.
    frames
        The number of frames.
    interval
        Milliseconds a frame is shown.
    dpi
        Dots per inch of the frames: with many frames, fewer dots.
    still
        The frame that is shown before the player starts and where scripts do not run
        (GitHub, a printed page): an index as in Python, -1 is the last.

    Returns
    -------
    IPython.display.HTML
        The player, on one page with no files beside it.

    Raises
    ------
    ValueError
        If the player is larger than 300 kB: take fewer frames or fewer dots.
    """
    draw(range(frames)[still])
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=dpi)
    picture = base64.b64encode(buffer.getvalue()).decode()
    with plt.rc_context({"savefig.bbox": "standard", "savefig.dpi": dpi}):
        movie = FuncAnimation(
            figure, draw, frames=frames, interval=interval, init_func=lambda: None
        )
        html = movie.to_jshtml(default_mode="once", embed_frames=True)
    plt.close(figure)
    html = _without_network(html)
    html = re.sub(r'(<img id="_anim_img\w+")', rf'\1 src="data:image/png;base64,{picture}"', html)
    html = re.sub(r"(?<=data:image/png;base64,)[^\"]+", lambda found: _smaller(found[0]), html)
    if len(html) > MAX_BYTES:
        size = len(html) // 1000
        raise ValueError(f"the animation is {size} kB, at most {MAX_BYTES // 1000} kB: lower dpi")
    return HTML(html)


def _without_network(html: str) -> str:
    """Take out the style sheet that jshtml links to, and put plain signs on its buttons."""
    html = re.sub(r'<link rel="stylesheet"\s+href="https?://[^>]*>', "", html)
    return re.sub(r'<i class="fa ([\w -]+)"></i>', lambda found: SIGNS[found[1]], html)


def _smaller(picture: str, colours: int = 128) -> str:
    """Write a PNG (base64) with a palette of colours: a third of the bytes for a drawing."""
    with Image.open(io.BytesIO(base64.b64decode(picture))) as full:
        few = full.convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    few.save(buffer, format="png", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode()
