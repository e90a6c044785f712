"""A second opinion on each exercise: Keras's or TensorFlow's own layers, asked the same question.

One function per exercise, of the same name and arguments as the reference; where neither library
has the thing, another independent way to it.
"""

import keras
import numpy as np
import tensorflow as tf

# --- 00 ---


def neuron(x, w, b):
    layer = keras.layers.Dense(1, dtype="float64")
    layer.build(x.shape)
    layer.set_weights([w[:, None], np.array([b])])
    return np.asarray(layer(x))[:, 0]


# --- 01 ---


def count_parameters(length, inputs, hidden):
    window = keras.Sequential(
        [keras.Input((length, inputs)), keras.layers.Flatten(), keras.layers.Dense(hidden)]
    )
    recurrent = keras.Sequential([keras.Input((length, inputs)), keras.layers.SimpleRNN(hidden)])
    return window.count_params(), recurrent.count_params()


def pad(sequences, length):
    return keras.utils.pad_sequences(sequences, length, padding="post", truncating="post")


def masked_mean(h, mask):
    return np.asarray(keras.layers.GlobalAveragePooling1D(dtype="float64")(h, mask=mask))


# --- 02 ---


def rnn_step(x_t, h, W_xh, W_hh):
    cell = keras.layers.SimpleRNNCell(W_hh.shape[0], use_bias=False, dtype="float64")
    cell.build(x_t.shape)
    cell.set_weights([W_xh, W_hh])
    return np.asarray(cell(x_t, [h])[0])


def rnn_states(X, W_xh, W_hh):
    layer = keras.layers.SimpleRNN(
        W_hh.shape[0], use_bias=False, return_sequences=True, dtype="float64"
    )
    layer.build(X.shape)
    layer.set_weights([W_xh, W_hh])
    return np.asarray(layer(X))


def rnn_parameters(inputs, units, steps):
    recurrent, dense = keras.layers.SimpleRNN(units), keras.layers.Dense(units)
    sequence = keras.Input((steps, inputs))
    recurrent(sequence)
    dense(keras.layers.Flatten()(sequence))
    return recurrent.count_params(), dense.count_params()


# --- 03 ---


def logit_gradient(y, target):
    """Keras's own loss, differentiated by TensorFlow."""
    logits = tf.constant(y, tf.float32)
    with tf.GradientTape() as tape:
        tape.watch(logits)
        loss = keras.losses.CategoricalCrossentropy(from_logits=True)(target, logits)
    return np.asarray(tape.gradient(loss, logits))


def rnn_step_backward(x_t, h_prev, W_xh, W_hh, dh_t):
    """Keras's SimpleRNNCell, differentiated by TensorFlow."""
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


def recurrent_gradient(h, g, W_hh):
    """Keras's SimpleRNN on inputs that lead through the states h, differentiated."""
    units = len(W_hh)
    inputs = (np.arctanh(h[1:]) - h[:-1] @ W_hh).swapaxes(0, 1)
    layer = keras.layers.SimpleRNN(units, use_bias=False, return_sequences=True, dtype="float64")
    layer.build(inputs.shape)
    layer.set_weights([np.eye(units), W_hh])
    with tf.GradientTape() as tape:
        states = layer(tf.constant(inputs), initial_state=[tf.constant(h[0])])
        heard = tf.reduce_sum(states * g.swapaxes(0, 1))
    return np.asarray(tape.gradient(heard, layer.trainable_weights)[1])


# --- 04 ---


def reach(rate, floor):
    """Every k is tried with exact fractions of the decimal numbers as they are written."""
    from fractions import Fraction

    exact_rate, exact_floor = Fraction(str(rate)), Fraction(str(floor))
    return max(k for k in range(1000) if exact_rate**k >= exact_floor)


