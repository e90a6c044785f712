"""Correct answers in other styles: how far gradients reach, their norms, clipping."""

import math

import numpy as np


def reach_by_counting(rate, floor):
    k = 0
    while rate ** (k + 1) >= floor:
        k += 1
    return k


def reach_with_base(rate, floor):
    return np.floor(math.log(floor, rate))


def norms_with_jacobians(H, W_hh, g_T):
    norms, product = [], np.eye(len(g_T))
    for h in reversed(list(H)):
        norms.insert(0, float(np.linalg.norm(product @ g_T)))
        product = W_hh @ np.diag(1 - h**2) @ product
    return norms


def norms_as_rows_in_float32(H, W_hh, g_T):
    g = g_T.astype("float32")
    norms = np.empty(len(H), "float32")
    for t in range(len(H) - 1, -1, -1):
        norms[t] = np.sqrt((g**2).sum())
        g = (g * (1 - H[t] ** 2)) @ W_hh.T
    return norms


def clip_flat(gradients, limit):
    norm = np.linalg.norm(np.concatenate([np.ravel(g) for g in gradients]))
    return [g if norm <= limit else g * limit / norm for g in gradients]


def clip_in_place(gradients, limit):
    norm = math.sqrt(sum((g**2).sum() for g in gradients))
    if norm > limit:
        for g in gradients:
            g *= limit / norm
    return gradients


STYLES = {
    "reach": [reach_by_counting, reach_with_base],
    "gradient_norms": [norms_with_jacobians, norms_as_rows_in_float32],
    "clip_by_global_norm": [clip_flat, clip_in_place],
}
