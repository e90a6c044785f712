"""Right answers to the exercises of notebook 04 by other ways than the solution's."""

import math

import numpy as np


def clip_by_global_norm__one_long_vector(gradients, limit):
    norm = np.linalg.norm(np.concatenate([np.ravel(g) for g in gradients]))
    return [g if norm <= limit else g * limit / norm for g in gradients]


def clip_by_global_norm__in_place(gradients, limit):
    norm = math.hypot(*(np.linalg.norm(g) for g in gradients))
    if norm > limit:
        for g in gradients:
            g *= limit / norm
    return gradients


def lag_shares__all_steps_at_once(H, dA):
    parts = np.einsum("tbi,tbj->tij", H[:-1], dA)
    lengths = np.sqrt((parts**2).sum(axis=(1, 2)))
    return np.flip(lengths / lengths.sum())


def lag_shares__from_the_last_step(H, dA):
    T = len(dA)
    found = []
    for lag in range(T):
        part = sum(np.outer(h, da) for h, da in zip(H[T - 1 - lag], dA[T - 1 - lag], strict=True))
        found.append(float(np.linalg.norm(part)))
    return [length / sum(found) for length in found]


def relu_adder__a_memory_first_and_small():
    W_xh = np.array([[0.0, 0.5], [0.0, 0.5]])
    W_hh = np.array([[1.0, 0.0], [0.2, 0.0]])
    return W_xh, W_hh, np.array([0.0, -0.5]), np.array([[10.0], [2.0]])


def relu_adder__the_mark_weighs_more():
    return [[1, 0], [5, 0]], np.array([[0, 1], [0, 1]]), [-5, 0], np.ones((2, 1))
