"""Exercises of notebook 16: max pooling, the way back, a blur for downsampling."""

import numpy as np

from helpers.check import Edit, Exercise, normal

# --- the largest of each window ---


def max_pool(X, size, stride):
    height, width = X.shape
    rows = (height - size) // stride + 1
    columns = (width - size) // stride + 1
    Y = np.zeros((rows, columns))
    for p in range(rows):
        for q in range(columns):
            top = p * stride
            left = q * stride
            window = X[top : top + size, left : left + size]
            Y[p, q] = window.max()
    return Y


def _max_pool_cases():
    tiny = np.array([[0, 2, 3, 1], [7, 5, 4, 6], [1, 8, 2, 0], [3, 2, 4, 1]])
    first = np.array([[9, 1, 3, 2], [4, 5, 0, 6], [1, 7, 2, 0], [8, 2, 4, 1]])
    small, large = normal("s t, h w", seed=1, s=3, t=5, h=7, w=9)
    large[0, 0] = -3.5
    photograph = np.random.default_rng(2).permutation(48).reshape(6, 8) * 5
    photograph[0, 0] = 0
    return {
        "windows side by side": (tiny, 2, 2),
        "the first pixel is the largest": (first, 2, 2),
        "windows that overlap": (tiny, 3, 1),
        "fractions and negative numbers": (np.round(small - 3, 1), 2, 1),
        "an edge that no window reaches": (large, 2, 2),
        "a stride larger than the window": (large, 2, 3),
        "windows of 3 with stride 2": (large, 3, 2),
        "numbers far below zero": (large - 300, 3, 2),
        "a photograph's bytes": (photograph.astype(np.uint8), 2, 2),
    }


# --- the way back ---


def max_pool_backward(X, dY, size):
    rows, columns = dY.shape
    dX = np.zeros(X.shape)
    for p in range(rows):
        for q in range(columns):
            top = p * size
            left = q * size
            window = X[top : top + size, left : left + size]
            i, j = np.unravel_index(window.argmax(), window.shape)
            dX[top + i, left + j] = dY[p, q]
    return dX


def _backward_cases():
    four = np.array([[1, 15, 14, 4], [12, 6, 7, 9], [8, 10, 11, 5], [13, 3, 2, 16]])
    of_four = np.array([[1.0, -2.0], [3.0, 0.5]])
    wide, of_wide = normal("h w, r c", seed=3, h=6, w=9, r=2, c=3)
    high, of_high = normal("h w, r c", seed=4, h=7, w=5, r=3, c=2)
    wide[0, 0] = -4
    high[0, 0] = -4
    return {
        "one window": (np.array([[1, 5], [3, 2]]), np.array([[10.0]]), 2),
        "four windows": (four, of_four, 2),
        "the first pixel is the largest": (17 - four, of_four, 2),
        "windows of 3": (wide + 5, of_wide, 3),
        "an edge that no window reaches": (high + 5, of_high, 2),
        "only negative numbers": (wide - 9, of_wide, 3),
        "a winner's value in another window": (
            np.array([[1, 5, 9, 5], [2, 3, 4, 6]]),
            np.array([[2.0, -1.0]]),
            2,
        ),
    }


# --- a blur before the stride (open: judged by what the kernel does) ---


def blur_kernel():
    row = np.array([1, 2, 1]) / 4
    return np.outer(row, row)


def _every_second(X, K):
    """Slide a kernel over an image and keep every second row and column."""
    windows = np.lib.stride_tricks.sliding_window_view(X, K.shape)
    return np.einsum("pqij,ij->pq", windows, K)[::2, ::2]


def _numbers(K):
    return np.asarray(K, float)


def _is_a_kernel(K):
    K = _numbers(K)
    if K.ndim != 2 or K.shape[0] != K.shape[1]:
        return f"The kernel has the shape {K.shape}: a square is wanted."
    if not 2 <= len(K) <= 5:
        return f"The kernel is {len(K)}×{len(K)}: 2×2 to 5×5 is wanted."
    if not np.isfinite(K).all():
        return "Not all of the numbers are finite."
    return None


def _a_wall_stays(K):
    said = _every_second(np.ones((16, 16)), _numbers(K))[0, 0]
    if not np.isclose(said, 1, atol=1e-3):
        return f"A wall of ones becomes {said:.3g}. What must the weights add up to?"
    return None


def _stripes_vanish(K):
    odd = np.arange(16) % 2
    patterns = {
        "upright stripes": np.tile(odd, (16, 1)),
        "lying stripes": np.tile(odd, (16, 1)).T,
        "the fields of a chessboard": (odd[:, None] + odd) % 2,
    }
    for name, pattern in patterns.items():
        said = [_every_second(X, _numbers(K))[0, 0] for X in (pattern, 1 - pattern)]
        if not np.allclose(said, 0.5, atol=1e-3):
            return (
                f"One pixel wide, {name} give {said[0]:.3g}, moved by a pixel {said[1]:.3g}; "
                f"even grey, 0.5, is wanted. How much weight lies on every second "
                "row or column?"
            )
    return None


