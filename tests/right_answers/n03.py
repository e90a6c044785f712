"""Right answers to the exercises of notebook 03 by other ways than the solution's."""

import math

import numpy as np


def logit_gradient__with_python_floats(y, target):
    rows = []
    for logits, right in zip(y, target, strict=True):
        top = max(logits)
        e = [math.exp(value - top) for value in logits]
        rows.append([(a / sum(e) - b) / len(y) for a, b in zip(e, right, strict=True)])
    return rows


def logit_gradient__from_the_logarithms(y, target):
    log_p = y - y.max(axis=-1, keepdims=True)
    log_p -= np.log(np.exp(log_p).sum(axis=-1, keepdims=True))
    return np.where(target == 1, np.expm1(log_p), np.exp(log_p)) / y.shape[0]


def rnn_step_backward__slope_as_a_hyperbolic_cosine(x_t, h_prev, W_xh, W_hh, dh_t):
    a_t = np.einsum("bn,nm->bm", h_prev, W_hh) + np.einsum("bv,vm->bm", x_t, W_xh)
    da = dh_t / np.cosh(a_t) ** 2
    return [
        np.einsum("bm,nm->bn", da, W_hh),
        np.einsum("bv,bm->vm", x_t, da),
        np.einsum("bn,bm->nm", h_prev, da),
    ]


def rnn_step_backward__text_by_text(x_t, h_prev, W_xh, W_hh, dh_t):
    dh_prev = np.zeros(h_prev.shape)
    dW_xh, dW_hh = 0, 0
    for row, (x, h, dh) in enumerate(zip(x_t, h_prev, dh_t, strict=True)):
        da = (1 - np.tanh(W_hh.T @ h + W_xh.T @ x) ** 2) * dh
        dh_prev[row] = W_hh @ da
        dW_xh = dW_xh + np.outer(x, da)
        dW_hh = dW_hh + np.outer(h, da)
    return dh_prev, dW_xh, dW_hh


def recurrent_gradient__by_recursion(h, g, W_hh):
    def da(t):
        future = da(t + 1) @ W_hh.T if t < len(g) else 0
        return (1 - h[t] ** 2) * (g[t - 1] + future)

    return sum(h[t - 1].T @ da(t) for t in range(1, len(g) + 1))


def recurrent_gradient__by_one_product_at_the_end(h, g, W_hh):
    g *= 1 - h[1:] ** 2
    for t in range(len(g) - 1, 0, -1):
        g[t - 1] += g[t] @ W_hh.T * (1 - h[t] ** 2)
    return np.tensordot(h[:-1], g, axes=([0, 1], [0, 1]))
