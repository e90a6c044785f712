"""Exercises of notebook 05: one step of an LSTM and of a GRU, and their parameters."""

import numpy as np

from helpers.check import BODY, Edit, Exercise, normal


def lstm_step(x_t, h, c, W_x, W_h, b):
    i, f, g, o = np.split(x_t @ W_x + h @ W_h + b, 4, axis=-1)
    i, f, o = (1 / (1 + np.exp(-gate)) for gate in (i, f, o))
    c_t = f * c + i * np.tanh(g)
    return o * np.tanh(c_t), c_t


def _lstm_cases():
    tiny = ([[1.0]], [[0.5]], [[2.0]], [[0.2, -0.3, 1.0, 0.4]], [[0.6, 0.1, -0.8, 0.2]])
    bias = [0.0, 1.0, 0.1, -0.5]
    shapes = "b m, b n, b n, m k, n k, k"
    return {
        "one unit": tuple(np.array(a) for a in (*tiny, bias)),
        "one text, two units": normal(shapes, seed=1, b=1, m=3, n=2, k=8),
        "a batch of four": normal(shapes, seed=2, b=4, m=2, n=3, k=12),
    }


EXERCISES = (
    Exercise(
        lstm_step,
        cases=_lstm_cases,
        returns=("h_t", "c_t"),
        mistakes=(
            Edit(
                "i, f, g, o = np",
                "f, i, g, o = np",
                "the first two gates are mixed up. Look at the order of the four blocks of "
                "columns in W_x, W_h and b.",
            ),
            Edit(
                "return o * np.tanh(c_t)",
                "return o * c_t",
                "c is right and h is not: the cell state can grow large, what the cell shows stays "
                "between -1 and 1. Look at the formula of h_t.",
            ),
        ),
        hints=(
            "All four blocks come out of one product: add the input's part, the state's part and "
            "the bias, then split.",
            "Which of the four may be negative? That one is not a gate.",
        ),
    ),
)