def _line(place, upright):
    X = np.zeros((24, 24))
    X[:, place] = 1
    return X if upright else X.T


def _lines_move_by_half(K):
    for upright in (True, False):
        centres = []
        for place in range(10, 14):
            said = _every_second(_line(place, upright), _numbers(K))
            row = said[0] if upright else said[:, 0]
            centres.append(row @ np.arange(len(row)) / row.sum())
        steps = np.diff(centres)
        if not np.allclose(steps, 0.5, atol=1e-2):
            name = "An upright" if upright else "A lying"
            shown = ", ".join(f"{step:.2f}" for step in steps)
            return (
                f"{name} line that moves pixel by pixel moves by {shown} cells; 0.5 each time is "
                "wanted. Which weights may two neighbouring cells give the same line?"
            )
    return None


def _waves_stay(K):
    wave = np.tile(np.cos(np.arange(64) * np.pi / 4), (64, 1))
    still = np.tile(np.sin(np.arange(64) * np.pi / 4), (64, 1))
    for turn in (np.asarray, np.transpose):
        parts = [_every_second(turn(X), _numbers(K))[0, 0] for X in (wave, still)]
        left = np.hypot(*parts)
        if left < 0.7:
            return f"Of a wave 8 pixels long {left:.0%} is left, less than 70 %: it blurs too much."
    return None


