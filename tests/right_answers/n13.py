"""Right answers to the exercises of notebook 13 by other ways than the solution's."""

import io
from contextlib import redirect_stdout

import numpy as np

from helpers import datasets


def brighten__pixel_by_pixel(picture, amount):
    flat = [min(255, max(0, int(value) + amount)) for value in picture.ravel()]
    return np.array(flat).reshape(picture.shape)


def brighten__only_what_there_is_room_for(picture, amount):
    room = 255 - picture if amount > 0 else picture
    change = np.minimum(room, min(abs(amount), 255)).astype(np.uint8)
    return picture + change if amount > 0 else picture - change


def brightest_window__by_loops(picture, size):
    best, place = -np.inf, None
    for row in range(picture.shape[0] - size + 1):
        for column in range(picture.shape[1] - size + 1):
            total = picture[row : row + size, column : column + size].sum()
            if total > best:
                best, place = total, (row, column)
    return place


def brightest_window__by_running_sums(picture, size):
    S = np.pad(np.cumsum(np.cumsum(picture.astype(float), axis=0), axis=1), ((1, 0), (1, 0)))
    sums = S[size:, size:] - S[:-size, size:] - S[size:, :-size] + S[:-size, :-size]
    return np.array(divmod(sums.argmax(), sums.shape[1]))


def trouser_weights__the_gap_against_the_waist():
    column = [0.5] * 14 + [-0.5] * 14
    return [[0] * 13 + [weight] * 2 + [0] * 13 for weight in column]


def trouser_weights__difference_of_the_means():
    with redirect_stdout(io.StringIO()):
        (images, labels), _ = datasets.load_fashion_mnist()
    known, names = images[:50_000], labels[:50_000]
    return known[names == 1].mean(axis=0) - known[names == 3].mean(axis=0)


def weights_for_shuffled__by_a_matrix(W, order):
    return np.eye(len(order))[order] @ W


def weights_for_shuffled__row_by_row(W, order):
    result = np.empty_like(W)
    for new, old in enumerate(order):
        result[new] = W[old]
    return result
