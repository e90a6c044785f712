"""Exercises: images."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from helpers.checks.engine import Exercise, Mistake


def _brighten(picture, amount):
    return np.clip(picture.astype(int) + amount, 0, 255)


_BRIGHTEN = Exercise(
    name="brighten",
    oracle=_brighten,
    cases=lambda: [
        (np.array([[0, 100], [200, 250]], np.uint8), 60),
        (np.array([[10, 90, 40], [255, 128, 0]], np.uint8), -50),
        (np.random.default_rng(0).integers(0, 256, (4, 5, 3)).astype(np.uint8), 200),
    ],
    mistakes=(
        Mistake(
            lambda picture, amount: picture + amount,
            "a pixel of the type uint8 has room for 0 to 255 only, and starts again at 0. "
            "Print np.uint8([200]) + 60; a clip after that comes too late.",
        ),
        Mistake(
            lambda picture, amount: (picture.astype(int) + amount) % 256,
            "the sum wrapped round: what was to be very bright came out dark. Look at the type "
            "of the pixels while you add.",
        ),
        Mistake(
            lambda picture, amount: picture.astype(int) + amount,
            "some values are outside [0, 255]: no screen can show them.",
        ),
        Mistake(
            lambda picture, amount: np.minimum(picture.astype(int) + amount, 255),
            "the upper bound holds, the lower one does not: try a negative amount.",
        ),
        Mistake(
            lambda picture, amount: np.maximum(picture.astype(int) + amount, 0),
            "the lower bound holds, the upper one does not: try a large amount.",
        ),
        Mistake(
            lambda picture, amount: np.clip(picture * (1 + amount / 255), 0, 255),
            "you multiplied: black stayed black. Brighter by an amount means adding it everywhere.",
        ),
    ),
    atol=0.5,
)


def _brightest_window(picture, size):
    means = sliding_window_view(picture, (size, size)).mean((2, 3))
    row, column = np.unravel_index(means.argmax(), means.shape)
    return int(row), int(column)


def _brightest_pixel(picture, size):
    row, column = np.unravel_index(picture.argmax(), picture.shape)
    return int(row), int(column)


def _disjoint_windows(picture, size):
    means = sliding_window_view(picture, (size, size))[::size, ::size].mean((2, 3))
    row, column = np.unravel_index(means.argmax(), means.shape)
    return int(row) * size, int(column) * size


def _last_window_missing(picture, size):
    means = sliding_window_view(picture, (size, size)).mean((2, 3))[:-1, :-1]
    row, column = np.unravel_index(means.argmax(), means.shape)
    return int(row), int(column)


def _spot(rows, columns, row, column, size, seed):
    """Make a dark picture with a bright square, and one brighter pixel far from it."""
    picture = np.random.default_rng(seed).integers(0, 20, (rows, columns)).astype(float)
    picture[row : row + size, column : column + size] += 100
    picture[-1, 0] = 255
    return picture


_BRIGHTEST_WINDOW = Exercise(
    name="brightest_window",
    oracle=_brightest_window,
    cases=lambda: [
        (np.array([[0, 0, 0, 0], [0, 0, 7, 8], [9, 0, 6, 7], [0, 0, 0, 0.0]]), 2),
        (_spot(12, 9, 1, 5, 3, seed=1), 3),
        (_spot(8, 20, 2, 13, 4, seed=2), 4),
    ],
    mistakes=(
        Mistake(
            _brightest_pixel,
            "that is the brightest single pixel. A speck of dust would win: compare the means of "
            "whole windows.",
        ),
        Mistake(
            lambda picture, size: _brightest_window(picture, size)[::-1],
            "row and column are swapped: the first index of a matrix counts downwards.",
        ),
        Mistake(
            lambda picture, size: tuple(p + size // 2 for p in _brightest_window(picture, size)),
            "that is the window's centre; its upper left corner is asked for.",
        ),
        Mistake(
            lambda picture, size: _brightest_window(-picture, size),
            "that is the darkest window.",
        ),
        Mistake(
            _last_window_missing,
            "the last row and column of windows are missing: n − size + 1 windows fit into n "
            "pixels.",
        ),
        Mistake(
            _disjoint_windows,
            "your windows lie side by side: let them start at every row and column, overlapping.",
        ),
    ),
)


def _weights_for_shuffled(W, order):
    result = np.empty_like(W)
    for new, old in enumerate(order):
        result[new] = W[old]
    return result


def _case(pixels, units, seed):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(pixels, units)), rng.permutation(pixels)


_WEIGHTS = Exercise(
    name="weights_for_shuffled",
    oracle=_weights_for_shuffled,
    cases=lambda: [
        (np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]), np.array([1, 2, 0])),
        _case(9, 9, seed=0),
        _case(28, 5, seed=1),
    ],
    mistakes=(
        Mistake(
            lambda W, order: W[np.argsort(order)],
            "you shuffled the other way round: pixel i of the new picture is pixel order[i] of the "
            "old one, so which row of W does it need?",
        ),
        Mistake(
            lambda W, order: W[:, order],
            "you shuffled the columns, which belong to the units; the pixels are the rows of W.",
        ),
        Mistake(
            lambda W, order: W,
            "with the old weights, each pixel would meet the weight of another pixel.",
        ),
        Mistake(
            lambda W, order: W[order][:, np.resize(order, W.shape[1]) % W.shape[1]],
            "the rows are right, but the units have changed places as well.",
        ),
    ),
)

EXERCISES: tuple[Exercise, ...] = (_BRIGHTEN, _BRIGHTEST_WINDOW, _WEIGHTS)
