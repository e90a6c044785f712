"""Correct answers in other styles: sequences."""

import numpy as np


def neuron_loops(x, w, b):
    return [float(sum(x_ij * w_j for x_ij, w_j in zip(x_i, w, strict=True)) + b) for x_i in x]


def neuron_einsum(x, w, b):
    return np.einsum("ij,j->i", x.astype("float32"), w.astype("float32")) + np.float32(b)


def parameters_list(length, inputs, hidden):
    return [hidden * (length * inputs + 1), hidden * (inputs + hidden + 1)]


def parameters_arrays(length, inputs, hidden):
    window = np.zeros((length, inputs, hidden)).size + np.zeros(hidden).size
    W_xh, W_hh, b = np.zeros((inputs, hidden)), np.zeros((hidden, hidden)), np.zeros(hidden)
    return float(window), float(W_xh.size + W_hh.size + b.size)


def pad_lists(sequences, length):
    return [(list(sequence) + [0] * length)[:length] for sequence in sequences]


def pad_array(sequences, length):
    X = np.zeros((len(sequences), length))
    for row, sequence in zip(X, sequences, strict=True):
        kept = sequence[:length]
        row[: len(kept)] = kept
    return X


def pad_in_place(sequences, length):
    for sequence in sequences:
        del sequence[length:]
        while len(sequence) < length:
            sequence.append(0)
    return sequences


def mean_loops(h, mask):
    return [
        [float(np.mean([h_t[j] for h_t, valid in zip(h_i, m_i, strict=True) if valid]))
         for j in range(h.shape[2])]
        for h_i, m_i in zip(h, mask, strict=True)
    ]  # fmt: skip


def mean_einsum(h, mask):
    weights = mask.astype("float32")
    return np.einsum("ntd,nt->nd", h.astype("float32"), weights) / weights.sum(1)[:, None]


def mean_masked_array(h, mask):
    hidden = np.broadcast_to(~mask[..., None], h.shape)
    return np.ma.masked_array(h, mask=hidden).mean(axis=1).data


STYLES: dict = {
    "neuron": [neuron_loops, neuron_einsum],
    "count_parameters": [parameters_list, parameters_arrays],
    "pad": [pad_lists, pad_array, pad_in_place],
    "masked_mean": [mean_loops, mean_einsum, mean_masked_array],
}
