"""Correct answers in other styles: recurrence."""

import math

import numpy as np


def step_in_float32(x_t, h, W_xh, W_hh):
    x_t, h, W_xh, W_hh = (np.asarray(a, dtype=np.float32) for a in (x_t, h, W_xh, W_hh))
    return np.tanh(np.einsum("bi,iu->bu", x_t, W_xh) + np.einsum("bu,uv->bv", h, W_hh))


def step_as_columns(x_t, h, W_xh, W_hh):
    return np.tanh(W_hh.T @ h.T + W_xh.T @ x_t.T).T


def step_with_joined_weights(x_t, h, W_xh, W_hh):
    return np.tanh(np.hstack([h, x_t]) @ np.vstack([W_hh, W_xh]))


def step_in_lists(x_t, h, W_xh, W_hh):
    answer = []
    for x, old in zip(x_t, h, strict=True):
        sums = [
            sum(x[i] * W_xh[i][u] for i in range(len(x)))
            + sum(old[v] * W_hh[v][u] for v in range(len(old)))
            for u in range(len(old))
        ]
        answer.append([math.tanh(s) for s in sums])
    return answer


def states_in_place(X, W_xh, W_hh):
    batch, steps, _ = X.shape
    H = np.zeros((batch, steps, len(W_hh)))
    for t in range(steps):
        H[:, t] = X[:, t] @ W_xh
        if t > 0:
            H[:, t] += H[:, t - 1] @ W_hh
        np.tanh(H[:, t], out=H[:, t])
    return H


def states_one_sequence_after_another(X, W_xh, W_hh):
    answer = []
    for sequence in X:
        h, states = np.zeros(len(W_hh)), []
        for x_t in sequence:
            h = np.tanh(W_hh.T @ h + W_xh.T @ x_t)
            states.append(h)
        answer.append(states)
    return answer


def states_in_float32_time_first(X, W_xh, W_hh):
    products = np.moveaxis(np.float32(X) @ np.float32(W_xh), 1, 0)
    h, states = np.float32(0), []
    for product in products:
        before = h @ np.float32(W_hh) if states else 0
        h = np.tanh(product + before)
        states.append(h)
    return np.moveaxis(np.array(states), 0, 1)


def parameters_factored(inputs, units, steps):
    return [units * (inputs + units + 1), units * (steps * inputs + 1)]


def parameters_counted_in_arrays(inputs, units, steps):
    shapes = [(inputs, units), (units, units), (units,)]
    recurrent = sum(np.zeros(shape).size for shape in shapes)
    return np.array([recurrent, np.zeros((inputs * steps + 1, units)).size])


STYLES: dict = {
    "rnn_step": [
        step_in_float32,
        step_as_columns,
        step_with_joined_weights,
        step_in_lists,
    ],
    "rnn_states": [
        states_in_place,
        states_one_sequence_after_another,
        states_in_float32_time_first,
    ],
    "rnn_parameters": [parameters_factored, parameters_counted_in_arrays],
}
