"""Right answers by another way: all states, a latch, a waltz."""

import numpy as np


def rnn_states__in_place(X, W_xh, W_hh):
    H = X @ W_xh
    for t in range(X.shape[1]):
        if t > 0:
            H[:, t] += H[:, t - 1] @ W_hh
        np.tanh(H[:, t], out=H[:, t])
    return H


def rnn_states__single_precision(X, W_xh, W_hh):
    H = np.zeros((X.shape[0], X.shape[1], len(W_hh)), dtype=np.float32)
    h = np.zeros((X.shape[0], len(W_hh)), dtype=np.float32)
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ W_xh + h @ W_hh).astype(np.float32)
        H[:, t] = h
    return H


def rnn_states__one_sequence_after_another(X, W_xh, W_hh):
    answer = []
    for sequence in X:
        h, states = np.zeros(len(W_hh)), []
        for x_t in sequence:
            h = np.tanh(W_hh.T @ h + W_xh.T @ x_t)
            states.append(h)
        answer.append(states)
    return answer


def latch__gentle():
    return [[2.0], [-2.0]], [[1.3]]


def latch__steep():
    return [np.array([[50], [-50]]), np.array([[20]])]


def waltz__unequal_weights():
    """What counts is the product round the ring, 1.5 * 4 * 0.7 = 4.2."""
    W_hh = np.array([[0, 1.5, 0], [0, 0, 4], [0.7, 0, 0]])
    return np.array([[1.0, 0.0, 0.0]]), W_hh, np.array([[1.0], [0.0], [0.0]])


def waltz__another_order():
    W_hh = 3 * np.array([[0, 0, 1], [1, 0, 0], [0, 1, 0]])
    return [[1, 0, 0]], W_hh, [[2], [0], [0]]
