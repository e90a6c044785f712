"""Right answers by another way: start weights, a residual block, a gain and its error."""

import math
import statistics
from itertools import pairwise

import numpy as np


def my_start__uniform(widths, seed):
    rng = np.random.default_rng(seed)
    matrices = []
    for k in range(len(widths) - 1):
        edge = math.sqrt(6 / widths[k])  # a variance of edge² / 3
        matrices.append(rng.uniform(-edge, edge, (widths[k], widths[k + 1])))
    return matrices


def my_start__signs(widths, seed):
    rng = np.random.default_rng(seed)
    shapes = pairwise(widths)
    return [rng.choice([-1, 1], shape) * (shape[0] / 2) ** -0.5 for shape in shapes]


def my_start__measured(widths, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(100, widths[0]))
    matrices = []
    for shape in pairwise(widths):
        W = rng.normal(size=shape)
        W /= np.sqrt(np.mean(np.maximum(0, x @ W) ** 2))
        x = np.maximum(0, x @ W)
        matrices.append(W)
    return matrices


def residual_gradient__jacobian_of_each_row(x, W_1, W_2, g):
    rows = []
    for x_i, g_i in zip(x, g, strict=True):
        D = np.diag((W_1.T @ x_i > 0).astype(float))
        J = np.eye(len(x_i)) + W_2.T @ D @ W_1.T
        rows.append(J.T @ g_i)
    return rows


def residual_gradient__differences(x, W_1, W_2, g):
    def loss(x):
        return np.sum(g * (x + np.maximum(x @ W_1, 0) @ W_2))

    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = 1e-5
        gradient[place] = (loss(x + step) - loss(x - step)) / 2e-5
    return gradient


def gain__statistics(before, after):
    squares = [statistics.stdev(runs) ** 2 / len(runs) for runs in (list(before), list(after))]
    return statistics.fmean(after) - statistics.fmean(before), math.sqrt(sum(squares))


def gain__hypotenuse(before, after):
    a, b = (np.std(runs, ddof=1) / np.sqrt(len(runs)) for runs in (before, after))
    return after.mean() - before.mean(), np.hypot(a, b)
