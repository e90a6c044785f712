"""Print how fast the course's convolutions and classifiers are: `python tests/benchmark.py`.

Not a test: times depend on the machine. Convolutions are notebook 14's; the networks are those of
notebooks 17 and 18, trained as there. `python tests/benchmark.py convolution` (or `fashion`,
`cifar`) runs one part.
"""

import os
import sys
import time
import timeit

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import layers
from numpy.lib.stride_tricks import sliding_window_view

from helpers import datasets


def convolution() -> None:
    """Time one 3×3 kernel on one photograph, in milliseconds."""
    X, K = np.random.default_rng(14).normal(size=(512, 512)), np.ones((3, 3)) / 9
    layer = keras.layers.Conv2D(1, 3, use_bias=False)
    image = keras.ops.convert_to_tensor(X[None, :, :, None].astype("float32"))
    layer.build(image.shape)
    layer.set_weights([K[:, :, None, None]])

    def loops():
        Y = np.zeros((510, 510))
        for i, j in np.ndindex(Y.shape):
            Y[i, j] = (X[i : i + 3, j : j + 3] * K).sum()
        return Y

    def windows():
        return np.einsum("ijmn,mn->ij", sliding_window_view(X, (3, 3)), K)

    def conv2d():
        return np.asarray(layer(image))[0, :, :, 0]

    for function, times in (loops, 1), (windows, 10), (conv2d, 10):
        np.testing.assert_allclose(function(), windows(), atol=1e-5)
        best = min(timeit.repeat(function, number=times, repeat=3)) / times
        print(f"convolution 512×512, {function.__name__:8}: {best * 1000:9.2f} ms")


def conv(filters: int, pool: bool = False, padding: str = "same") -> keras.Sequential:
    """Stack convolution, pooling, batch normalisation and ReLU."""
    pooling = [layers.MaxPooling2D()] * pool
    norm = layers.BatchNormalization(momentum=0.9)
    convolve = layers.Conv2D(filters, 3, padding=padding, use_bias=False)
    return keras.Sequential([convolve, *pooling, norm, layers.ReLU()])


def fashion_model() -> keras.Model:
    """Give notebook 17's network."""
    image = keras.Input((28, 28, 1))
    x = layers.RandomFlip("horizontal")(image)
    x = conv(32, pool=True)(conv(16, pool=True, padding="valid")(x))
    x = conv(56)(conv(64)(conv(64, pool=True)(x)))
    return keras.Model(image, layers.Dense(10)(layers.Dropout(0.3)(layers.Flatten()(x))))


def cifar_model() -> keras.Model:
    """Give notebook 18's network: three pooled stages, a residual pair, global max pooling."""
    image = keras.Input((32, 32, 3))
    x = layers.RandomFlip("horizontal")(image)
    for filters in (16, 48, 96):
        x = conv(filters, pool=True)(x)
    x = x + conv(96)(conv(96)(x))
    return keras.Model(image, layers.Dense(10)(layers.GlobalMaxPooling2D()(x)))


class Clock(keras.callbacks.Callback):
    """Note training seconds and test accuracy after each epoch; the testing is not counted."""

    def __init__(self, x: np.ndarray, y: np.ndarray):
        super().__init__()
        self.x, self.y, self.seconds, self.marks = x, y, 0.0, []

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds += time.perf_counter() - self.start
        scores = [self.model.predict(x, batch_size=500, verbose=0) for x in self.views()]
        right = [float(np.mean(np.argmax(s, 1) == self.y)) for s in (scores[0], sum(scores))]
        self.marks.append((self.seconds, *right))
        print(f"  epoch {epoch + 1}: {self.seconds:5.1f} s, accuracy {right[0]:.4f}", flush=True)

    def views(self):
        return self.x, self.x[:, :, ::-1]


def classifier(name, model, optimizer, peak, data, epochs, goals, size=128) -> None:
    """Train as the notebook does; print samples/s and the seconds to each accuracy."""
    (x, y), (x_test, y_test) = data
    mean, sd = x.mean(axis=(0, 1, 2)), x.std(axis=(0, 1, 2))
    x, x_test = (((images - mean) / sd).astype("float32") for images in (x, x_test))
    steps = epochs * -(-len(x) // size)
    warm = steps // 4
    rate = keras.optimizers.schedules.CosineDecay(
        1e-6, steps - warm, warmup_target=peak, warmup_steps=warm
    )
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer(rate), loss, steps_per_execution=47)
    clock = Clock(x_test, y_test.astype(int))
    print(f"{name}: {model.count_params():,} parameters, {epochs} epochs")
    model.fit(x, y.astype(int), batch_size=size, epochs=epochs, verbose=0, callbacks=[clock])
    seconds, plain, both = clock.marks[-1]
    print(f"{name}: {epochs * len(x) / seconds:,.0f} samples/s, {seconds:.0f} s of training")
    print(f"{name}: accuracy {plain:.4f}; with the mirror image {both:.4f}")
    for goal in goals:
        reached = [seconds for seconds, accuracy, _ in clock.marks if accuracy >= goal]
        print(f"{name}: {goal:.2f} " + (f"in {reached[0]:.0f} s" if reached else "not reached"))


def fashion() -> None:
    keras.utils.set_random_seed(17)
    (x, y), (x_test, y_test) = datasets.load_fashion_mnist()
    data = (x[..., None], y), (x_test[..., None], y_test)
    model, goals = fashion_model(), (0.90, 0.91, 0.92)

    def sgd(rate):
        return keras.optimizers.SGD(rate, momentum=0.9, nesterov=True, weight_decay=5e-4)

    classifier("Fashion-MNIST", model, sgd, 0.1, data, epochs=6, goals=goals)


def cifar() -> None:
    keras.utils.set_random_seed(18)
    model, goals, adam = cifar_model(), (0.70, 0.75, 0.78), keras.optimizers.Adam
    classifier("CIFAR-10", model, adam, 5e-3, datasets.load_cifar10(), epochs=5, goals=goals)


PARTS = {"convolution": convolution, "fashion": fashion, "cifar": cifar}

if __name__ == "__main__":
    print(f"{os.cpu_count()} CPUs, Keras {keras.__version__}, backend {keras.backend.backend()}")
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
