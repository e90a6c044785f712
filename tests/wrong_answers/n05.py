"""Wrong answers to the exercises of notebook 05: LSTM, GRU, their parameters."""

import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def lstm_step__forgets_to_add_bias(x_t, h, c, W_x, W_h, b):
    """The bias is missing."""
    i, f, g, o = np.split(x_t @ W_x + h @ W_h, 4, axis=-1)
    c_new = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h_new = sigmoid(o) * np.tanh(c_new)
    return h_new, c_new


def lstm_step__forgets_the_state(x_t, h, c, W_x, W_h, b):
    """The term h @ W_h is missing."""
    i, f, g, o = np.split(x_t @ W_x + b, 4, axis=-1)
    c_t = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_t), c_t


def lstm_step__sigmoid_with_wrong_sign(x_t, h, c, W_x, W_h, b):
    """The sign in the exponent of the sigmoid is wrong, so every gate is 1 minus itself."""
    i, f, g, o = np.split(x_t @ W_x + h @ W_h + b, 4, axis=-1)
    i = 1 / (1 + np.exp(i))
    f = 1 / (1 + np.exp(f))
    o = 1 / (1 + np.exp(o))
    c_t = f * c + i * np.tanh(g)
    return o * np.tanh(c_t), c_t


def lstm_step__forget_gate_for_writing(x_t, h, c, W_x, W_h, b):
    """1 - f writes the candidate instead of i."""
    i, f, g, o = np.split(x_t @ W_x + h @ W_h + b, 4, axis=-1)
    f, o = sigmoid(f), sigmoid(o)
    c_t = f * c + (1 - f) * np.tanh(g)
    return o * np.tanh(c_t), c_t


def lstm_step__tanh_everywhere(x_t, h, c, W_x, W_h, b):
    """The gates go through tanh instead of a sigmoid."""
    i, f, g, o = np.split(np.tanh(x_t @ W_x + h @ W_h + b), 4, axis=-1)
    c_t = f * c + i * g
    return o * np.tanh(c_t), c_t


def lstm_step__only_h(x_t, h, c, W_x, W_h, b):
    """Only h is returned, not the pair."""
    i, f, g, o = np.split(x_t @ W_x + h @ W_h + b, 4, axis=1)
    c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    h = sigmoid(o) * np.tanh(c)
    return h


def lstm_step__split_along_the_batch(x_t, h, c, W_x, W_h, b):
    """np.split without an axis cuts the batch apart."""
    i, f, g, o = np.split(x_t @ W_x + h @ W_h + b, 4)
    c_t = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_t), c_t


def lstm_step__reshaped_instead_of_split(x_t, h, c, W_x, W_h, b):
    """reshape mixes the rows of the batch: right for a batch of one only."""
    a = x_t @ W_x + h @ W_h + b
    i, f, g, o = a.reshape(4, len(x_t), -1)
    c_t = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_t), c_t


def lstm_step__width_of_the_input(x_t, h, c, W_x, W_h, b):
    """The blocks are cut as wide as the input instead of the state."""
    n = x_t.shape[1]
    a = x_t @ W_x + h @ W_h + b
    i = sigmoid(a[:, :n])
    f = sigmoid(a[:, n : 2 * n])
    g = np.tanh(a[:, 2 * n : 3 * n])
    o = sigmoid(a[:, 3 * n :])
    c_t = f * c + i * g
    return o * np.tanh(c_t), c_t


def lstm_step__forgets_h_instead_of_c(x_t, h, c, W_x, W_h, b):
    """The forget gate multiplies the old h instead of the old c."""
    i, f, g, o = np.split(x_t @ W_x + h @ W_h + b, 4, axis=-1)
    c_t = sigmoid(f) * h + sigmoid(i) * np.tanh(g)
    return sigmoid(o) * np.tanh(c_t), c_t


