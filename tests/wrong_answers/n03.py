"""Wrong answers to the exercises of notebook 03: logits, one step back, the sum over time."""

import numpy as np


def softmax(y):
    e = np.exp(y - y.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


def logit_gradient__largest_of_all_rows(y, target):
    """The largest logit of the whole batch is subtracted: a row far below it becomes 0 / 0."""
    e = np.exp(y - np.max(y))
    p = e / np.sum(e, axis=1, keepdims=True)
    return (p - target) / y.shape[0]


def logit_gradient__subtracts_the_mean(y, target):
    """The mean of a row is subtracted instead of its largest logit: exp can still overflow."""
    y = y - y.mean(axis=1, keepdims=True)
    p = np.exp(y) / np.exp(y).sum(axis=1, keepdims=True)
    return (p - target) / len(y)


def logit_gradient__clips_the_logits(y, target):
    """Logits are clipped to 500, so large ones become equal."""
    e = np.exp(np.clip(y, -500, 500))
    return (e / e.sum(axis=-1, keepdims=True) - target) / len(y)


def logit_gradient__divided_by_classes(y, target):
    """It divides by the number of characters V instead of the batch size B."""
    B, V = y.shape
    return (softmax(y) - target) / V


def logit_gradient__the_loss_itself(y, target):
    """The loss is returned, not its gradient."""
    p = softmax(y)
    return -np.sum(target * np.log(p + 1e-12)) / len(y)


def logit_gradient__slope_of_a_sigmoid(y, target):
    """p (1 - p), the slope of a sigmoid, is used instead of p - target."""
    p = softmax(y)
    return p * (1 - p) / len(y)


def logit_gradient__softmax_over_everything(y, target):
    """The softmax divides by the sum over the whole batch."""
    e = np.exp(y - np.max(y, axis=1, keepdims=True))
    p = e / e.sum()
    return (p - target) / len(y)


def logit_gradient__right_character_only(y, target):
    """Only the entry of the right character gets a gradient."""
    p = softmax(y)
    return (p - target) * target / len(y)


def logit_gradient__target_as_index(y, target):
    """The one-hot target is used as an index."""
    p = softmax(y)
    p[np.arange(len(y)), target] -= 1
    return p / len(y)


def logit_gradient__sum_without_keepdims(y, target):
    """The sums lack keepdims, so they do not line up with the rows."""
    e = np.exp(y - np.max(y, axis=-1, keepdims=True))
    p = e / e.sum(axis=-1)
    return (p - target) / len(y)


def logit_gradient__averages_over_the_batch(y, target):
    """The rows are averaged, so the batch axis is lost."""
    return np.mean(softmax(y) - target, axis=0)


def rnn_step_backward__weight_gradient_transposed(x_t, h_prev, W_xh, W_hh, dh_t):
    """The gradients of the weights are transposed."""
    h_t = np.tanh(x_t @ W_xh + h_prev @ W_hh)
    da = (1 - h_t**2) * dh_t
    return da @ W_hh.T, da.T @ x_t, da.T @ h_prev


def rnn_step_backward__order_of_results(x_t, h_prev, W_xh, W_hh, dh_t):
    """The gradients come back in the wrong order: weights first."""
    h_t = np.tanh(x_t @ W_xh + h_prev @ W_hh)
    da = (1 - h_t**2) * dh_t
    dW_xh = x_t.T @ da
    dW_hh = h_prev.T @ da
    dh_prev = da @ W_hh.T
    return dW_xh, dW_hh, dh_prev


def rnn_step_backward__one_weight_without_tanh(x_t, h_prev, W_xh, W_hh, dh_t):
    """The gradient of W_xh does not go through tanh; the other two do."""
    h_t = np.tanh(h_prev @ W_hh + x_t @ W_xh)
    da_t = dh_t * (1 - h_t**2)
    return da_t @ W_hh.T, x_t.T @ dh_t, h_prev.T @ da_t


def rnn_step_backward__mean_over_the_batch(x_t, h_prev, W_xh, W_hh, dh_t):
    """The gradients of the weights are divided by the batch size."""
    h_t = np.tanh(h_prev @ W_hh + x_t @ W_xh)
    da_t = dh_t * (1 - h_t**2)
    B = len(x_t)
    return da_t @ W_hh.T, x_t.T @ da_t / B, h_prev.T @ da_t / B


def rnn_step_backward__wrong_matrix_back(x_t, h_prev, W_xh, W_hh, dh_t):
    """dh_prev is taken through W_xh instead of W_hh."""
    h_t = np.tanh(h_prev @ W_hh + x_t @ W_xh)
    da = dh_t * (1 - h_t * h_t)
    return da @ W_xh.T, x_t.T @ da, h_prev.T @ da


def rnn_step_backward__slope_of_a_sigmoid(x_t, h_prev, W_xh, W_hh, dh_t):
    """The slope is that of a sigmoid, h (1 - h)."""
    h_t = np.tanh(h_prev @ W_hh + x_t @ W_xh)
    da = dh_t * h_t * (1 - h_t)
    return da @ W_hh.T, x_t.T @ da, h_prev.T @ da


def rnn_step_backward__state_from_input_only(x_t, h_prev, W_xh, W_hh, dh_t):
    """h_t is computed without the old state."""
    h_t = np.tanh(x_t @ W_xh)
    da = dh_t * (1 - h_t**2)
    return da @ W_hh.T, x_t.T @ da, h_prev.T @ da


def rnn_step_backward__tanh_twice(x_t, h_prev, W_xh, W_hh, dh_t):
    """tanh is applied a second time inside the slope."""
    h_t = np.tanh(h_prev @ W_hh + x_t @ W_xh)
    da = dh_t * (1 - np.tanh(h_t) ** 2)
    return da @ W_hh.T, x_t.T @ da, h_prev.T @ da


def rnn_step_backward__elementwise_with_the_matrix(x_t, h_prev, W_xh, W_hh, dh_t):
    """`*` with W_hh stands where a matrix product is needed."""
    h_t = np.tanh(h_prev @ W_hh + x_t @ W_xh)
    da = dh_t * (1 - h_t**2)
    return da * W_hh, x_t.T @ da, h_prev.T @ da


def rnn_step_backward__forgets_dh_prev(x_t, h_prev, W_xh, W_hh, dh_t):
    """Only the two gradients of the weights are returned."""
    h_t = np.tanh(h_prev @ W_hh + x_t @ W_xh)
    da = dh_t * (1 - h_t**2)
    return x_t.T @ da, h_prev.T @ da


def recurrent_gradient__first_step_missing(h, g, W_hh):
    """The loop ends at t = 2: the first step contributes nothing."""
    dW = np.zeros_like(W_hh)
    da = np.zeros_like(h[0])
    for t in range(len(g), 1, -1):
        da = (g[t - 1] + da @ W_hh.T) * (1 - h[t] ** 2)
        dW += h[t - 1].T @ da
    return dW


def recurrent_gradient__g_index(h, g, W_hh):
    """g[t] is used where g[t - 1] is meant."""
    dW_hh, da = np.zeros_like(W_hh), np.zeros_like(h[0])
    for t in range(len(g), 0, -1):
        da = (g[t] + da @ W_hh.T) * (1 - h[t] ** 2)
        dW_hh += h[t - 1].T @ da
    return dW_hh


def recurrent_gradient__zero_based_loop(h, g, W_hh):
    """The loop counts from 0, so every state is taken one step too early."""
    dW_hh, da = np.zeros_like(W_hh), np.zeros_like(h[0])
    for t in reversed(range(len(g))):
        da = (g[t] + da @ W_hh.T) * (1 - h[t] ** 2)
        dW_hh += h[t].T @ da
    return dW_hh


def recurrent_gradient__last_step_missing(h, g, W_hh):
    """The loop begins at T - 1: the last step is missing."""
    dW_hh, da = np.zeros_like(W_hh), np.zeros_like(h[0])
    for t in range(len(g) - 1, 0, -1):
        da = (g[t - 1] + da @ W_hh.T) * (1 - h[t] ** 2)
        dW_hh += h[t - 1].T @ da
    return dW_hh


def recurrent_gradient__slope_at_the_old_state(h, g, W_hh):
    """The slope of tanh is taken at h[t - 1] instead of h[t]."""
    dW_hh, da = np.zeros_like(W_hh), np.zeros_like(h[0])
    for t in range(len(g), 0, -1):
        da = (g[t - 1] + da @ W_hh.T) * (1 - h[t - 1] ** 2)
        dW_hh += h[t - 1].T @ da
    return dW_hh


def recurrent_gradient__result_transposed(h, g, W_hh):
    """The result is transposed."""
    T = len(g)
    grad = np.zeros(W_hh.shape)
    back = 0
    for t in range(T, 0, -1):
        da = (g[t - 1] + back) * (1 - h[t] ** 2)
        grad += da.T @ h[t - 1]
        back = da @ W_hh.T
    return grad


def recurrent_gradient__slope_on_own_loss_only(h, g, W_hh):
    """A bracket is missing: what comes from the future does not go through tanh."""
    dW_hh, da = np.zeros_like(W_hh), np.zeros_like(h[0])
    for t in range(len(g), 0, -1):
        da = g[t - 1] * (1 - h[t] ** 2) + da @ W_hh.T
        dW_hh += h[t - 1].T @ da
    return dW_hh


def recurrent_gradient__square_of_the_bracket(h, g, W_hh):
    """(1 - h)**2 stands where 1 - h**2 is meant."""
    dW_hh, da = np.zeros_like(W_hh), np.zeros_like(h[0])
    for t in range(len(g), 0, -1):
        da = (g[t - 1] + da @ W_hh.T) * (1 - h[t]) ** 2
        dW_hh += h[t - 1].T @ da
    return dW_hh


def recurrent_gradient__mean_over_the_batch(h, g, W_hh):
    """Each use is divided by the batch size."""
    dW_hh, da = np.zeros_like(W_hh), np.zeros_like(h[0])
    for t in range(len(g), 0, -1):
        da = (g[t - 1] + da @ W_hh.T) * (1 - h[t] ** 2)
        dW_hh += h[t - 1].T @ da / h.shape[1]
    return dW_hh


def recurrent_gradient__da_shaped_like_the_weight(h, g, W_hh):
    """The gradient of a is started with the shape of W_hh, not of a state."""
    dW_hh = np.zeros_like(W_hh)
    da = np.zeros_like(W_hh)
    for t in range(len(g), 0, -1):
        da = (g[t - 1] + da @ W_hh.T) * (1 - h[t] ** 2)
        dW_hh += h[t - 1].T @ da
    return dW_hh
