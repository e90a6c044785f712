"""Right answers to the exercises of notebook 04 by other ways than the solution's."""

import math

import numpy as np


def reach__a_logarithm_and_one_more_look(rate, floor):
    k = math.floor(math.log(floor) / math.log(rate))
    return k + 1 if rate ** (k + 1) >= floor else k


def reach__all_powers_at_once(rate, floor):
    return np.sum(rate ** np.arange(1, 2000) >= floor)


def gradient_norms__with_jacobians(H, W_hh, g_T):
    norms, product = [], np.eye(len(g_T))
    for h in reversed(list(H)):
        norms.insert(0, float(np.linalg.norm(product @ g_T)))
        product = W_hh @ np.diag(1 - h**2) @ product
    return norms


def gradient_norms__by_recursion(H, W_hh, g_T):
    if len(H) == 1:
        return np.array([np.sqrt(g_T @ g_T)])
    before = gradient_norms__by_recursion(H[:-1], W_hh, W_hh @ (g_T * (1 - H[-1] ** 2)))
    return np.append(before, np.sqrt(g_T @ g_T))


def clip_by_global_norm__one_long_vector(gradients, limit):
    norm = np.linalg.norm(np.concatenate([np.ravel(g) for g in gradients]))
    return [g if norm <= limit else g * limit / norm for g in gradients]


def clip_by_global_norm__in_place(gradients, limit):
    norm = math.hypot(*(np.linalg.norm(g) for g in gradients))
    if norm > limit:
        for g in gradients:
            g *= limit / norm
    return gradients
