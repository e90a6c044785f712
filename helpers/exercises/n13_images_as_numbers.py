"""Exercises of notebook 13: brighter, the brightest window, a feature, shuffled pixels."""

import io
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import cache
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers import datasets
from helpers.check import BODY, Edit, Exercise, normal


def brighten(picture, amount):
    sums = picture.astype(int) + amount
    within = np.clip(sums, 0, 255)
    return within.astype(np.uint8)


def _brighten_cases():
    rng = np.random.default_rng(13)
    return {
        "room for every sum": (np.array([[0, 100], [120, 190]], np.uint8), 60),
        "sums above 255": (np.array([[0, 100], [200, 250]], np.uint8), 60),
        "a negative amount": (np.array([[10, 90, 40], [255, 128, 0]], np.uint8), -50),
        "a colour picture": (rng.integers(0, 256, (4, 5, 3)).astype(np.uint8), 200),
        "an amount above 255": (rng.integers(0, 256, (3, 3)).astype(np.uint8), 300),
    }


def brightest_window(picture, size):
    windows = sliding_window_view(picture, (size, size))
    means = windows.mean(axis=(2, 3))
    row, column = np.unravel_index(means.argmax(), means.shape)
    return int(row), int(column)


def _spot(rows, columns, row, column, size, seed):
    """Make a dark picture with a bright square, a long grey band and one brighter pixel."""
    picture = np.random.default_rng(seed).integers(0, 20, (rows, columns)).astype(float)
    picture[row : row + size, column : column + size] += 100
    picture[-size:] += 40
    picture[-1, -1] = 255
    return picture


def _brightest_window_cases():
    tiny = np.array([[0, 0, 0, 0], [0, 0, 7, 8], [9, 0, 6, 7], [0, 0, 0, 9.0]])
    close = np.zeros((5, 6))
    close[0:2, 0:2] = 8  # mean 8
    close[2:4, 3:5] = [[9, 9], [8, 8]]  # mean 8.5
    return {
        "a window of 2 in 4 × 4": (tiny, 2),
        "more rows than columns": (_spot(12, 9, 1, 5, 3, seed=1), 3),
        "more columns than rows": (_spot(10, 20, 2, 13, 4, seed=2), 4),
        "a photograph's bytes": (_spot(6, 8, 2, 1, 2, seed=3).astype(np.uint8), 2),
        "means that differ by a fraction": (close, 2),
        "a black picture": (np.zeros((3, 4)), 2),
    }


def trouser_weights():
    W = np.zeros((28, 28))
    W[14:, 13:15] = -1
    W[4:14, 13:15] = 1
    return W


@cache
def _trousers_and_dresses() -> tuple[np.ndarray, np.ndarray]:
    """Give those kept apart for validation, (n, 28, 28) from 0 to 1, and which are trousers."""
    with redirect_stdout(io.StringIO()):  # the notebook has said where they come from
        (images, labels), _ = datasets.load_fashion_mnist()
    kept = np.arange(len(labels)) >= 50_000
    chosen = kept & ((labels == 1) | (labels == 3))
    return images[chosen] / 255, labels[chosen] == 1


def _are_weights(answer: Any) -> str | None:
    try:
        W = np.asarray(answer, dtype=float)
    except (TypeError, ValueError):
        return "Return a matrix of numbers."
    if W.shape != (28, 28):
        return f"A weight for each of 28 × 28 pixels is wanted, not an array of shape {W.shape}."
    if not np.isfinite(W).all():
        return "There is a NaN (not a number) or an infinity among the weights."
    return None


def _wins(goal: float) -> Callable[[Any], str | None]:
    def reached(answer: Any) -> str | None:
        images, is_trousers = _trousers_and_dresses()
        scores = (images * np.asarray(answer, dtype=float)).sum(axis=(1, 2))
        ours = scores[is_trousers][:, None]
        others = scores[~is_trousers]
        won = (ours > others).mean() + (ours == others).mean() / 2
        if won >= goal:
            return None
        if 1 - won >= goal:
            return f"Trousers win {won:.4f} of the pairs, dresses the others: turn the sign of W."
        return f"Trousers win {won:.4f} of the pairs."

    return reached


def weights_for_shuffled(W, order):
    return W[order]


