"""Exercises: backpropagation through time."""

import numpy as np

from helpers.checks.engine import Exercise, Mistake

Array = np.ndarray


def _softmax(y: Array, axis: int = -1) -> Array:
    e = np.exp(y - y.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


# --- predicted minus right ---


def _logit_gradient(y: Array, target: Array) -> Array:
    """Keras's own loss, differentiated by TensorFlow."""
    import keras
    import tensorflow as tf

    logits = tf.constant(y, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(logits)
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)(target, logits)
    return np.asarray(tape.gradient(loss, logits))


def _logit_cases() -> list[tuple]:
    rng = np.random.default_rng(30)
    return [
        (np.zeros((1, 2)), np.array([[1.0, 0.0]])),
        (np.array([[1.0, 2.0, 0.0], [0.5, -1.0, 0.0]]), np.eye(3)[[0, 2]]),
        (rng.normal(size=(4, 5)), np.eye(5)[rng.integers(5, size=4)]),
        (np.array([[1000.0, 998.0, 0.0], [1.0, 1000.0, 999.0]]), np.eye(3)[[1, 1]]),
    ]


def _softmax_overflows(y: Array, target: Array) -> Array:
    with np.errstate(over="ignore", invalid="ignore"):
        p = np.exp(y) / np.exp(y).sum(axis=-1, keepdims=True)
    return (p - target) / len(y)


# --- one step back ---


def _rnn_step_backward(
    x_t: Array, h_prev: Array, W_xh: Array, W_hh: Array, dh_t: Array
) -> tuple[Array, Array, Array]:
    """Keras's SimpleRNNCell, differentiated by TensorFlow."""
    import keras
    import tensorflow as tf

    cell = keras.layers.SimpleRNNCell(len(W_hh), use_bias=False, dtype="float64")
    cell.build(x_t.shape)
    cell.set_weights([W_xh, W_hh])
    state = tf.constant(h_prev, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch(state)
        h_t, _ = cell(tf.constant(x_t, tf.float64), [state])
        heard = tf.reduce_sum(h_t * dh_t)
    gradients = tape.gradient(heard, [state, *cell.trainable_weights])
    return tuple(np.asarray(gradient) for gradient in gradients)


def _step_cases() -> list[tuple]:
    rng = np.random.default_rng(31)
    tiny = np.array([[1.0]])
    cases = [(tiny, 0.5 * tiny, 0.5 * tiny, 2 * tiny, tiny)]
    for batch, inputs, units in ((1, 3, 2), (4, 2, 3)):
        shapes = (batch, inputs), (batch, units), (inputs, units), (units, units), (batch, units)
        cases.append(tuple(rng.normal(size=shape) for shape in shapes))
    return cases


def _step(x_t: Array, h_prev: Array, W_xh: Array, W_hh: Array) -> Array:
    return np.tanh(h_prev @ W_hh + x_t @ W_xh)


def _gradients(x_t: Array, h_in: Array, matrix: Array, da: Array) -> tuple[Array, Array, Array]:
    return da @ matrix, x_t.T @ da, h_in.T @ da


def _tanh_forgotten(x_t, h_prev, W_xh, W_hh, dh_t):
    return _gradients(x_t, h_prev, W_hh.T, dh_t)


def _slope_of_old_state(x_t, h_prev, W_xh, W_hh, dh_t):
    return _gradients(x_t, h_prev, W_hh.T, dh_t * (1 - h_prev**2))


def _slope_without_tanh(x_t, h_prev, W_xh, W_hh, dh_t):
    return _gradients(x_t, h_prev, W_hh.T, dh_t * (1 - (h_prev @ W_hh + x_t @ W_xh) ** 2))


def _slope_not_squared(x_t, h_prev, W_xh, W_hh, dh_t):
    return _gradients(x_t, h_prev, W_hh.T, dh_t * (1 - _step(x_t, h_prev, W_xh, W_hh)))


def _transpose_forgotten(x_t, h_prev, W_xh, W_hh, dh_t):
    da = dh_t * (1 - _step(x_t, h_prev, W_xh, W_hh) ** 2)
    return _gradients(x_t, h_prev, W_hh, da)


def _new_state_into_weight(x_t, h_prev, W_xh, W_hh, dh_t):
    h_t = _step(x_t, h_prev, W_xh, W_hh)
    return _gradients(x_t, h_t, W_hh.T, dh_t * (1 - h_t**2))


# --- the sum over time ---


def _recurrent_gradient(h: Array, g: Array, W_hh: Array) -> Array:
    """Keras's SimpleRNN on inputs that lead through the states h, differentiated by TensorFlow."""
    import keras
    import tensorflow as tf

    units = len(W_hh)
    inputs = (np.arctanh(h[1:]) - h[:-1] @ W_hh).swapaxes(0, 1)
    layer = keras.layers.SimpleRNN(units, use_bias=False, return_sequences=True, dtype="float64")
    layer.build(inputs.shape)
    layer.set_weights([np.eye(units), W_hh])
    with tf.GradientTape() as tape:
        states = layer(tf.constant(inputs), initial_state=[tf.constant(h[0])])
        heard = tf.reduce_sum(states * g.swapaxes(0, 1))
    return np.asarray(tape.gradient(heard, layer.trainable_weights)[1])


def _time_cases() -> list[tuple]:
    rng = np.random.default_rng(32)
    tiny = np.array([0.5, 0.5, 0.5]).reshape(3, 1, 1), np.ones((2, 1, 1)), np.array([[2.0]])
    cases = [tiny]
    for steps, batch, units in ((3, 1, 2), (5, 3, 4)):
        h = rng.uniform(-0.9, 0.9, size=(steps + 1, batch, units))
        cases.append((h, rng.normal(size=h[1:].shape), rng.normal(size=(units, units))))
    return cases


def _over_time(
    h: Array,
    g: Array,
    W_hh: Array,
    *,
    overwrite: bool = False,
    future: bool = True,
    slope: bool = True,
    transpose: bool = True,
    new_state: bool = False,
    from_the_left: bool = False,
) -> Array:
    total, da = np.zeros_like(W_hh), np.zeros_like(h[0])
    steps = range(1, len(g) + 1)
    for t in steps if from_the_left else reversed(steps):
        da = g[t - 1] + da @ (W_hh.T if transpose else W_hh) * future
        da = da * (1 - h[t] ** 2) if slope else da
        use = h[t if new_state else t - 1].T @ da
        total = use if overwrite else total + use
    return total


def _future_added_undiminished(h: Array, g: Array, W_hh: Array) -> Array:
    total, da, dh = np.zeros_like(W_hh), None, np.zeros_like(h[0])
    for t in range(len(g), 0, -1):
        dh = g[t - 1] + dh @ W_hh.T
        da = dh * (1 - h[t] ** 2)
        total += h[t - 1].T @ da
    return total


EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="logit_gradient",
        oracle=_logit_gradient,
        cases=_logit_cases,
        mistakes=(
            Mistake(
                _softmax_overflows,
                "Right as long as the logits are small: with a logit of 1000 np.exp gives "
                "infinity, and infinity divided by infinity is no number. Softmax does not change "
                "if you take the same number off all logits of a row: which number helps?",
            ),
            Mistake(
                lambda y, target: _softmax(y) - target,
                "The loss is the mean over the batch, so each row has only its share in it: what "
                "is still to be divided, and by what?",
            ),
            Mistake(
                lambda y, target: (target - _softmax(y)) / len(y),
                "The sign is turned round: this is the direction in which the loss falls. A "
                "gradient points to where it rises: towards more of the wrong characters.",
            ),
            Mistake(
                lambda y, target: _softmax(y) / len(y),
                "These are the probabilities (divided by B) alone; the right character is not in "
                "them. A row of the gradient adds up to 0, yours do not.",
            ),
            Mistake(
                lambda y, target: (y - target) / len(y),
                "These are the logits minus the targets: what was predicted are probabilities, "
                "and the logits are not yet any.",
            ),
            Mistake(
                lambda y, target: (_softmax(y, axis=0) - target) / len(y),
                "Your softmax adds up to 1 down the columns. One text's characters compete with "
                "each other, not the texts of the batch: which axis is that?",
            ),
            Mistake(
                lambda y, target: (_softmax(y) - target) / y.size,
                "You took the mean over all numbers of the array. The loss is a mean over the B "
                "texts; it is one number a text, not one a character of the alphabet.",
            ),
        ),
    ),
    Exercise(
        name="rnn_step_backward",
        oracle=_rnn_step_backward,
        cases=_step_cases,
        mistakes=(
            Mistake(
                _tanh_forgotten,
                "The gradient did not go through tanh: dh_t belongs to what comes out of tanh, "
                "the weights belong to what goes in. Look at formula 3.",
            ),
            Mistake(
                _slope_of_old_state,
                "The slope of tanh is taken at the wrong step: this step's tanh gave h_t, not "
                "h_prev. Compute h_t first.",
            ),
            Mistake(
                _slope_without_tanh,
                "You squared what goes into tanh. The slope is 1 minus the square of what comes "
                "out of it.",
            ),
            Mistake(
                _slope_not_squared,
                "1 - h_t is not the slope of tanh: look at formula 3 once more, at the exponent.",
            ),
            Mistake(
                _transpose_forgotten,
                "Both weights are right, dh_prev is not. Forward, the rows were multiplied by W_hh "
                "from the right; the way back needs each weight at the mirrored place.",
            ),
            Mistake(
                _new_state_into_weight,
                "dW_hh is not right: which state went *into* W_hh at this step, the one before "
                "or the one after?",
            ),
        ),
    ),
    Exercise(
        name="recurrent_gradient",
        oracle=_recurrent_gradient,
        cases=_time_cases,
        mistakes=(
            Mistake(
                lambda h, g, W_hh: _over_time(h, g, W_hh, overwrite=True),
                "Only one step is left in the result: each turn of the loop replaced what the "
                "turns before it had found. One weight, many uses: formula 4.",
            ),
            Mistake(
                lambda h, g, W_hh: _over_time(h, g, W_hh, future=False),
                "Every state hears from its own loss only. What comes back from the step after it "
                "is missing: formula 2, the second term.",
            ),
            Mistake(
                lambda h, g, W_hh: _over_time(h, g, W_hh, slope=False),
                "Nothing went through tanh: formula 3 belongs in each turn of the loop.",
            ),
            Mistake(
                _future_added_undiminished,
                "The gradient of a state is handed on as it is. Between two states there is a "
                "tanh: what is multiplied by W_hh is the gradient of a, not of h.",
            ),
            Mistake(
                lambda h, g, W_hh: _over_time(h, g, W_hh, transpose=False),
                "On the way back in time rows are multiplied by W_hh, but in which of its two "
                "orientations? Look at formula 2 in rows.",
            ),
            Mistake(
                lambda h, g, W_hh: _over_time(h, g, W_hh, new_state=True),
                "At step t the weight was multiplied by the state *before* the step. h has one "
                "entry more than g: h[0] was used, h[T] was not.",
            ),
            Mistake(
                lambda h, g, W_hh: _over_time(h, g, W_hh) / len(g),
                "You took the mean over the steps. L is the sum of the losses, and the uses of a "
                "shared weight add up.",
            ),
            Mistake(
                lambda h, g, W_hh: _over_time(h, g, W_hh, from_the_left=True),
                "The loop runs forward in time. A gradient comes from the future: begin at the "
                "last step.",
            ),
        ),
    ),
)
