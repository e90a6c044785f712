"""Exercises of notebook 14: the sliding sum, the gradient of the image, channels, a detector."""

from itertools import product

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal


def correlate(X, K):
    M, N = K.shape
    rows = X.shape[0] - M + 1
    columns = X.shape[1] - N + 1
    Y = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            window = X[i : i + M, j : j + N]
            Y[i, j] = (window * K).sum()
    return Y


def _correlate_cases():
    tiny = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]), np.array([[1.0, 0], [2, -1]])
    bytes_ = np.random.default_rng(14).integers(0, 256, (5, 6)).astype(np.uint8)
    return {
        "3 × 3 pixels, 2 × 2 weights": tiny,
        "more columns than rows": _image_and_kernel(5, 7, 3, seed=1),
        "more rows than columns": _image_and_kernel(7, 4, 2, seed=2),
        "a kernel that is not square": normal("r c, m n", seed=3, r=6, c=6, m=2, n=3),
        "a kernel as large as the image": _image_and_kernel(3, 3, 3, seed=4),
        "a photograph's bytes": (bytes_, np.array([[-1.0, 0.5], [0.25, 2]])),
    }


def _image_and_kernel(rows, columns, side, seed):
    return normal("r c, k k", seed=seed, r=rows, c=columns, k=side)


def image_gradient(R, K):
    M, N = K.shape
    rows, columns = R.shape
    dL_dX = np.zeros((rows + M - 1, columns + N - 1))
    for i in range(rows):
        for j in range(columns):
            dL_dX[i : i + M, j : j + N] += R[i, j] * K
    return dL_dX


def _gradient_cases():
    tiny = np.array([[1.0, 0], [0, 2]]), np.array([[1.0, 2], [3, 4]])
    impulse = np.zeros((3, 3))
    impulse[1, 1] = 1
    return {
        "2 × 2 entries of R, 2 × 2 weights": tiny,
        "one entry of R": (impulse, normal("k k", seed=1, k=3)[0]),
        "three by three": _image_and_kernel(3, 3, 3, seed=2),
        "more columns than rows": _image_and_kernel(3, 5, 2, seed=3),
        "a kernel that is not square": normal("r c, m n", seed=4, r=4, c=3, m=2, n=3),
        "a single window": _image_and_kernel(1, 1, 3, seed=5),
    }


def correlate_channels(X, K, b):
    k, _, _, F = K.shape
    rows = X.shape[0] - k + 1
    columns = X.shape[1] - k + 1
    Y = np.zeros((rows, columns, F))
    for i in range(rows):
        for j in range(columns):
            window = X[i : i + k, j : j + k]  # all channels
            for f in range(F):
                Y[i, j, f] = (window * K[:, :, :, f]).sum() + b[f]
    return Y


def _colour_case(rows, columns, side, channels, filters, seed):
    X, K, b = normal(
        "r c d, k k d f, f", seed=seed, r=rows, c=columns, d=channels, k=side, f=filters
    )
    return X, K, b + 3


def _channels_cases():
    X = np.array([[[1.0, 10], [2, 20]], [[3, 30], [4, 40]]])
    K = np.array([[[[1.0], [1]], [[0], [1]]], [[[0], [0]], [[2], [0]]]])
    bytes_ = np.random.default_rng(14).integers(0, 256, (4, 5, 3)).astype(np.uint8)
    return {
        "one window, two channels": (X, K, np.array([100.0])),
        "two filters": _colour_case(3, 3, 2, 1, 2, seed=1),
        "three of everything": _colour_case(5, 5, 3, 3, 3, seed=2),
        "more columns than rows": _colour_case(4, 7, 2, 4, 2, seed=3),
        "a photograph's bytes": (bytes_, *_colour_case(4, 5, 3, 3, 4, seed=4)[1:]),
    }


def cross_detector():
    K = np.array([[4, -5, 4], [-5, 4, -5], [4, -5, 4]])
    b = -18
    return K, b


ROUNDING = 1e-9  # an answer up to here counts as 0
CROSS = np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
WINDOWS = np.array(list(product((0, 1), repeat=9))).reshape(-1, 3, 3)  # all that there are


def _answers(returned, windows):
    """Give what the detector says to each window, shape (windows,)."""
    K, b = returned
    return (windows * np.asarray(K, float)).sum(axis=(1, 2)) + float(np.squeeze(b))


def _is_a_detector(returned):
    if not isinstance(returned, tuple | list) or len(returned) != 2:
        return "Return the kernel and the bias: return K, b."
    K, b = (np.asarray(value, float) for value in returned)
    if K.shape != (3, 3):
        return f"The kernel has the shape {K.shape}; it should be (3, 3)."
    if b.size != 1:
        return "The bias should be a single number."
    if not (np.isfinite(K).all() and np.isfinite(b).all()):
        return "A weight or the bias is not a finite number."
    return None


