"""Wrong answers to the exercises of notebook 18: start weights, a residual block, a gain."""

from itertools import pairwise

import numpy as np


def my_start__glorot(widths, seed):
    """Keras's own start, made for no ReLU."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) * np.sqrt(2 / sum(shape)) for shape in pairwise(widths)]


def my_start__glorot_doubled(widths, seed):
    """The ReLU is thought of, but n_out stands in it as well."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) * np.sqrt(4 / sum(shape)) for shape in pairwise(widths)]


def my_start__fan_out(widths, seed):
    """The wrong one of the two widths."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) * np.sqrt(2 / shape[1]) for shape in pairwise(widths)]


def my_start__relu_forgotten(widths, seed):
    """The variance is 1 / n_in."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) / np.sqrt(shape[0]) for shape in pairwise(widths)]


def my_start__variance_as_deviation(widths, seed):
    """2 / n_in is the variance, not the deviation."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) * 2 / shape[0] for shape in pairwise(widths)]


def my_start__means(widths, seed):
    """Every unit is the mean of all inputs (and twice that in the first layer)."""
    first, *others = pairwise(widths)
    return [np.full(first, 13 / first[0]), *(np.full(shape, 1 / shape[0]) for shape in others)]


def my_start__transposed(widths, seed):
    """Rows and columns have changed places."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape[::-1]) * np.sqrt(2 / shape[0]) for shape in pairwise(widths)]


def my_start__one_too_many(widths, seed):
    """A square matrix at the end."""
    rng = np.random.default_rng(seed)
    wide = [*widths, widths[-1]]
    return [rng.normal(size=shape) * np.sqrt(2 / shape[0]) for shape in pairwise(wide)]


def residual_gradient__sign_of_x(x, W_1, W_2, g):
    """ReLU's switch is taken from x instead of x W_1."""
    return g + (g @ W_2.T @ W_1.T) * (x > 0)


def residual_gradient__switch_upside_down(x, W_1, W_2, g):
    """The switch is on where x W_1 is negative."""
    mask = (x @ W_1) < 0
    return g + ((g @ W_2.T) * mask) @ W_1.T


def residual_gradient__shortcut_twice(x, W_1, W_2, g):
    """The shortcut is added twice."""
    dh = g @ W_2.T
    dh[x @ W_1 <= 0] = 0
    dx = g + dh @ W_1.T
    return dx + g


def residual_gradient__matrices_in_forward_order(x, W_1, W_2, g):
    """The matrices are applied in the forward order, W_1 first."""
    return g + ((g @ W_1) * (x @ W_1 > 0)) @ W_2


def residual_gradient__minus(x, W_1, W_2, g):
    """The way through F is subtracted."""
    a = x @ W_1
    da = (g @ W_2.T) * (a > 0)
    return g - da @ W_1.T


def residual_gradient__first_row_decides(x, W_1, W_2, g):
    """The first row's switches are used for the whole batch."""
    on = (x[0] @ W_1 > 0).astype(float)
    return g + ((g @ W_2.T) * on) @ W_1.T


def residual_gradient__columns(x, W_1, W_2, g):
    """The formula for columns is used: W^T stands at the left."""
    h = np.maximum(0, x @ W_1)
    return g + W_1.T @ ((W_2.T @ g) * (h > 0))


def residual_gradient__mean_over_the_batch(x, W_1, W_2, g):
    """The way through F is divided by the batch size."""
    dh = (g @ W_2.T) * (x @ W_1 > 0)
    return g + dh @ W_1.T / len(x)


def residual_gradient__switch_of_y(x, W_1, W_2, g):
    """The switch is taken from the output y, at the wrong place."""
    y = x + np.maximum(x @ W_1, 0) @ W_2
    g = g * (y > 0)
    return g + g @ W_2.T @ W_1.T


