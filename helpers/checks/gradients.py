"""Exercises on gradients through many steps: how far they reach, their norms, clipping."""

import math
from collections.abc import Callable

import numpy as np

from helpers.checks.engine import Exercise, Mistake


def _reach(rate: float, floor: float) -> int:
    return math.floor(math.log(floor) / math.log(rate))


def _norms(step: Callable) -> Callable:
    """Follow a gradient back with `step(W_hh, H, t, g)`: from h_t to h_{t-1}, t counted from 0."""

    def gradient_norms(H: np.ndarray, W_hh: np.ndarray, g_T: np.ndarray) -> np.ndarray:
        g, norms = g_T, [np.linalg.norm(g_T)]
        for t in range(len(H) - 1, 0, -1):
            g = step(W_hh, H, t, g)
            norms.append(np.linalg.norm(g))
        return np.array(norms[::-1])

    return gradient_norms


_right = _norms(lambda W_hh, H, t, g: W_hh @ ((1 - H[t] ** 2) * g))


def gradient_norms(H: np.ndarray, W_hh: np.ndarray, g_T: np.ndarray) -> np.ndarray:
    """Differentiate the network itself: tanh states rebuilt from the inputs that made them."""
    import tensorflow as tf

    H, W_hh, g_T = (tf.constant(a, tf.float64) for a in (H, W_hh, g_T))
    before = tf.concat([tf.zeros_like(H[:1]), H[:-1]], axis=0)
    inputs = tf.atanh(H) - before @ W_hh  # what W_xh^T x_t must have been
    with tf.GradientTape() as tape:
        states = [tf.tanh(inputs[0])]
        tape.watch(states[0])
        for a_t in inputs[1:]:
            states.append(tf.tanh(tf.linalg.matvec(W_hh, states[-1], transpose_a=True) + a_t))
        L_T = tf.reduce_sum(states[-1] * g_T)
    return np.linalg.norm(np.stack(tape.gradient(L_T, states)), axis=1)


def _states(steps: int, units: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    W_hh = rng.normal(size=(units, units))
    return np.tanh(rng.normal(size=(steps, units))), W_hh, rng.normal(size=units)


def _clip(factor: Callable) -> Callable:
    def clip(gradients: list, limit: float) -> tuple:
        squares = sum(float(np.sum(np.square(g))) for g in gradients)
        return tuple(np.asarray(g) * factor(g, squares, limit) for g in gradients)

    return clip


def clip_by_global_norm(gradients: list, limit: float) -> tuple:
    """Clip with TensorFlow's own function."""
    import tensorflow as tf

    clipped, _ = tf.clip_by_global_norm([tf.constant(g, tf.float64) for g in gradients], limit)
    return tuple(g.numpy() for g in clipped)


EXERCISES = (
    Exercise(
        name="reach",
        oracle=_reach,
        cases=lambda: [(0.5, 0.1), (0.9, 0.01), (0.99, 1e-3), (0.3, 0.5)],
        mistakes=(
            Mistake(
                lambda rate, floor: math.ceil(math.log(floor) / math.log(rate)),
                "one step too many: after it, less than `floor` is left. Round the other way.",
            ),
            Mistake(
                lambda rate, floor: math.log(floor) / math.log(rate),
                "a number of steps is whole: round, and think in which direction.",
            ),
            Mistake(
                lambda rate, floor: math.floor(math.log(rate) / math.log(floor)),
                "the quotient is upside down. Take logarithms on both sides of rate**k = floor.",
            ),
            Mistake(
                lambda rate, floor: math.floor((1 - floor) / (1 - rate)),
                "this takes the same amount away at each step. A step multiplies instead.",
            ),
        ),
    ),
    Exercise(
        name="gradient_norms",
        oracle=gradient_norms,
        cases=lambda: [
            (
                np.array([[0.0, 0.0], [0.5, 0.0], [0.0, 0.8]]),
                np.array([[1.0, 2.0], [0.0, 1.0]]),
                np.array([1.0, 1.0]),
            ),
            _states(7, 5, seed=0),
            _states(12, 3, seed=1),
        ],
        mistakes=(
            Mistake(
                _norms(lambda W_hh, H, t, g: W_hh @ g),
                "tanh is missing: at each step its derivative 1 - h_t**2 multiplies the gradient.",
            ),
            Mistake(
                _norms(lambda W_hh, H, t, g: W_hh.T @ ((1 - H[t] ** 2) * g)),
                "W_hh is transposed. Forward it is W_hh^T h; backward it is the other one.",
            ),
            Mistake(
                _norms(lambda W_hh, H, t, g: (1 - H[t] ** 2) * (W_hh @ g)),
                "the order: backward, first through tanh (1 - h_t**2), then through W_hh.",
            ),
            Mistake(
                _norms(lambda W_hh, H, t, g: W_hh @ ((1 - H[t - 1] ** 2) * g)),
                "off by one: the step from h_t to h_{t-1} goes through the tanh that made h_t.",
            ),
            Mistake(
                lambda H, W_hh, g_T: _right(H, W_hh, g_T)[::-1],
                "the right numbers in reverse: the first is for h_1, the last for h_T.",
            ),
        ),
    ),
    Exercise(
        name="clip_by_global_norm",
        oracle=clip_by_global_norm,
        cases=lambda: [
            ([np.array([3.0, 4.0]), np.array([[0.0], [12.0]])], 1.0),
            ([np.array([0.3]), np.array([0.4])], 1.0),
            ([np.array([-30.0, 40.0]), np.array([0.5])], 5.0),
        ],
        mistakes=(
            Mistake(
                _clip(lambda g, squares, limit: min(1, limit / np.linalg.norm(g))),
                "each array is clipped by its own norm. One norm over all keeps the direction.",
            ),
            Mistake(
                lambda gradients, limit: tuple(np.clip(g, -limit, limit) for g in gradients),
                "single values are cut off, which turns the gradient. Scale all by one factor.",
            ),
            Mistake(
                _clip(lambda g, squares, limit: limit / math.sqrt(squares)),
                "a short gradient is made longer. Below the limit nothing may change.",
            ),
            Mistake(
                _clip(lambda g, squares, limit: min(1, limit / squares)),
                "the norm is the root of the sum of squares: the root is missing.",
            ),
        ),
    ),
)