def lstm_step__output_gate_raw(x_t, h, c, W_x, W_h, b):
    """The output gate did not go through the sigmoid."""
    i, f, g, o = np.split(x_t @ W_x + h @ W_h + b, 4, axis=-1)
    i, f, g = sigmoid(i), sigmoid(f), np.tanh(g)
    c_t = f * c + i * g
    return o * np.tanh(c_t), c_t


def lstm_step__cell_squashed(x_t, h, c, W_x, W_h, b):
    """The cell state itself is squashed by tanh."""
    i, f, g, o = np.split(x_t @ W_x + h @ W_h + b, 4, axis=-1)
    c_t = np.tanh(sigmoid(f) * c + sigmoid(i) * np.tanh(g))
    return sigmoid(o) * c_t, c_t


def gru_step__bias_missing(x_t, h, W_x, W_h, b):
    """The bias is missing."""
    x_z, x_r, x_g = np.split(x_t @ W_x, 3, axis=-1)
    U_z, U_r, U_g = np.split(W_h, 3, axis=-1)
    z = sigmoid(x_z + h @ U_z)
    r = sigmoid(x_r + h @ U_r)
    g = np.tanh(x_g + (r * h) @ U_g)
    return z * h + (1 - z) * g


def gru_step__reset_in_the_mixture(x_t, h, W_x, W_h, b):
    """The reset state is mixed in at the end instead of the old one."""
    x_z, x_r, x_g = np.split(x_t @ W_x + b, 3, axis=-1)
    U_z, U_r, U_g = np.split(W_h, 3, axis=-1)
    z = sigmoid(x_z + h @ U_z)
    r = sigmoid(x_r + h @ U_r)
    h = r * h
    g = np.tanh(x_g + h @ U_g)
    return z * h + (1 - z) * g


def gru_step__candidate_not_squashed(x_t, h, W_x, W_h, b):
    """The candidate does not go through tanh."""
    x_z, x_r, x_g = np.split(x_t @ W_x + b, 3, axis=-1)
    U_z, U_r, U_g = np.split(W_h, 3, axis=-1)
    z = sigmoid(x_z + h @ U_z)
    r = sigmoid(x_r + h @ U_r)
    return z * h + (1 - z) * (x_g + (r * h) @ U_g)


def gru_step__weights_split_along_rows(x_t, h, W_x, W_h, b):
    """W_h is split along its rows instead of its columns."""
    x_z, x_r, x_g = np.split(x_t @ W_x + b, 3, axis=-1)
    U_z, U_r, U_g = np.split(W_h, 3)
    z = sigmoid(x_z + h @ U_z)
    r = sigmoid(x_r + h @ U_r)
    return z * h + (1 - z) * np.tanh(x_g + (r * h) @ U_g)


def gru_step__candidate_first(x_t, h, W_x, W_h, b):
    """The blocks are taken in the order g, z, r."""
    x_g, x_z, x_r = np.split(x_t @ W_x + b, 3, axis=-1)
    U_g, U_z, U_r = np.split(W_h, 3, axis=-1)
    z = sigmoid(x_z + h @ U_z)
    r = sigmoid(x_r + h @ U_r)
    return z * h + (1 - z) * np.tanh(x_g + (r * h) @ U_g)


def gru_step__copied_line(x_t, h, W_x, W_h, b):
    """A line copied and not changed: r is computed with the weights of z."""
    x_z, x_r, x_g = np.split(x_t @ W_x + b, 3, axis=-1)
    U_z, U_r, U_g = np.split(W_h, 3, axis=-1)
    z = sigmoid(x_z + h @ U_z)
    r = sigmoid(x_r + h @ U_z)
    return z * h + (1 - z) * np.tanh(x_g + (r * h) @ U_g)


