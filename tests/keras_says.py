"""A second opinion on each exercise: Keras's or TensorFlow's own layers, asked the same question.

One function per exercise, of the same name and arguments as the reference; where neither library
has the thing, another independent way to it.
"""

import collections
import itertools

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


def recurrence(x, W_xh, W_hh, b_h):
    layer = keras.layers.SimpleRNN(len(b_h), dtype="float64")
    layer.build((1, *x.shape))
    layer.set_weights([W_xh, W_hh, b_h])
    return np.asarray(layer(x[None]))[0]


def best_in_step(T, letters):
    """Every text once: from what has been read, the letter that is wanted most often."""
    texts = list(itertools.product(range(letters), repeat=T))
    right = 0
    for t in range(1, T + 1):
        wanted = collections.defaultdict(collections.Counter)
        for text in texts:
            wanted[text[:t]][text[T - t]] += 1
        right += sum(max(counts.values()) for counts in wanted.values())
    return right / (T * len(texts))


# --- 02 ---


def rnn_states(X, W_xh, W_hh):
    layer = keras.layers.SimpleRNN(
        W_hh.shape[0], use_bias=False, return_sequences=True, dtype="float64"
    )
    layer.build(X.shape)
    layer.set_weights([W_xh, W_hh])
    return np.asarray(layer(X))


# --- 03 ---


def rnn_step_backward(x_t, h_prev, h_t, W_hh, dh_t):
    """Keras's SimpleRNNCell with inputs that lead to h_t, differentiated by TensorFlow.

    The input is what W_xh makes of x_t; the gradient of W_xh is the chain rule's last step.
    """
    cell = keras.layers.SimpleRNNCell(len(W_hh), use_bias=False, dtype="float64")
    cell.build(h_t.shape)
    cell.set_weights([np.eye(len(W_hh)), W_hh])
    state = tf.constant(h_prev, tf.float64)
    inputs = tf.constant(np.arctanh(h_t) - h_prev @ W_hh, tf.float64)
    with tf.GradientTape() as tape:
        tape.watch([state, inputs])
        out, _ = cell(inputs, [state])
        heard = tf.reduce_sum(out * dh_t)
    dh_prev, da_t, dW_hh = tape.gradient(heard, [state, inputs, cell.trainable_weights[1]])
    return dh_prev.numpy(), tf.matmul(x_t, da_t, transpose_a=True).numpy(), dW_hh.numpy()


def bptt(x, h, dy, W_hh, W_hy):
    """Keras's SimpleRNN on inputs that lead through the states h, differentiated."""
    units = len(W_hh)
    inputs = tf.constant((np.arctanh(h[1:]) - h[:-1] @ W_hh).swapaxes(0, 1))
    layer = keras.layers.SimpleRNN(units, use_bias=False, return_sequences=True, dtype="float64")
    layer.build(inputs.shape)
    layer.set_weights([np.eye(units), W_hh])
    dense = keras.layers.Dense(W_hy.shape[1], use_bias=False, dtype="float64")
    dense.build((None, units))
    dense.set_weights([W_hy])
    with tf.GradientTape() as tape:
        tape.watch(inputs)
        y = dense(layer(inputs, initial_state=[tf.constant(h[0])]))
        heard = tf.reduce_sum(y * dy.swapaxes(0, 1))
    weights = [inputs, layer.trainable_weights[1], dense.trainable_weights[0]]
    da, dW_hh, dW_hy = tape.gradient(heard, weights)
    return tf.einsum("tbv,btn->vn", x, da).numpy(), dW_hh.numpy(), dW_hy.numpy()


# --- 04 ---


def clip_by_global_norm(gradients, limit):
    """TensorFlow's own function."""
    clipped, _ = tf.clip_by_global_norm([tf.constant(g, tf.float64) for g in gradients], limit)
    return tuple(g.numpy() for g in clipped)


def lag_shares(H, dA):
    """A W_hh of its own for each step; TensorFlow differentiates sum(a_t * dL/da_t)."""
    steps, _, units = dA.shape
    W = tf.Variable(tf.zeros((steps, units, units), tf.float64))
    with tf.GradientTape() as tape:
        heard = tf.reduce_sum((tf.constant(H[:-1]) @ W) * dA)
    lengths = tf.norm(tape.gradient(heard, W), axis=(1, 2)).numpy()[::-1]
    return lengths / lengths.sum()


# --- 05 ---


def cell_backward(dh, dc, c, i, f, g, o, c_t):
    """The cell from its four sums on, differentiated by TensorFlow."""
    i, f, o = (np.log(gate / (1 - gate)) for gate in (i, f, o))
    sums = tf.constant(np.concatenate([i, f, np.arctanh(g), o], axis=-1))
    extra = tf.zeros_like(c)
    with tf.GradientTape() as tape:
        tape.watch([sums, extra])
        a_i, a_f, a_g, a_o = tf.split(sums, 4, axis=-1)
        new = tf.sigmoid(a_f) * c + tf.sigmoid(a_i) * tf.tanh(a_g) + extra
        heard = tf.reduce_sum(tf.sigmoid(a_o) * tf.tanh(new) * dh + new * dc)
    return tuple(np.asarray(gradient) for gradient in tape.gradient(heard, [extra, sums]))


def forget_bias(k):
    """Keras's sigmoid on a fine grid of biases: the first that keeps one half."""
    biases = np.linspace(-1, 15, 1_600_001)
    kept = np.asarray(keras.ops.sigmoid(biases.astype("float64")), "float64") ** k
    return biases[np.argmax(kept >= 0.5)]


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


def correlate_channels(X, K, b):
    layer = keras.layers.Conv2D(K.shape[3], K.shape[0])
    layer.build((None, *X.shape))
    layer.set_weights([K, b])
    return np.asarray(layer(np.asarray(X, "float32")[None]))[0]


# --- 15 ---


def sweep_matrix(w, height, width, stride):
    """Show a convolution one bright pixel at a time."""
    pixels = np.eye(height * width, dtype="float32").reshape(-1, height, width, 1)
    answers = np.asarray(keras.ops.conv(pixels, _kernels(w), stride))
    return answers.reshape(height * width, -1).T


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
