"""Wrong answers to the exercises of notebook 02: one step, all states, parameters."""

import numpy as np


def rnn_step(x_t, h, W_xh, W_hh):
    raise NotImplementedError("your code here")


def rnn_step__input_missing(x_t, h, W_xh, W_hh):
    """The input term x_t @ W_xh is missing."""
    return np.tanh(h @ W_hh)


def rnn_step__matrices_swapped(x_t, h, W_xh, W_hh):
    """The two matrices have changed places."""
    return np.tanh(x_t @ W_hh + h @ W_xh)


def rnn_step__elementwise(x_t, h, W_xh, W_hh):
    """`*` is used where a matrix product is needed."""
    return np.tanh(x_t * W_xh + h * W_hh)


def rnn_step__minus(x_t, h, W_xh, W_hh):
    """The recurrent term is subtracted."""
    a = np.dot(x_t, W_xh) - np.dot(h, W_hh)
    return np.tanh(a)


def rnn_step__tan(x_t, h, W_xh, W_hh):
    """np.tan is used instead of np.tanh."""
    return np.tan(x_t @ W_xh + h @ W_hh)


def rnn_step__joined_in_another_order(x_t, h, W_xh, W_hh):
    """State and input are joined in one order, their matrices in the other."""
    v = np.concatenate([h, x_t], axis=1)
    W = np.concatenate([W_xh, W_hh], axis=0)
    return np.tanh(v @ W)


def rnn_step__state_through_both(x_t, h, W_xh, W_hh):
    """The state is added before the recurrent matrix, so the input passes through it too."""
    return np.tanh((x_t @ W_xh + h) @ W_hh)


def rnn_step__first_row_only(x_t, h, W_xh, W_hh):
    """Only the first sequence of the batch is computed."""
    return np.tanh(x_t[0] @ W_xh + h[0] @ W_hh)


def rnn_step__relu(x_t, h, W_xh, W_hh):
    """ReLU is used instead of tanh."""
    return np.maximum(0, x_t @ W_xh + h @ W_hh)


def rnn_step__mean_of_the_two(x_t, h, W_xh, W_hh):
    """The two products are averaged instead of added."""
    return np.tanh((x_t @ W_xh + h @ W_hh) / 2)


def rnn_states__no_recurrent_weights(X, W_xh, W_hh):
    """The term h @ W_hh is missing."""
    return np.tanh(X @ W_xh)


def rnn_states__starts_with_ones(X, W_xh, W_hh):
    """The first state is one instead of zero."""
    h = np.ones((X.shape[0], W_hh.shape[0]))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t, :] @ W_xh + h @ W_hh)
        H.append(h)
    return np.stack(H, axis=1)


def rnn_states__h0_included(X, W_xh, W_hh):
    """The zero state before the first step is returned too: T + 1 states."""
    states = [np.zeros((X.shape[0], W_hh.shape[0]))]
    for t in range(X.shape[1]):
        states.append(np.tanh(X[:, t] @ W_xh + states[-1] @ W_hh))
    return np.stack(states, axis=1)


def rnn_states__last_step_missing(X, W_xh, W_hh):
    """The loop stops one step early, and the last state stays zero."""
    batch, steps, _ = X.shape
    H = np.zeros((batch, steps, len(W_hh)))
    h = np.zeros((batch, len(W_hh)))
    for t in range(steps - 1):
        h = np.tanh(X[:, t] @ W_xh + h @ W_hh)
        H[:, t] = h
    return H


def rnn_states__kept_before_the_update(X, W_xh, W_hh):
    """The state is appended before it is updated: h_0 … h_{T-1} come back."""
    h = np.zeros((X.shape[0], W_hh.shape[0]))
    H = []
    for t in range(X.shape[1]):
        H.append(h)
        h = np.tanh(X[:, t] @ W_xh + h @ W_hh)
    return np.stack(H, axis=1)


def rnn_states__concatenated(X, W_xh, W_hh):
    """The states are concatenated along the units instead of stacked along time."""
    h = np.zeros((X.shape[0], W_hh.shape[0]))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ W_xh + h @ W_hh)
        H.append(h)
    return np.concatenate(H, axis=1)


def rnn_states__calls_the_unwritten_step(X, W_xh, W_hh):
    """It calls rnn_step, which was never written."""
    h = np.zeros((X.shape[0], W_hh.shape[0]))
    H = []
    for t in range(X.shape[1]):
        h = rnn_step(X[:, t], h, W_xh, W_hh)
        H.append(h)
    return np.stack(H, axis=1)


def rnn_states__first_axis_by_index(X, W_xh, W_hh):
    """X[t] takes the sequence t of the batch where step t is meant."""
    h = np.zeros((X.shape[0], W_hh.shape[0]))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[t] @ W_xh + h @ W_hh)
        H.append(h)
    return np.stack(H, axis=1)


def rnn_states__state_as_wide_as_input(X, W_xh, W_hh):
    """The state is given the size of the input instead of the number of units."""
    h = np.zeros((X.shape[0], X.shape[2]))
    H = []
    for t in range(X.shape[1]):
        h = np.tanh(X[:, t] @ W_xh + h @ W_hh)
        H.append(h)
    return np.stack(H, axis=1)


def rnn_states__whole_numbers(X, W_xh, W_hh):
    """The states are stored in an array of integers."""
    n, T, _ = X.shape
    H = np.zeros((n, T, W_hh.shape[0]), dtype=int)
    h = np.zeros((n, W_hh.shape[0]))
    for t in range(T):
        h = np.tanh(X[:, t] @ W_xh + h @ W_hh)
        H[:, t] = h
    return H


def rnn_states__adds_up(X, W_xh, W_hh):
    """The new state is added to the old one instead of replacing it."""
    h = np.zeros((X.shape[0], W_hh.shape[0]))
    H = []
    for t in range(X.shape[1]):
        h = h + np.tanh(X[:, t] @ W_xh + h @ W_hh)
        H.append(h)
    return np.stack(H, axis=1)


def rnn_parameters__swapped(inputs, units, steps):
    """The two counts come back in the wrong order."""
    rnn = units * (inputs + units + 1)
    dense = units * (inputs * steps + 1)
    return dense, rnn


def rnn_parameters__one_bias_number(inputs, units, steps):
    """One bias in all is counted instead of one per unit."""
    return inputs * units + units**2 + 1, steps * inputs * units + 1


def rnn_parameters__square_of_inputs(inputs, units, steps):
    """The recurrent matrix is counted as inputs x inputs."""
    return inputs * units + inputs * inputs + units, steps * inputs * units + units


def rnn_parameters__four_gates(inputs, units, steps):
    """The recurrent layer is counted as an LSTM, four times too large."""
    recurrent = 4 * (inputs * units + units * units + units)
    return recurrent, steps * inputs * units + units


def rnn_parameters__adds_inputs_and_units(inputs, units, steps):
    """In Dense, inputs and units are added where they are multiplied."""
    return inputs * units + units * units + units, steps * inputs + units


def rnn_parameters__no_bias_in_dense(inputs, units, steps):
    """The bias of Dense is missing."""
    return (inputs + units + 1) * units, steps * inputs * units


def rnn_parameters__dense_gets_a_loop(inputs, units, steps):
    """Dense gets the recurrent matrix too."""
    x = inputs * units
    h = units * units
    return x + h + units, steps * x + h + units


def rnn_parameters__one_total(inputs, units, steps):
    """The sum of both counts is returned as one number."""
    total = inputs * units + units * units + units
    total += steps * inputs * units + units
    return total
