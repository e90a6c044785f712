"""Wrong answers to the exercises of notebook 02: all states, a latch, a waltz."""

import numpy as np


def rnn_states(X, W_xh, W_hh):
    raise NotImplementedError("your code here")


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


def rnn_states__state_of_the_last_sequence(X, W_xh, W_hh):
    """The state is not set back to zero between the sequences, and time is collected first."""
    h = np.zeros(W_hh.shape[0])
    H = np.zeros((X.shape[1], X.shape[0], W_hh.shape[0]))
    for n, x in enumerate(X):
        for t, x_t in enumerate(x):
            h = np.tanh(x_t @ W_xh + h @ W_hh)
            H[t, n] = h
    return H


def latch__fades():
    """The recurrent weight is below 1: the set is forgotten."""
    return np.array([[5.0], [-5.0]]), np.array([[0.5]])


def latch__a_plain_sum():
    """The recurrent weight is 1: the state fades, slowly."""
    return np.array([[5.0], [-5.0]]), np.array([[1.0]])


def latch__alternates():
    """The recurrent weight is negative: the sign flips at every step."""
    return np.array([[5.0], [-5.0]]), np.array([[-2.0]])


def latch__reset_too_weak():
    """The input cannot turn a state that holds itself."""
    return np.array([[1.0], [-1.0]]), np.array([[3.0]])


def latch__reset_does_nothing():
    """Only the set has a weight."""
    return np.array([[5.0], [0.0]]), np.array([[2.0]])


def latch__reset_to_zero():
    """The reset cancels the state instead of turning it."""
    return np.array([[5.0], [-2.0]]), np.array([[2.0]])


def latch__transposed():
    """W_xh has a row for the unit and a column for each input."""
    return np.array([[5.0, -5.0]]), np.array([[2.0]])


def latch__changed_places():
    """W_hh comes first."""
    return np.array([[2.0]]), np.array([[5.0], [-5.0]])


def latch__plain_numbers():
    """Numbers are returned where matrices are wanted."""
    return 5.0, 2.0


def latch__one_matrix():
    """W_hh is missing."""
    return np.array([[5.0], [-5.0]])


def latch__prints():
    """It prints the weights."""
    print([[5.0], [-5.0]], [[2.0]])


def latch__infinite():
    """Infinite weights: the sum of inf and -inf is not a number."""
    return np.array([[np.inf], [-np.inf]]), np.array([[2.0]])


def waltz__dies_out():
    """The ring is right, and every turn through tanh makes the value smaller."""
    W_hh = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    return np.array([[1.0, 0.0, 0.0]]), W_hh, np.array([[1.0], [0.0], [0.0]])


def waltz__one_unit():
    """One unit that alternates beats at every second step."""
    return np.array([[1.0]]), np.array([[-2.0]]), np.array([[1.0]])


def waltz__four_beats():
    """A ring of four."""
    W_hh = 2 * np.roll(np.eye(4), 1, axis=1)
    return np.eye(4)[:1], W_hh, np.eye(4)[:, :1]


def waltz__all_units_heard():
    """The output hears all three units: it beats at every step."""
    return np.array([[1.0, 0.0, 0.0]]), 2 * np.roll(np.eye(3), 1, axis=1), np.ones((3, 1))


def waltz__no_ring():
    """The third unit sends nothing back to the first."""
    W_hh = np.array([[0.0, 2.0, 0.0], [0.0, 0.0, 2.0], [0.0, 0.0, 0.0]])
    return np.array([[1.0, 0.0, 0.0]]), W_hh, np.array([[1.0], [0.0], [0.0]])


def waltz__output_transposed():
    """W_hy is a row."""
    W_hh = 2 * np.roll(np.eye(3), 1, axis=1)
    return np.array([[1.0, 0.0, 0.0]]), W_hh, np.array([[1.0, 0.0, 0.0]])


def waltz__starts_late():
    """The input goes to the second unit, the output is read from the first."""
    return np.array([[0.0, 1.0, 0.0]]), 2 * np.roll(np.eye(3), 1, axis=1), np.eye(3)[:, :1]


def waltz__words():
    """The matrices are given by name only."""
    return "W_xh", "W_hh", "W_hy"


def waltz__a_rotation_that_drifts():
    """Two units turn by 120 degrees, so strongly that the tanh bends the circle: it loses step."""
    angle = 2 * np.pi / 3
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.array([[1.0, 0.0]]), 1.5 * turn, np.array([[1.0], [0.0]])


def waltz__a_rotation_that_drifts_slowly():
    """The same with 1.1: it is right for two hundred bars, and then loses step."""
    angle = 2 * np.pi / 3
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return np.array([[1.0, 0.0]]), 1.1 * turn, np.array([[1.0], [0.0]])