def gradient_norms(H, W_hh, g_T):
    """The network itself, its inputs made from its states, differentiated by TensorFlow."""
    H, W_hh, g_T = (tf.constant(a, tf.float64) for a in (H, W_hh, g_T))
    before = tf.concat([tf.zeros_like(H[:1]), H[:-1]], axis=0)
    inputs = tf.atanh(H) - before @ W_hh  # what W_xh^T x_t must have been
    with tf.GradientTape() as tape:
        states = [tf.tanh(inputs[0])]
        tape.watch(states[0])
        for a_t in inputs[1:]:
            states.append(tf.tanh(tf.linalg.matvec(W_hh, states[-1], transpose_a=True) + a_t))
        L_T = tf.reduce_sum(states[-1] * g_T)
    return np.linalg.norm(np.stack(tape.gradient(L_T, states)), axis=1)


def clip_by_global_norm(gradients, limit):
    """TensorFlow's own function."""
    clipped, _ = tf.clip_by_global_norm([tf.constant(g, tf.float64) for g in gradients], limit)
    return tuple(g.numpy() for g in clipped)


# --- 05 ---


def lstm_step(x_t, h, c, W_x, W_h, b):
    """Keras's LSTMCell."""
    cell = keras.layers.LSTMCell(len(W_h))
    cell.build(x_t.shape)
    cell.set_weights([W_x, W_h, b])
    _, (h_t, c_t) = cell(x_t.astype("float32"), [h.astype("float32"), c.astype("float32")])
    return np.asarray(h_t), np.asarray(c_t)


def gru_step(x_t, h, W_x, W_h, b):
    """Keras's GRUCell with the reset before the product."""
    cell = keras.layers.GRUCell(len(W_h), reset_after=False)
    cell.build(x_t.shape)
    cell.set_weights([W_x, W_h, b])
    return np.asarray(cell(x_t.astype("float32"), [h.astype("float32")])[0])


def count_gated_parameters(kind, m, n):
    """Keras's own count."""
    layer = getattr(keras.layers, kind)(n)
    layer.build((None, None, m))
    return layer.count_params()


# --- 13 ---


def brighten(picture, amount):
    """TensorFlow casts with saturation: what leaves the range stays at its bound."""
    return tf.saturate_cast(tf.cast(picture, tf.int32) + amount, tf.uint8).numpy()


def brightest_window(picture, size):
    """Average pooling with stride 1 gives the mean of every window."""
    means = keras.ops.average_pool(np.asarray(picture, "float32")[None, :, :, None], size, 1)
    means = np.asarray(means)[0, :, :, 0]
    return divmod(int(means.argmax()), means.shape[1])


def weights_for_shuffled(W, order):
    """Solve for the weights: each image with one bright pixel is to have the same output."""
    shuffled_images = np.eye(len(order))[:, order]
    return tf.linalg.solve(shuffled_images, W).numpy()


# --- 14 ---


def _images(X):
    """Give an image (rows, columns) the axes that Keras wants."""
    return np.asarray(X, "float32")[None, :, :, None]


def _kernels(K):
    return np.asarray(K, "float32")[:, :, None, None]


def correlate(X, K):
    return np.asarray(keras.ops.conv(_images(X), _kernels(K)))[0, :, :, 0]


def image_gradient(R, K):
    """What automatic differentiation finds for a loss whose gradient with respect to Y is R."""
    X = tf.Variable(np.zeros([1, *(np.add(R.shape, K.shape) - 1), 1]))
    with tf.GradientTape() as tape:
        Y = tf.nn.conv2d(X, K[:, :, None, None], strides=1, padding="VALID")
        L = tf.reduce_sum(Y[0, :, :, 0] * R)
    return tape.gradient(L, X).numpy()[0, :, :, 0]


def conv_channels(X, K, b):
    layer = keras.layers.Conv2D(K.shape[3], K.shape[0])
    layer.build((None, *X.shape))
    layer.set_weights([K, b])
    return np.asarray(layer(np.asarray(X, "float32")[None]))[0]


# --- 15 ---


def patch_neuron(x, w, b, p, q, stride):
    return float(keras.ops.conv(_images(x), _kernels(w), stride)[0, p, q, 0]) + b


def layer_parameters(kind, shape, size, stride, filters):
    """Count with Keras: a dense layer, or a convolution, or a convolution at each place."""
    conv = keras.layers.Conv2D(filters, size, strides=stride)
    conv.build((None, *shape))
    _, rows, columns, _ = conv.compute_output_shape((None, *shape))
    if kind == "shared":
        return conv.count_params()
    if kind == "local":
        return rows * columns * conv.count_params()
    dense = keras.layers.Dense(rows * columns * filters)
    dense.build((None, int(np.prod(shape))))
    return dense.count_params()