def _finds_the_cross(returned):
    answer = _answers(returned, CROSS[None])[0]
    if answer > ROUNDING:
        return None
    return f"On × the sum of the products plus b is {answer:.3g}; it should be above 0."


def _silent_on(name, *window):
    window = np.array(window)

    def goal(returned):
        answer = _answers(returned, window[None])[0]
        if answer <= ROUNDING:
            return None
        return f"On {name} it says {answer:.3g}; it should be 0 or less."

    return goal


def _only_the_cross(returned):
    said = _answers(returned, WINDOWS) > ROUNDING
    others = WINDOWS[said & (WINDOWS != CROSS).any(axis=(1, 2))]
    if not len(others):
        return None
    few = "window" if len(others) == 1 else "windows"
    return f"It also answers to {len(others)} other {few}, such as {others[0].tolist()}."


def _light_changes_nothing(returned):
    dark = _answers(returned, WINDOWS) > ROUNDING
    light = _answers(returned, WINDOWS + 1) > ROUNDING
    if (dark == light).all():
        return None
    changed = int((dark != light).sum())
    return (
        f"With 1 added to every pixel, the answer to {changed} of the 512 windows changes. What "
        "do nine equal pixels add to the sum of the products?"
    )


EXERCISES = (
    Exercise(
        correlate,
        cases=_correlate_cases,
        mistakes=(
            Edit(
                "(window * K)",
                "(window * K[::-1, ::-1])",
                "the kernel is turned round; here it lies on the image as it is: which weight "
                "meets the window's upper left pixel?",
            ),
            Edit(
                "(window * K)",
                "(window * K[::-1])",
                "the kernel lies upside down: which row of weights meets the window's first row?",
            ),
            Edit(
                "(window * K).sum()",
                "(window @ K).sum()",
                "@ is a matrix product, rows times columns: here each weight is multiplied by the "
                "one pixel that lies under it.",
            ),
            Edit(
                "(window * K).sum()",
                "(window * K).mean()",
                "the products are averaged; they are added up.",
            ),
            Edit(
                "(window * K).sum()",
                "(window * K).max()",
                "only the largest product is kept; they are added up.",
            ),
            Edit(
                BODY,
                """
                M, N = K.shape
                rows = X.shape[0] - M
                columns = X.shape[1] - N
                Y = np.zeros((rows, columns))
                for i in range(rows):
                    for j in range(columns):
                        Y[i, j] = (X[i : i + M, j : j + N] * K).sum()
                return Y
                """,
                "the last row and column of the map are missing: how many windows of 3 cells fit "
                "in 3 cells?",
            ),
            Edit(
                BODY,
                """
                M, N = K.shape
                rows = X.shape[0] // M
                columns = X.shape[1] // N
                Y = np.zeros((rows, columns))
                for i in range(rows):
                    for j in range(columns):
                        Y[i, j] = (X[i * M : i * M + M, j * N : j * N + N] * K).sum()
                return Y
                """,
                "the window moves by its own width, so most windows are left out; it moves on by "
                "one cell.",
            ),
            Edit(
                BODY,
                """
                M, N = K.shape
                rows = X.shape[0] - M + 1
                columns = X.shape[1] - N + 1
                padded = np.pad(X, ((0, M), (0, N)))
                Y = np.zeros(X.shape)
                for i in range(X.shape[0]):
                    for j in range(X.shape[1]):
                        Y[i, j] = (padded[i : i + M, j : j + N] * K).sum()
                return Y
                """,
                "windows that hang over the edge are counted too; only those that lie wholly "
                "inside the image are wanted.",
            ),
            Edit(
                BODY,
                """
                M, N = K.shape
                padded = np.pad(X, ((M // 2, M // 2), (N // 2, N // 2)))
                Y = np.zeros(X.shape)
                for i in range(X.shape[0]):
                    for j in range(X.shape[1]):
                        Y[i, j] = (padded[i : i + M, j : j + N] * K).sum()
                return Y
                """,
                "a border of zeros keeps the map as large as the image; here nothing is added "
                "around it: only windows that lie wholly inside the image are wanted.",
            ),
            Edit(
                "(window * K).sum()",
                "window[-1, -1] * K[-1, -1]",
                "only the last product of each window is left, as if each one overwrote the one "
                "before; the products of a window are added up.",
            ),
            Edit(
                "return Y",
                "return Y.reshape(-1)",
                "the sums are right and stand in one long row; the map has rows and columns, as "
                "many as there are places for the window.",
            ),
            Edit(
                "window = X[i : i + M, j : j + N]",
                "window = X[j : j + M, i : i + N]",
                "row and column have changed places: in Y[i, j], which of the two counts rows?",
            ),
            Edit(
                "Y = np.zeros((rows, columns))",
                "Y = np.zeros((rows, columns), int)",
                "the map holds whole numbers, so fractions are cut off: which type has an array "
                "of zeros that may hold them?",
            ),
            Edit(
                BODY,
                """
                M, N = K.shape
                Y = np.zeros((X.shape[0] - M + 1, X.shape[1] - N + 1))
                for i, j in np.ndindex(Y.shape):
                    for m in range(M):
                        for n in range(N):
                            Y[i, j] += X[i - m, j - n] * K[m, n]
                return Y
                """,
                "the image is read backwards, and a negative index even reads its other end: in "
                "the formula of section 1, m and n are added to i and j.",
            ),
            Edit(
                "Y[i, j] = (window * K).sum()",
                "Y[i, j] = (window * K).sum()\n            return Y",
                "only the first entry is computed: `return` stands inside the loop and ends it.",
            ),
            Edit(
                "X[i : i + M, j : j + N]",
                "X[i : i + 3, j : j + 3]",
                "the window has a fixed side of 3: which numbers does the shape of K give?",
            ),
            Edit(
                "(window * K).sum()",
                "(window * K).sum() / Y.size",
                "the sums are divided by the number of windows; each one stands as it is.",
            ),
        ),
        hints=(
            "Y[0, 0] you have seen. Which rows and columns of X make the window of Y[1, 2]?",
            "Count the places at which a window of 3 cells can start in 5 cells. The same count, "
            "with letters, gives the shape of Y.",
            "Make an array of zeros for Y, go over all its rows and columns with two loops, and "
            "do in the inner one what the cell above did for one window.",
        ),
    ),
    Exercise(
        image_gradient,
        cases=_gradient_cases,
        mistakes=(
            Edit(
                "+= R[i, j] * K",
                "= R[i, j] * K",
                "each window overwrites what the windows before it gave; a pixel in several "
                "windows gets the sum of their shares.",
            ),
            Edit(
                "R[i, j] * K",
                "R[i, j] * K[::-1, ::-1]",
                "the weights of each window have changed sides. If you share out: an entry of R "
                "gives to its window with the kernel as it is. If you gather for each pixel: the "
                "kernel is turned by 180°.",
            ),
            Edit(
                "R[i, j] * K",
                "R[i, j] * K.sum()",
                "every pixel of the window gets the same share; it should be R[i, j] times the "
                "weight that met this pixel.",
            ),
            Edit(
                "R[i, j] * K",
                "K",
                "R plays no part: the share of a pixel is its weight times what?",
            ),
            Edit(
                "R[i, j] * K",
                "R[i, j]",
                "the weights play no part: ∂Y[i, j]/∂X is the weight that met the pixel.",
            ),
            Edit(
                BODY,
                """
                M, N = K.shape
                padded = np.pad(R, ((M // 2, M // 2), (N // 2, N // 2)))
                Y = np.zeros((padded.shape[0] - M + 1, padded.shape[1] - N + 1))
                for i, j in np.ndindex(Y.shape):
                    Y[i, j] = (padded[i : i + M, j : j + N] * K[::-1, ::-1]).sum()
                return Y
                """,
                "the border of zeros is too narrow: the corner X[0, 0] lies in one window, and so "
                "gets one share. The gradient has the shape of X.",
            ),
            Edit(
                "dL_dX[i : i + M, j : j + N] += R[i, j] * K",
                "dL_dX[j : j + M, i : i + N] += R[i, j] * K",
                "row and column have changed places: where does the window of Y[i, j] begin?",
            ),
            Edit(
                "R[i, j] * K",
                "R[i, j] * K[::-1]",
                "the kernel is turned over in one direction only. If you share out it stays as it "
                "is; if you gather, both directions are turned.",
            ),
            Edit(
                "return dL_dX",
                "return dL_dX / R.size",
                "the gradient is divided by the number of windows; the shares are only added up.",
            ),
        ),
        hints=(
            "Which shape had the image, if R has as many entries as there were windows?",
            "Take a single entry of R, say R[0, 1], and set the others to 0. Which pixels get "
            "something, and how much?",
            "Begin with zeros. Each entry of R adds to the window that it came from; where windows "
            "overlap, shares add up.",
        ),
    ),
    Exercise(
        correlate_channels,
        cases=_channels_cases,
        mistakes=(
            Edit(
                BODY,
                """
                windows = np.lib.stride_tricks.sliding_window_view(X, K.shape[:2], axis=(0, 1))
                return np.einsum("ijcmn,mncf->ijcf", windows, K) + b
                """,
                "the channels are still apart: a filter reads all of them and adds the results up.",
            ),
            Edit(
                ".sum() + b[f]",
                ".sum() / X.shape[2] + b[f]",
                "you averaged over the channels; they are added up.",
            ),
            Edit(
                "(window * K[:, :, :, f])",
                "(window[:, :, 0] * K[:, :, 0, f])",
                "only the first channel is read.",
            ),
            Edit(
                "(window * K[:, :, :, f])",
                "(window[:, :, -1] * K[:, :, -1, f])",
                "only the last channel is left, as if each one overwrote the one before; the sums "
                "of all channels are added up.",
            ),
            Edit(
                BODY,
                """
                windows = np.lib.stride_tricks.sliding_window_view(X, K.shape[:2], axis=(0, 1))
                Y = np.einsum("ijcmn,mncf->ijcf", windows, K) + b
                return Y.reshape(*Y.shape[:2], -1)
                """,
                "there is one map for each channel and filter; a filter adds up over its channels "
                "and makes a single map.",
            ),
            Edit(
                BODY,
                """
                k, _, _, F = K.shape
                Y = np.zeros((X.shape[0] - k + 1, X.shape[1] - k + 1, F))
                for i, j in np.ndindex(Y.shape[:2]):
                    window = X[i : i + k, j : j + k]
                    Y[i, j] = (window * K).sum(axis=(0, 1, 2)) + b
                return Y
                """,
                "the window has three axes, the weights have four: give the window a last axis of "
                "length 1 for the filters, or take one filter at a time.",
            ),
            Edit(
                ".sum() + b[f]",
                ".sum()",
                "the bias is missing: one number per filter, added everywhere.",
            ),
            Edit(
                ".sum() + b[f]",
                ".sum() + X.shape[2] * b[f]",
                "the bias was added once for each channel: add it once, after the sum.",
            ),
            Edit(
                "K[:, :, :, f]",
                "K[::-1, ::-1, :, f]",
                "the kernel is flipped: the layers of a CNN take it as it is.",
            ),
            Edit(
                "K[:, :, :, f]",
                "K[:, :, :, f].swapaxes(0, 1)",
                "the kernel is transposed: its first index goes with the rows of the image, the "
                "second with the columns.",
            ),
            Edit(
                BODY,
                """
                windows = np.lib.stride_tricks.sliding_window_view(X, K.shape[:2], axis=(0, 1))
                return np.einsum("ijmnc,mncf->ijf", windows, K) + b
                """,
                "the axes of the windows are mixed up. sliding_window_view puts the two axes of "
                "the window last: print the shape of the windows.",
            ),
            Edit(
                BODY,
                """
                windows = np.lib.stride_tricks.sliding_window_view(X, K.shape[:2], axis=(0, 1))
                Y = np.einsum("ijcmn,mncf->ij", windows, K)
                return Y[:, :, None] + b
                """,
                "the filters are added up, so all maps are alike but for their biases: each "
                "filter makes a map of its own.",
            ),
            Edit(
                "K[:, :, :, f]",
                "K[:, :, f]",
                "K[:, :, f] picks a channel: of the four axes rows, columns, channels, filters, "
                "which one is the last?",
            ),
        ),
        hints=(
            "Start with one filter and one place: a window (k, k, C) and weights of the same "
            "shape make one number.",
            "Which letters of the formula stand on both sides, and which are summed over?",
            "If you use sliding_window_view: print the shape of the windows. Which axis are the "
            "channels?",
        ),
    ),
    Exercise(
        cross_detector,
        cases=lambda: {"": ()},
        mistakes=(),
        hints=(
            "A kernel of ones at × says 5 on ×, and 5 on a white wall. Which weights does a wall "
            "meet that a × does not?",
            "Make a table: what does your kernel say to ×, to × with one cell missing, to × with "
            "one cell too many? The bias belongs between the first number and the others.",
            "Adding 1 to all nine pixels adds the sum of the weights. What must that sum "
            "be if nothing is to change? Five weights stand on ×, four beside it.",
        ),
        goals={
            "nine weights and a bias": _is_a_detector,
            "× is found": _finds_the_cross,
            "silent on an empty page": _silent_on("an empty page", (0, 0, 0), (0, 0, 0), (0, 0, 0)),
            "silent on a white wall": _silent_on("a white wall", (1, 1, 1), (1, 1, 1), (1, 1, 1)),
            "silent on +": _silent_on("+", (0, 1, 0), (1, 1, 1), (0, 1, 0)),
            "silent on all windows but ×": _only_the_cross,
            "the same in added light": _light_changes_nothing,
        },
    ),
)
