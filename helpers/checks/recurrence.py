"""Exercises: recurrence."""

import numpy as np

from helpers.checks.engine import Exercise, Mistake


def _keras_step(x_t, h, W_xh, W_hh):
    import keras

    cell = keras.layers.SimpleRNNCell(W_hh.shape[0], use_bias=False, dtype="float64")
    cell.build(x_t.shape)
    cell.set_weights([W_xh, W_hh])
    return np.asarray(cell(x_t, [h])[0])


def _keras_states(X, W_xh, W_hh):
    import keras

    units = W_hh.shape[0]
    layer = keras.layers.SimpleRNN(units, use_bias=False, return_sequences=True, dtype="float64")
    layer.build(X.shape)
    layer.set_weights([W_xh, W_hh])
    return np.asarray(layer(X))


def _keras_parameters(inputs, units, steps):
    import keras

    recurrent, flat, dense = (
        keras.layers.SimpleRNN(units),
        keras.layers.Flatten(),
        keras.layers.Dense(units),
    )
    sequence = keras.Input((steps, inputs))
    recurrent(sequence)
    dense(flat(sequence))
    return recurrent.count_params(), dense.count_params()


def _weights(rng, inputs, units):
    return rng.normal(size=(inputs, units)), rng.normal(size=(units, units))


def _step_cases():
    rng = np.random.default_rng(0)
    tiny = (
        np.array([[1.0, 0.5]]),
        np.array([[0.5, -0.5]]),
        np.array([[1.0, 0.0], [0.5, 1.0]]),
        np.array([[0.0, 1.0], [-1.0, 0.5]]),
    )
    batch = (rng.normal(size=(3, 2)), rng.normal(size=(3, 4)), *_weights(rng, 2, 4))
    return [tiny, batch]


def _sequence_cases():
    rng = np.random.default_rng(1)
    tiny = np.array([[[1.0], [0.0]]]), np.array([[1.0]]), np.array([[0.5]])
    return [
        tiny,
        (rng.normal(size=(2, 5, 3)), *_weights(rng, 3, 4)),
        (rng.normal(size=(3, 3, 1)), *_weights(rng, 1, 2)),
    ]


def _scan(step, X, units, *, carry=True, backwards=False):
    """States of X (batch, steps, inputs) by h = step(x_t, h)."""
    h, states = np.zeros((X.shape[0], units)), []
    times = range(X.shape[1])
    for t in reversed(times) if backwards else times:
        new = step(X[:, t], h)
        states.append(new)
        h = new if carry else h
    return np.stack(states, axis=1)


def _right(W_xh, W_hh):
    return lambda x_t, h: np.tanh(x_t @ W_xh + h @ W_hh)


RNN_STEP = Exercise(
    name="rnn_step",
    oracle=_keras_step,
    cases=_step_cases,
    mistakes=(
        Mistake(
            lambda x_t, h, W_xh, W_hh: np.tanh(W_xh.T @ x_t + W_hh.T @ h),
            "that is the formula for columns; x_t and h are stacks of rows here: on which side of "
            "a row does its matrix stand, and is it still transposed?",
        ),
        Mistake(
            lambda x_t, h, W_xh, W_hh: np.tanh(x_t @ W_xh + h @ W_hh.T),
            "the recurrent weights are transposed once too often. They are square, so the shapes "
            "do not give it away: row i of W_hh says where unit i sends its value.",
        ),
        Mistake(
            lambda x_t, h, W_xh, W_hh: x_t @ W_xh + h @ W_hh,
            "the sum is right; what bounds the state between -1 and 1 is missing.",
        ),
        Mistake(
            lambda x_t, h, W_xh, W_hh: np.tanh(x_t @ W_xh) + np.tanh(h @ W_hh),
            "tanh is applied to each part; the formula applies it once, to what?",
        ),
        Mistake(
            lambda x_t, h, W_xh, W_hh: np.tanh(x_t @ W_xh),
            "the old state plays no part: that is a layer without memory. Which term carries it?",
        ),
        Mistake(
            lambda x_t, h, W_xh, W_hh: np.tanh(x_t @ W_xh + h),
            "the old state is added as it is; it passes through its own weights first.",
        ),
        Mistake(
            lambda x_t, h, W_xh, W_hh: 1 / (1 + np.exp(-(x_t @ W_xh + h @ W_hh))),
            "this squashes to 0 … 1, the logistic function; the formula wants -1 … 1.",
        ),
    ),
)