def gru_step__only_the_candidate(x_t, h, W_x, W_h, b):
    """The term z * h is missing: nothing of the old state is kept."""
    x_z, x_r, x_g = np.split(x_t @ W_x + b, 3, axis=-1)
    U_z, U_r, U_g = np.split(W_h, 3, axis=-1)
    z = sigmoid(x_z + h @ U_z)
    r = sigmoid(x_r + h @ U_r)
    return (1 - z) * np.tanh(x_g + (r * h) @ U_g)


def gru_step__gates_through_tanh(x_t, h, W_x, W_h, b):
    """The gates go through tanh instead of a sigmoid."""
    x_z, x_r, x_g = np.split(x_t @ W_x + b, 3, axis=-1)
    U_z, U_r, U_g = np.split(W_h, 3, axis=-1)
    z = np.tanh(x_z + h @ U_z)
    r = np.tanh(x_r + h @ U_r)
    return z * h + (1 - z) * np.tanh(x_g + (r * h) @ U_g)


def gru_step__four_blocks(x_t, h, W_x, W_h, b):
    """The sums are split into four blocks, as for an LSTM."""
    z, r, g, o = np.split(x_t @ W_x + h @ W_h + b, 4, axis=-1)
    z, r, g = sigmoid(z), sigmoid(r), np.tanh(r * g)
    return z * h + (1 - z) * g


def gru_step__reset_on_the_whole_sum(x_t, h, W_x, W_h, b):
    """The reset gate multiplies the candidate's whole sum, input and bias included."""
    x_z, x_r, x_g = np.split(x_t @ W_x + b, 3, axis=-1)
    U_z, U_r, U_g = np.split(W_h, 3, axis=-1)
    z = sigmoid(x_z + h @ U_z)
    r = sigmoid(x_r + h @ U_r)
    g = np.tanh(r * (x_g + h @ U_g))
    return z * h + (1 - z) * g


def count_gated_parameters__names_in_lower_case(kind, m, n):
    """The table has its own names for the kinds."""
    blocks = {"rnn": 1, "gru": 3, "lstm": 4}
    return blocks[kind] * (n * (m + n) + n)


def count_gated_parameters__two_biases_everywhere(kind, m, n):
    """Every layer gets two biases per block, not only the GRU."""
    blocks = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[kind]
    return blocks * (n * (m + n) + 2 * n)


def count_gated_parameters__bias_once(kind, m, n):
    """The bias is counted once per layer instead of once per block."""
    if kind == "SimpleRNN":
        return n * (m + n) + n
    if kind == "LSTM":
        return 4 * n * (m + n) + n
    return 3 * n * (m + n) + 2 * n


def count_gated_parameters__three_and_four_swapped(kind, m, n):
    """The LSTM is given three blocks and the GRU four."""
    blocks = 1
    if kind == "LSTM":
        blocks = 3
    elif kind == "GRU":
        blocks = 4
    return blocks * (n * (m + n) + n * (2 if kind == "GRU" else 1))


def count_gated_parameters__m_and_n_swapped(kind, m, n):
    """m and n have changed places."""
    blocks = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[kind]
    bias = 2 if kind == "GRU" else 1
    return blocks * (m * (n + m) + bias * m)


def count_gated_parameters__simple_rnn_forgotten(kind, m, n):
    """The case SimpleRNN is forgotten."""
    if kind == "LSTM":
        count = 4 * (n * (m + n) + n)
    elif kind == "GRU":
        count = 3 * (n * (m + n) + 2 * n)
    return count


def count_gated_parameters__peepholes(kind, m, n):
    """The LSTM gets peephole weights that Keras's does not have."""
    one = n * (m + n) + n
    if kind == "LSTM":
        return 4 * one + 3 * n
    if kind == "GRU":
        return 3 * (one + n)
    return one


def count_gated_parameters__not_times_n(kind, m, n):
    """A unit's weights are counted once, not for all n units."""
    blocks = {"SimpleRNN": 1, "GRU": 3, "LSTM": 4}[kind]
    return blocks * (m + n + (2 if kind == "GRU" else 1))