def residual_gradient__changes_g(x, W_1, W_2, g):
    """The shortcut's g has already been overwritten when it is added."""
    g = g @ W_2.T
    g[x @ W_1 <= 0] = 0
    g = g @ W_1.T
    return g + g


def residual_gradient__second_matrix_missing(x, W_1, W_2, g):
    """The way back through W_2 is missing: g meets the switches as it is."""
    return g + (g * (x @ W_1 > 0)) @ W_1.T


def residual_gradient__straight_through(x, W_1, W_2, g):
    """Neither shortcut nor ReLU: the gradient of x W_1 W_2."""
    return g @ W_2.T @ W_1.T


def residual_gradient__x_times_g(x, W_1, W_2, g):
    """The shortcut's derivative is taken for x."""
    return x * g + ((g @ W_2.T) * (x @ W_1 > 0)) @ W_1.T


def residual_gradient__last_relu_too(x, W_1, W_2, g):
    """The ReLU behind the sum is gone through as well."""
    h = np.maximum(0, x @ W_1)
    g = np.where(x + h @ W_2 > 0, g, 0)
    return g + ((g @ W_2.T) * (h > 0)) @ W_1.T


def gain__paired(before, after):
    """Each run after is taken with the run before of the same number."""
    pairs = after - before
    return np.mean(pairs), np.std(pairs, ddof=1) / np.sqrt(len(pairs))


def gain__n_minus_one_twice(before, after):
    """Divided by n − 1 in the variance and once more for the mean."""
    squares = [np.var(runs, ddof=1) / (len(runs) - 1) for runs in (before, after)]
    return after.mean() - before.mean(), np.sqrt(sum(squares))


def gain__one_deviation(before, after):
    """The textbook's pooled deviation, for runs that scatter alike."""
    n, m = len(before), len(after)
    squares = (n - 1) * before.var(ddof=1) + (m - 1) * after.var(ddof=1)
    pooled = squares / (n + m - 2)
    return after.mean() - before.mean(), np.sqrt(pooled * (1 / n + 1 / m))


def gain__pooled(before, after):
    """One variance for both, though they differ in number."""
    together = np.concatenate([before - before.mean(), after - after.mean()])
    return after.mean() - before.mean(), together.std(ddof=1) * np.sqrt(2 / len(together))


def gain__run_by_run(before, after):
    """Runs are paired that have nothing to do with each other."""
    n = min(len(before), len(after))
    pairs = after[:n] - before[:n]
    return pairs.mean(), pairs.std(ddof=1) / np.sqrt(n)


def gain__medians(before, after):
    """Medians in place of means."""
    error = np.sqrt(np.var(before, ddof=1) / len(before) + np.var(after, ddof=1) / len(after))
    return np.median(after) - np.median(before), error


def gain__two_errors(before, after):
    """Twice the error, as in an interval of 95 %."""
    error = np.sqrt(np.var(before, ddof=1) / len(before) + np.var(after, ddof=1) / len(after))
    return after.mean() - before.mean(), 2 * error


def gain__swapped_numbers(before, after):
    """Each variance is divided by the other's number of runs."""
    error = np.sqrt(np.var(before, ddof=1) / len(after) + np.var(after, ddof=1) / len(before))
    return after.mean() - before.mean(), error


def gain__larger_error(before, after):
    """Only the larger of the two errors."""
    errors = [np.std(runs, ddof=1) / np.sqrt(len(runs)) for runs in (before, after)]
    return after.mean() - before.mean(), max(errors)


def gain__difference_only(before, after):
    """The error is forgotten."""
    return after.mean() - before.mean()


def my_start__geometric_mean(widths, seed):
    """The variance 2/√(n_in n_out): the factors cancel in the end, but no layer keeps the size."""
    rng = np.random.default_rng(seed)
    return [
        np.sqrt(2 / np.sqrt(n_in * n_out)) * rng.normal(size=(n_in, n_out))
        for n_in, n_out in pairwise(widths)
    ]