RNN_STATES = Exercise(
    name="rnn_states",
    oracle=_keras_states,
    cases=_sequence_cases,
    mistakes=(
        Mistake(
            lambda X, W_xh, W_hh: _scan(_right(W_xh, W_hh), X, len(W_hh), carry=False),
            "the state is not carried over: every step starts from h_0 again. Where is h set to "
            "zero, inside the loop or before it, and does the loop overwrite it?",
        ),
        Mistake(
            lambda X, W_xh, W_hh: _scan(_right(W_xh, W_hh), X.swapaxes(0, 1), len(W_hh)).swapaxes(
                0, 1
            ),
            "the loop goes over the first axis, the batch, so one sequence's state flows into the "
            "next sequence. Which axis of X is time?",
        ),
        Mistake(
            lambda X, W_xh, W_hh: _scan(_right(W_xh, W_hh), X, len(W_hh), backwards=True),
            "the sequence is read from its end; time runs from the first step to the last.",
        ),
        Mistake(
            lambda X, W_xh, W_hh: _scan(_right(W_xh, W_hh), X, len(W_hh))[:, -1],
            "only the last state is returned; keep the state of every step.",
        ),
        Mistake(
            lambda X, W_xh, W_hh: _scan(_right(W_xh, W_hh), X, len(W_hh)).swapaxes(0, 1),
            "the states are right, but stacked with time first; the batch comes first.",
        ),
        Mistake(
            lambda X, W_xh, W_hh: np.repeat(
                _scan(_right(W_xh, W_hh), X, len(W_hh))[:, -1:], X.shape[1], axis=1
            ),
            "all steps hold the last state: the same array was overwritten and collected several "
            "times. Make a new array at each step, or store a copy.",
        ),
        Mistake(
            lambda X, W_xh, W_hh: _scan(lambda x_t, h: x_t @ W_xh + h @ W_hh, X, len(W_hh)),
            "the states are not squashed: look at what the formula does to the sum.",
        ),
        Mistake(
            lambda X, W_xh, W_hh: _scan(
                lambda x_t, h: np.tanh(x_t @ W_xh + h @ W_hh.T), X, len(W_hh)
            ),
            "the recurrent weights are transposed once too often: a row h meets W_hh as it is.",
        ),
    ),
)

RNN_PARAMETERS = Exercise(
    name="rnn_parameters",
    oracle=_keras_parameters,
    cases=lambda: [(2, 3, 4), (41, 32, 50), (1, 1, 5)],
    mistakes=(
        Mistake(
            lambda n, u, s: (s * (n * u + u * u + u), s * n * u + u),
            "the weights of the recurrent layer are counted once a step; in the unrolled graph, "
            "how many different W_xh are there?",
        ),
        Mistake(
            lambda n, u, s: (n * u + u, s * n * u + u),
            "the loop has weights too: which matrix leads from the old state to the new one?",
        ),
        Mistake(
            lambda n, u, s: (n * u + u * u, s * n * u),
            "the biases are missing: Keras adds one number for each unit, in both layers.",
        ),
        Mistake(
            lambda n, u, s: (n * u + u * u + 2 * u, s * n * u + u),
            "Keras's SimpleRNN has one bias for each unit, not one for each of the two products.",
        ),
        Mistake(
            lambda n, u, s: (n * u + u * u + u, n * u + u),
            "Dense on the flattened sequence sees all steps at once: how long is its input?",
        ),
        Mistake(
            lambda n, u, s: (n * u + u * u + u, s * (n * u + u)),
            "Dense has one bias for each unit, however long its input is.",
        ),
    ),
)

EXERCISES: tuple[Exercise, ...] = (RNN_STEP, RNN_STATES, RNN_PARAMETERS)