def _weights_cases():
    tiny = np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]])
    shuffle = np.random.default_rng(13).permutation
    return {
        "three pixels, three units": (tiny, np.array([1, 2, 0])),
        "more units than pixels": (*normal("p u", seed=1, p=4, u=7), np.array([2, 0, 3, 1])),
        "as many units as pixels": (*normal("p u", seed=2, p=9, u=9), shuffle(9)),
        "more pixels than units": (*normal("p u", seed=3, p=28, u=5), shuffle(28)),
    }


EXERCISES = (
    Exercise(
        brighten,
        cases=_brighten_cases,
        mistakes=(
            Edit(
                BODY,
                "return picture + amount",
                "the sum is made in the type of the pixels, uint8: after 255 it starts again at 0, "
                "and a clip afterwards finds nothing to cut. Print np.uint8([200]) + 60.",
            ),
            Edit(
                "np.clip(sums, 0, 255)",
                "sums % 256",
                "a sum above 255 starts again at 0, as the type uint8 does. Was it made in that "
                "type, or turned into it before it was cut off at 255?",
            ),
            Edit(
                BODY,
                "return picture.astype(int) + amount",
                "some values are outside 0 to 255: no screen can show them.",
            ),
            Edit(
                BODY,
                "return np.minimum(picture.astype(int) + amount, 255)",
                "the upper bound holds, the lower one does not: try a negative amount.",
            ),
            Edit(
                BODY,
                "return np.maximum(picture.astype(int) + amount, 0)",
                "the lower bound holds, the upper one does not: try a large amount.",
            ),
            Edit(
                "np.clip(sums, 0, 255)",
                "np.minimum(sums, 255)",
                "the lower bound is missing: a negative sum, given to the type uint8, comes out "
                "bright.",
            ),
            Edit(
                "picture.astype(int) + amount",
                "picture * (1 + amount / 255)",
                "you multiplied, so black stayed black. Brighter by an amount means that every "
                "pixel gains the same.",
            ),
            Edit(
                "np.clip(sums, 0, 255)",
                "np.where(sums > 255, 0, np.where(sums < 0, 255, sums))",
                "what leaves the range goes to the wrong end: above 255 belongs at 255, below 0 at "
                "0.",
            ),
            Edit(
                "np.clip(sums, 0, 255)",
                "np.where(sums > 255, 0, np.maximum(sums, 0))",
                "a sum above 255 becomes black: it should stay as bright as can be.",
            ),
            Edit(
                BODY,
                """
                out = np.zeros(picture.shape[:2], np.uint8)
                for row in range(picture.shape[0]):
                    for column in range(picture.shape[1]):
                        out[row, column] = min(255, max(0, int(picture[row, column]) + amount))
                return out
                """,
                "each pixel may be three numbers: a colour picture has three axes.",
            ),
            Edit(
                "np.clip(sums, 0, 255)",
                "np.where((sums >= 0) & (sums <= 255), sums, picture)",
                "the pixels whose sum is out of range are as they were before. They should end at "
                "the bound that they run into.",
            ),
        ),
        hints=(
            "Which is the largest number that a uint8 can hold? Do 250 + 10 in that type by hand.",
            "Add in a type with room below 0 and above 255.",
            "Then bring what lies outside back to the nearer bound: NumPy has a function for it.",
        ),
    ),
    Exercise(
        brightest_window,
        cases=_brightest_window_cases,
        returns=("row", "column"),
        mistakes=(
            Edit(
                "means.argmax(), means.shape",
                "picture.argmax(), picture.shape",
                "that is the brightest single pixel. A speck of dust would win: compare the means "
                "of whole windows.",
            ),
            Edit(
                "return int(row), int(column)",
                "return int(column), int(row)",
                "row and column are swapped: the first index of a matrix counts downwards.",
            ),
            Edit(
                "return int(row), int(column)",
                "return int(row) + size // 2, int(column) + size // 2",
                "that is the window's centre; its upper left corner is asked for.",
            ),
            Edit("means.argmax()", "means.argmin()", "that is the darkest window."),
            Edit(
                "windows.mean(axis=(2, 3))",
                "windows.max(axis=(2, 3))",
                "you compare the brightest pixel of each window; compare the means.",
            ),
            Edit(
                "windows.mean(axis=(2, 3))",
                "windows.mean(axis=(2, 3)).astype(int)",
                "means cut to whole numbers: windows that differ by a fraction count as equal.",
            ),
            Edit(
                "return int(row), int(column)",
                "return 0, 0",
                "always the first window: does a `return` stand inside the loop?",
            ),
            Edit(
                "windows.mean(axis=(2, 3))",
                "windows.mean(axis=(2, 3))[:-1, :-1]",
                "the last row and column of windows are missing: n − size + 1 windows fit into n "
                "pixels.",
            ),
            Edit(
                BODY,
                """
                means = sliding_window_view(picture, (size, size))[::size, ::size].mean(axis=(2, 3))
                row, column = np.unravel_index(means.argmax(), means.shape)
                return int(row) * size, int(column) * size
                """,
                "your windows lie side by side: let them start at every row and column, "
                "overlapping.",
            ),
            Edit(
                BODY,
                """
                best = -np.inf
                for row in range(picture.shape[0]):
                    for column in range(picture.shape[1]):
                        mean = picture[row : row + size, column : column + size].mean()
                        if mean > best:
                            best, place = mean, (row, column)
                return place
                """,
                "windows that hang over the edge take part, with fewer pixels than the others: "
                "where is the last row at which a whole window fits?",
            ),
            Edit(
                "np.unravel_index(means.argmax(), means.shape)",
                "divmod(means.argmax(), picture.shape[1])",
                "argmax counts through the array of means, and that has fewer columns than the "
                "picture.",
            ),
            Edit(
                "windows.mean(axis=(2, 3))",
                "windows.sum(axis=(2, 3), dtype=picture.dtype)",
                "sums of pixels made in their own type: in uint8 a sum starts again at 0 after "
                "255, so bright windows look dark.",
            ),
            Edit(
                BODY,
                """
                best = -1
                for row in range(picture.shape[0] - size + 1):
                    for column in range(picture.shape[1] - size + 1):
                        mean = picture[row : row + size, column : column + size].mean()
                        if mean >= best:
                            best, place = mean, (row, column)
                return place
                """,
                "of windows that are equally bright yours is the last; the first is asked for.",
            ),
        ),
        hints=(
            "How many windows of `size` rows fit above one another? Count them in a picture of 4 "
            "rows, with windows of 2 rows.",
            "Make an array with the mean of each window: one row for each starting row, one column "
            "for each starting column.",
            "The largest entry's place in that array is the corner. argmax gives it as one number: "
            "which row and column is that?",
        ),
    ),
    Exercise(
        trouser_weights,
        cases=lambda: {"": ()},
        mistakes=(),
        hints=(
            "Look at the two mean pictures. Where is one of them dark and the other bright?",
            "Trousers have two legs. In which columns and from which row on do you see the "
            "background between them? Bright pixels there are to make the sum smaller.",
            "A dark garment is dark everywhere. Weights of the other sign where both garments have "
            "cloth, higher up in the same columns, compare it with itself.",
        ),
        goals={
            "28 × 28 weights": _are_weights,
            "better than the darkness (0.64)": _wins(0.64),
            "0.90 of the pairs": _wins(0.9),
            "better than the best single pixel (0.970)": _wins(0.97),
            "0.975 of the pairs": _wins(0.975),
        },
    ),
    Exercise(
        weights_for_shuffled,
        cases=_weights_cases,
        mistakes=(
            Edit(
                "W[order]",
                "W[np.argsort(order)]",
                "you shuffled the other way round: pixel i of the new picture is pixel order[i] of "
                "the old one, so which row of W does it need?",
            ),
            Edit(
                "W[order]",
                "W[:, order]",
                "you shuffled the columns, which belong to the units; the pixels are the rows of "
                "W.",
            ),
            Edit(
                "W[order]",
                "W",
                "with the old weights, each pixel meets the weight of another pixel.",
            ),
            Edit(
                "W[order]",
                "W[order][:, order]",
                "the rows are right, but the units have changed places as well.",
            ),
        ),
        hints=(
            "Write the product for three pixels and one unit: x₀w₀ + x₁w₁ + x₂w₂. The order of the "
            "three terms does not matter.",
            "Which weight belongs to the pixel that now comes first? It is the one that this pixel "
            "had before.",
        ),
    ),
)