EXERCISES = (
    Exercise(
        max_pool,
        cases=_max_pool_cases,
        mistakes=(
            Edit(
                "window.max()",
                "window.mean()",
                "this is the mean of each window; max pooling keeps the largest number.",
            ),
            Edit(
                "window.max()",
                "window.argmax()",
                "this is where the largest number stands in its window, not how large it is.",
            ),
            Edit(
                "X[top : top + size, left : left + size]",
                "X[top : top + size - 1, left : left + size - 1]",
                "the last row and column of each window are missing: a slice ends *before* the "
                "number after the colon.",
            ),
            Edit(
                "window.max()",
                "max(0, window.max())",
                "negative numbers have become 0, as in a running maximum that starts at 0. What "
                "is the largest of −4 and −1?",
            ),
            Edit(
                "window.max()",
                "np.abs(window).max()",
                "the largest *absolute* value is not the largest value: look at the signs.",
            ),
            Edit(
                "height, width = X.shape",
                "height, width = X.shape\n    stride = 1",
                "the window moves by 1 pixel; the next one begins `stride` pixels further on.",
            ),
            Edit(
                "height, width = X.shape",
                "height, width = X.shape\n    stride = size",
                "the window moves by its own width. Size and stride are two numbers: windows may "
                "overlap, or leave gaps.",
            ),
            Edit(
                "(height - size) // stride + 1\n    columns = (width - size) // stride + 1",
                "-(-(height - size) // stride) + 1\n    columns = -(-(width - size) // stride) + 1",
                "there are too many windows: only those count that lie in X entirely.",
            ),
            Edit(
                "(height - size) // stride + 1\n    columns = (width - size) // stride + 1",
                "-(-height // stride)\n    columns = -(-width // stride)",
                "a window begins at every `stride`-th pixel here, up to the edge. The last of them "
                "hang over it, and only those count that lie in X entirely.",
            ),
            Edit(
                "(height - size) // stride + 1\n    columns = (width - size) // stride + 1",
                "(height - size) // stride\n    columns = (width - size) // stride",
                "the last window is missing, downwards and to the right. How often does a window "
                "of 2 with stride 2 fit into 4 pixels, and what does your formula say?",
            ),
            Edit(
                "height, width = X.shape",
                "width, height = X.shape",
                "right where X is square: height and width have changed places. Which of the two "
                "comes first in X.shape?",
            ),
            Edit(
                "X[top : top + size, left : left + size]",
                "X[top : top + stride, left : left + stride]",
                "right where size and stride are the same: a window ends `size` pixels after it "
                "begins, wherever the next one begins.",
            ),
            Edit(
                "top = p * stride\n            left = q * stride",
                "top = p\n            left = q",
                "there are as many windows as there should be, but they begin at (p, q), one pixel "
                "apart. Where should window (p, q) begin?",
            ),
        ),
        hints=(
            "How many windows of 3 fit into 7 pixels, if each begins 2 after the one before? Draw "
            "it, then find the formula for any three numbers.",
            "Window (0, 0) begins at pixel (0, 0). At which row and column does window (p, q) "
            "begin, and where does it end?",
            "Go through all windows by row and column, cut each out of X, and keep one number of "
            "it.",
        ),
    ),
    Exercise(
        max_pool_backward,
        cases=_backward_cases,
        mistakes=(
            Edit(
                "dX[top + i, left + j] = dY[p, q]",
                "dX[top : top + size, left : left + size] = dY[p, q]",
                "every pixel of a window gets the whole gradient. If a pixel that is not the "
                "largest grows a little, does the output change?",
            ),
            Edit(
                "dX[top + i, left + j] = dY[p, q]",
                "dX[top : top + size, left : left + size] = dY[p, q] / size**2",
                "the gradient is divided among the window, as average pooling does. Which pixel "
                "made the output of max pooling?",
            ),
            Edit(
                "= dY[p, q]",
                "= 1",
                "the winners are found, but each gets 1. By the chain rule a winner gets the "
                "gradient that arrives at its output.",
            ),
            Edit(
                "= dY[p, q]",
                "= window.max()",
                "these are the largest values themselves, which is the forward pass. On the way "
                "back the numbers of dY travel.",
            ),
            Edit(
                "= dY[p, q]",
                "= dY[p, q] * window.max()",
                "the gradient is multiplied by the winner's value. The derivative of the maximum "
                "with respect to its winner is 1, whatever its value.",
            ),
            Edit(
                "dX[top + i, left + j]",
                "dX[top, left]",
                "the gradient always goes to the window's first pixel; it belongs to the largest.",
            ),
            Edit(
                "dX[top + i, left + j]",
                "dX[top + j, left + i]",
                "the winner's row and column have changed places inside the window: check the "
                "order in which you turn the place of the maximum into a row and a column.",
            ),
            Edit(
                "np.unravel_index(window.argmax(), window.shape)",
                "divmod(window.argmax(), 2)",
                "right for windows of 2 only: a row of a window is `size` numbers long.",
            ),
            Edit(
                "dX[top + i, left + j]",
                "dX[X == window.max()]",
                "the winner's value is looked for in all of X, and stands in another window too: "
                "compare inside the window only.",
            ),
            Edit(
                "i, j = np.unravel_index(window.argmax(), window.shape)\n            "
                "dX[top + i, left + j] = dY[p, q]",
                "dX += (X == window.max()) * dY[p, q]",
                "the winner's value is looked for in all of X, and stands in another window too: "
                "compare inside the window only.",
            ),
            Edit(
                "dX[top + i, left + j] = dY[p, q]",
                "dX[top + i, left + j] = dY[p, q] * (window.max() > 0)",
                "a winner that is not positive gets nothing. The largest of −4 and −1 is −1, and "
                "it wins like any other.",
            ),
            Edit(
                "dX[top + i, left + j]",
                "dX[i, j]",
                "all gradients land in the first window. The place of the winner was found inside "
                "its window: where is that in X?",
            ),
            Edit(
                "top = p * size\n            left = q * size",
                "top = p\n            left = q",
                "the windows are taken one pixel apart, but the stride equals `size`. Where does "
                "window (p, q) begin?",
            ),
            Edit(
                "np.zeros(X.shape)",
                "np.zeros((rows * size, columns * size))",
                "dX is smaller than X. The gradient of a pixel that is in no window is zero, but "
                "it has one.",
            ),
            Edit(
                "np.zeros(X.shape)",
                "np.zeros_like(X)",
                "dX has the type of X: where X holds whole numbers, the fractions of dY are cut "
                "off. Which type makes room for them?",
            ),
        ),
        hints=(
            "Start with zeros everywhere: most pixels are losers.",
            "Take the windows one by one, as in exercise 1. In each, find where the largest number "
            "stands, not how large it is.",
            "argmax counts through the window row by row. How do you get a row and a column out of "
            "that number, and how the place in X?",
        ),
    ),
    Exercise(
        blur_kernel,
        cases=lambda: {"": ()},
        mistakes=(),
        hints=(
            "One row is enough at first: which weights does a line meet in its own cell, and which "
            "in the next? The windows begin two pixels apart.",
            "Between two cells a line should be shared: half and half. On a cell's middle it "
            "should belong to that cell alone. Try three weights.",
            "A kernel for rows and one for columns make a square: the entry (i, j) is the product "
            "of two weights.",
        ),
        goals={
            "a square of 2 to 5 numbers a side": _is_a_kernel,
            "a white wall stays white": _a_wall_stays,
            "the finest patterns become even grey": _stripes_vanish,
            "a thin line moves by half a cell for each pixel": _lines_move_by_half,
            "broad patterns are kept": _waves_stay,
        },
    ),
)
