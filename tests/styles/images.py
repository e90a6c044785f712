"""Correct answers in other styles: images."""

import numpy as np


def brighten_by_floats(picture, amount):
    return np.minimum(np.maximum(picture.astype("float32") + amount, 0), 255)


def brighten_in_uint8(picture, amount):
    return np.clip(picture.astype(np.int16) + np.int16(amount), 0, 255).astype(np.uint8)


def brighten_by_lists(picture, amount):
    flat = [min(255, max(0, int(value) + amount)) for value in picture.ravel()]
    return np.array(flat).reshape(picture.shape)


def brightest_by_loops(picture, size):
    best, place = -np.inf, None
    for row in range(picture.shape[0] - size + 1):
        for column in range(picture.shape[1] - size + 1):
            total = picture[row : row + size, column : column + size].sum()
            if total > best:
                best, place = total, (row, column)
    return place


def brightest_by_running_sums(picture, size):
    S = np.pad(np.cumsum(np.cumsum(picture, axis=0), axis=1), ((1, 0), (1, 0)))
    sums = S[size:, size:] - S[:-size, size:] - S[size:, :-size] + S[:-size, :-size]
    return np.array(divmod(sums.argmax(), sums.shape[1]))


def weights_by_matrix(W, order):
    return np.eye(len(order), dtype="float32")[order] @ W


def weights_by_list(W, order):
    return [list(W[old]) for old in order]


STYLES: dict = {
    "brighten": [brighten_by_floats, brighten_in_uint8, brighten_by_lists],
    "brightest_window": [brightest_by_loops, brightest_by_running_sums],
    "weights_for_shuffled": [weights_by_matrix, weights_by_list],
}