def receptive_field(kernels, strides):
    """Count the pixels that have a gradient: those on which a neuron of each layer depends."""
    fields = []
    for depth in range(1, len(kernels) + 1):
        x = tf.ones((1, 500, 1))
        with tf.GradientTape() as tape:
            tape.watch(x)
            z = x
            for k, s in zip(kernels[:depth], strides[:depth], strict=True):
                z = tf.nn.conv1d(z, tf.ones((k, 1, 1)), s, "VALID")
            neuron = z[0, 0, 0]
        fields.append(int(np.count_nonzero(tape.gradient(neuron, x))))
    return fields


# --- 16 ---


def max_pool(X, size, stride):
    layer = keras.layers.MaxPooling2D(size, strides=stride, dtype="float64")
    image = np.asarray(X, float)[None, :, :, None]
    return np.asarray(layer(image))[0, :, :, 0]


def average_kernel(size, channels):
    """Its answer to each single bright pixel."""
    layer = keras.layers.AveragePooling2D(size, dtype="float64")
    pixels = np.eye(size * size * channels).reshape(-1, size, size, channels)
    return np.asarray(layer(pixels)).reshape(size, size, channels, channels)


def max_pool_backward(X, dY, size):
    layer = keras.layers.MaxPooling2D(size, dtype="float64")
    x = tf.Variable(np.asarray(X, float)[None, :, :, None])
    with tf.GradientTape() as tape:
        y = layer(x)
    return tape.gradient(y, x, output_gradients=dY[None, :, :, None])[0, :, :, 0]


# --- 17 ---


def slid(maps, K, padding="valid"):
    """What Keras's convolution without bias makes of maps."""
    layer = keras.layers.Conv2D(
        K.shape[-1], K.shape[:2], padding=padding, use_bias=False, dtype="float64"
    )
    layer.build(maps.shape)
    layer.set_weights([K])
    return np.asarray(layer(maps))


def one_kernel(K, L):
    reach = len(K) + len(L) - 1
    impulse = np.zeros((1, 2 * reach - 1, 2 * reach - 1, 1))
    impulse[0, reach - 1, reach - 1] = 1
    seen = slid(slid(impulse, K[:, :, None, None]), L[:, :, None, None])
    return seen[0, ::-1, ::-1, 0]  # an impulse shows the kernel turned


def fold_norm(K, gamma, beta, mean, variance, epsilon):
    layer = keras.layers.BatchNormalization(epsilon=epsilon, dtype="float64")
    layer.build((None, len(gamma)))
    layer.set_weights([gamma, beta, mean, variance])
    rows = K.reshape(-1, K.shape[-1])
    b = np.asarray(layer(np.zeros((1, len(gamma)))))[0]
    return (np.asarray(layer(rows)) - b).reshape(K.shape), b


def stage(maps, K, b, padding, pool):
    maps = slid(maps, K, "same" if padding else "valid")
    maps = keras.layers.ReLU(dtype="float64")(maps + b)
    if pool:
        maps = keras.layers.MaxPooling2D(dtype="float64")(maps)
    return maps


# --- 18 ---


def residual_gradient(x, W_1, W_2, g):
    first = keras.layers.Dense(W_1.shape[1], "relu", use_bias=False, dtype="float64")
    second = keras.layers.Dense(W_2.shape[1], use_bias=False, dtype="float64")
    F = keras.Sequential([keras.Input(x.shape[1:], dtype="float64"), first, second])
    F.set_weights([W_1, W_2])
    x = tf.Variable(x)
    with tf.GradientTape() as tape:
        y = x + F(x)
    return tape.gradient(y, x, output_gradients=g)


def gain(before, after):
    means = []
    squares = []
    for runs in (before, after):
        runs = np.asarray(runs, float)
        mean, variance = keras.ops.moments(runs, axes=[0])
        means.append(float(mean))
        squares.append(float(variance) / (len(runs) - 1))  # Keras divides by n
    return means[1] - means[0], sum(squares) ** 0.5
