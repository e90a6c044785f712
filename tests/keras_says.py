"""A second opinion on each exercise: Keras's or TensorFlow's own layers, asked the same question.

One function per exercise, of the same name and arguments as the reference; where neither library
has the thing, another independent way to it.
"""

import numpy as np

# --- 00 ---


def neuron(x, w, b):
    import keras

    layer = keras.layers.Dense(1, dtype="float64")
    layer.build(x.shape)
    layer.set_weights([w[:, None], np.array([b])])
    return np.asarray(layer(x))[:, 0]


# --- 01 ---


def count_parameters(length, inputs, hidden):
    import keras

    window = keras.Sequential(
        [keras.Input((length, inputs)), keras.layers.Flatten(), keras.layers.Dense(hidden)]
    )
    recurrent = keras.Sequential([keras.Input((length, inputs)), keras.layers.SimpleRNN(hidden)])
    return window.count_params(), recurrent.count_params()


def pad(sequences, length):
    import keras

    return keras.utils.pad_sequences(sequences, length, padding="post", truncating="post")


def masked_mean(h, mask):
    import keras

    return np.asarray(keras.layers.GlobalAveragePooling1D(dtype="float64")(h, mask=mask))


# --- 02 ---


def rnn_step(x_t, h, W_xh, W_hh):
    import keras

    cell = keras.layers.SimpleRNNCell(W_hh.shape[0], use_bias=False, dtype="float64")
    cell.build(x_t.shape)
    cell.set_weights([W_xh, W_hh])
    return np.asarray(cell(x_t, [h])[0])


def rnn_states(X, W_xh, W_hh):
    import keras

    layer = keras.layers.SimpleRNN(
        W_hh.shape[0], use_bias=False, return_sequences=True, dtype="float64"
    )
    layer.build(X.shape)
    layer.set_weights([W_xh, W_hh])
    return np.asarray(layer(X))


def rnn_parameters(inputs, units, steps):
    import keras

    recurrent, dense = keras.layers.SimpleRNN(units), keras.layers.Dense(units)
    sequence = keras.Input((steps, inputs))
    recurrent(sequence)
    dense(keras.layers.Flatten()(sequence))
    return recurrent.count_params(), dense.count_params()


# --- 03 ---


# --- 04 ---


# --- 05 ---


# --- 13 ---


# --- 14 ---


# --- 15 ---


# --- 16 ---


# --- 17 ---


# --- 18 ---
