"""Exercises: standardised channels, warm-up and cosine, the gradient of a residual block."""

import math

import numpy as np

from helpers.checks.engine import Exercise, Mistake


def _standardise_channels(x_train: np.ndarray, x_test: np.ndarray) -> tuple:
    """Keras's Normalization layer, adapted to the training images."""
    import keras

    layer = keras.layers.Normalization(axis=-1)
    layer.adapt(np.asarray(x_train, "float32"))
    return tuple(
        keras.ops.convert_to_numpy(layer(np.asarray(x, "float32"))) for x in (x_train, x_test)
    )


def _standardise_cases() -> list[tuple]:
    rng = np.random.default_rng(18)
    train = np.array([[0, 10], [4, 20], [8, 60], [6, 50]], "uint8").reshape(2, 1, 2, 2)
    test = np.array([[2, 30], [6, 75]], "uint8").reshape(1, 1, 2, 2)
    large = rng.integers(0, 200, (20, 4, 5, 3)) + np.array([0, 20, 55])
    other = rng.integers(0, 120, (6, 4, 5, 3)) + np.array([0, 60, 130])
    return [
        (train, test),
        (large.astype("uint8"), other.astype("uint8")),
        (rng.normal(3, 2, (5, 3, 3, 2)), rng.normal(1, 4, (2, 3, 3, 2))),
    ]


def _by(x, axes):
    return (x - x.mean(axes, keepdims=True)) / x.std(axes, keepdims=True)


def _own_statistics(x_train, x_test):
    return _by(x_train, (0, 1, 2)), _by(x_test, (0, 1, 2))


def _test_untouched(x_train, x_test):
    return _by(x_train, (0, 1, 2)), x_test


def _with(x_train, x_test, mean, scale):
    return (x_train - mean) / scale, (x_test - mean) / scale


def _one_mean_for_all(x_train, x_test):
    return _with(x_train, x_test, x_train.mean(), x_train.std())


def _each_pixel(x_train, x_test):
    return _with(x_train, x_test, x_train.mean(0), x_train.std(0))


def _each_image(x_train, x_test):
    return _by(x_train, (1, 2)), _by(x_test, (1, 2))


def _over_channels(x_train, x_test):
    return _by(x_train, 3), _by(x_test, 3)


def _variance(x_train, x_test):
    return _with(x_train, x_test, x_train.mean((0, 1, 2)), x_train.var((0, 1, 2)))


def _only_centred(x_train, x_test):
    return _with(x_train, x_test, x_train.mean((0, 1, 2)), 1)


def _only_scaled(x_train, x_test):
    return _with(x_train, x_test, 0, x_train.std((0, 1, 2)))


def _to_the_unit_interval(x_train, x_test):
    return _with(x_train, x_test, 0, 255)


def _whole_numbers(x_train, x_test):
    scaled = _with(x_train, x_test, x_train.mean((0, 1, 2)), x_train.std((0, 1, 2)))
    return tuple(new.astype(x.dtype) for new, x in zip(scaled, (x_train, x_test), strict=True))


def _warmup_cosine(step: int, peak: float, warmup: int, steps: int) -> float:
    """Keras's CosineDecay with a warm-up."""
    import keras

    schedule = keras.optimizers.schedules.CosineDecay(
        0.0, steps - warmup, warmup_target=peak, warmup_steps=warmup
    )
    return float(keras.ops.convert_to_numpy(schedule(step)))


def _warmup_cases() -> list[tuple]:
    return [
        (step, peak, warmup, steps)
        for peak, warmup, steps in ((0.8, 4, 12), (5.0, 100, 1000))
        for step in sorted({warmup // 2, 0, warmup - 1, warmup + 1, steps // 2, steps - 2, steps})
    ] + [(20, 0.8, 4, 12)]


def _half_cosine(peak, progress):
    return peak * (1 + math.cos(math.pi * progress)) / 2


def _warm(after):
    """Warm up as it should be, then follow `after`."""

    def schedule(step, peak, warmup, steps):
        if step < warmup:
            return peak * step / warmup
        return after(min(step, steps), peak, warmup, steps)

    return schedule


def _right_after(step, peak, warmup, steps):
    return _half_cosine(peak, (step - warmup) / (steps - warmup))


def _no_warmup(step, peak, warmup, steps):
    return _half_cosine(peak, min(step, steps) / steps)


def _warmup_at_peak(step, peak, warmup, steps):
    return _right_after(min(max(step, warmup), steps), peak, warmup, steps)


def _warmup_ends_late(step, peak, warmup, steps):
    return (
        peak * (step + 1) / warmup
        if step < warmup
        else _warm(_right_after)(step, peak, warmup, steps)
    )


def _cosine_from_the_start(step, peak, warmup, steps):
    return _half_cosine(peak, step / steps)


def _too_short_by_warmup(step, peak, warmup, steps):
    return _half_cosine(peak, (step - warmup) / steps)


def _quarter(step, peak, warmup, steps):
    return peak * math.cos(math.pi / 2 * (step - warmup) / (steps - warmup))


def _bare_cosine(step, peak, warmup, steps):
    return peak * math.cos(math.pi * (step - warmup) / (steps - warmup))


def _twice(step, peak, warmup, steps):
    return 2 * _right_after(step, peak, warmup, steps)


def _straight(step, peak, warmup, steps):
    return peak * (steps - step) / (steps - warmup)


def _degrees(step, peak, warmup, steps):
    return peak * (1 + math.cos(180 * (step - warmup) / (steps - warmup))) / 2


def _rises_again(step, peak, warmup, steps):
    if step < warmup:
        return peak * step / warmup
    return _right_after(step, peak, warmup, steps)


def _residual_gradient(x: np.ndarray, W_1: np.ndarray, W_2: np.ndarray, g: np.ndarray):
    """Autodiff through y = x + relu(x W_1) W_2, built of Keras's Dense layers."""
    import keras
    import tensorflow as tf

    first = keras.layers.Dense(W_1.shape[1], "relu", use_bias=False, dtype="float64")
    second = keras.layers.Dense(W_2.shape[1], use_bias=False, dtype="float64")
    x = tf.constant(np.asarray(x, "float64"))
    with tf.GradientTape() as tape:
        tape.watch(x)
        second(first(x))  # makes their weights
        first.set_weights([W_1])
        second.set_weights([W_2])
        y = x + second(first(x))
    return tape.gradient(y, x, output_gradients=tf.constant(np.asarray(g, "float64"))).numpy()


def _residual_cases() -> list[tuple]:
    rng = np.random.default_rng(20)
    tiny = (
        np.array([[1.0, -2.0]]),
        np.array([[1.0, 2.0], [3.0, 0.5]]),
        np.array([[1.0, 0.5], [2.0, -1.0]]),
        np.array([[1.0, 2.0]]),
    )
    sizes = [(3, 4, 4), (5, 3, 7), (1, 6, 2)]
    return [tiny] + [
        tuple(rng.normal(size=s) for s in ((batch, n), (n, m), (m, n), (batch, n)))
        for batch, n, m in sizes
    ]


def _path(x, W_1, W_2, g):
    """Send g back through F."""
    return ((g @ W_2.T) * (x @ W_1 > 0)) @ W_1.T


def _no_relu(x, W_1, W_2, g):
    return g + g @ W_2.T @ W_1.T


def _product(x, W_1, W_2, g):
    return g * _path(x, W_1, W_2, g)


def _one_instead_of_g(x, W_1, W_2, g):
    return 1 + _path(x, W_1, W_2, g)


def _x_instead_of_g(x, W_1, W_2, g):
    return x + _path(x, W_1, W_2, g)


def _values_instead_of_switches(x, W_1, W_2, g):
    return g + ((g @ W_2.T) * np.maximum(x @ W_1, 0)) @ W_1.T


def _relu_of_the_gradient(x, W_1, W_2, g):
    return g + np.maximum(g @ W_2.T, 0) @ W_1.T


def _forward(x, W_1, W_2, g):
    return x + np.maximum(x @ W_1, 0) @ W_2


def _not_transposed(x, W_1, W_2, g):
    return g + ((g @ W_2) * (x @ W_1 > 0)) @ W_1


EXERCISES: tuple[Exercise, ...] = (
    Exercise(
        name="standardise_channels",
        oracle=_standardise_channels,
        cases=_standardise_cases,
        rtol=1e-3,
        atol=1e-4,
        mistakes=(
            Mistake(
                _own_statistics,
                "the test images are standardised by their own mean and deviation: then the same "
                "picture gives other numbers in other company. Which images may you learn from?",
            ),
            Mistake(
                _whole_numbers,
                "the result has the type of the pixels: bytes hold neither fractions nor negative "
                "numbers. Make the result floating-point.",
            ),
            Mistake(
                _test_untouched,
                "the test images come back as they were: the network must see both on one scale.",
            ),
            Mistake(
                _one_mean_for_all,
                "one mean for all three colours: each channel has a mean of its own. Over which "
                "axes do you average, and which one stays?",
            ),
            Mistake(
                _each_pixel,
                "each pixel of the grid got its own mean: a convolution treats all places alike, "
                "so average over the places too.",
            ),
            Mistake(
                _each_image,
                "each image got its own mean: then a dark picture and a bright one look alike. "
                "Average over the images too.",
            ),
            Mistake(
                _over_channels,
                "the mean was taken over the channels of each pixel: that throws the colour's "
                "brightness away. The channel axis is the one that stays.",
            ),
            Mistake(
                _variance,
                "divided by the variance: which of variance and standard deviation has the unit "
                "of the pixels?",
            ),
            Mistake(_only_centred, "the mean is 0 now, but is the standard deviation 1?"),
            Mistake(_only_scaled, "the standard deviation is 1 now, but is the mean 0?"),
            Mistake(
                _to_the_unit_interval,
                "divided by 255: that gives numbers from 0 to 1, not mean 0 and deviation 1.",
            ),
        ),
    ),
    Exercise(
        name="warmup_cosine",
        oracle=_warmup_cosine,
        cases=_warmup_cases,
        mistakes=(
            Mistake(
                _no_warmup,
                "the warm-up is missing: the rate starts at the peak. What should it be at step 0?",
            ),
            Mistake(
                _warmup_at_peak,
                "the rate stays at the peak during the warm-up: it should climb from 0 to it.",
            ),
            Mistake(
                _warmup_ends_late,
                "off by one in the warm-up: at step 0 the rate is 0, at step `warmup` the peak.",
            ),
            Mistake(
                _warm(_cosine_from_the_start),
                "the cosine counts from step 0: it begins when the warm-up ends, so that the rate "
                "does not jump there. What is its progress p at step `warmup`?",
            ),
            Mistake(
                _warm(_too_short_by_warmup),
                "the last rate is not 0: how many steps are left for the cosine after the warm-up?",
            ),
            Mistake(
                _warm(_quarter),
                "a quarter of a cosine: it falls, but ends steeply. Half a wave goes from cos 0 = "
                "1 to cos π = −1; shift and scale it.",
            ),
            Mistake(
                _warm(_bare_cosine),
                "the rate becomes negative, which would walk uphill: cos goes from 1 to −1, the "
                "rate from its peak to 0.",
            ),
            Mistake(
                _warm(_twice),
                "twice too high: 1 + cos starts at 2. By what must it be divided?",
            ),
            Mistake(_warm(_straight), "it falls in a straight line: where is the cosine?"),
            Mistake(_warm(_degrees), "`cos` wants radians: half a wave is π, not 180."),
            Mistake(
                _rises_again,
                "after the last step the cosine turns and the rate rises again: hold p at 1.",
            ),
        ),
    ),
    Exercise(
        name="residual_gradient",
        oracle=_residual_gradient,
        cases=_residual_cases,
        mistakes=(
            Mistake(
                _path,
                "the shortcut is missing: this is the gradient through F alone. What does the "
                "x in y = x + F(x) add?",
            ),
            Mistake(
                _no_relu,
                "ReLU is missing on the way back: where x W_1 is negative, nothing passes.",
            ),
            Mistake(
                _product,
                "the two ways are multiplied: x and F(x) are added, so their gradients are too.",
            ),
            Mistake(
                _one_instead_of_g,
                "the shortcut adds 1: its derivative is 1, and the chain rule multiplies it by "
                "the gradient that arrives.",
            ),
            Mistake(
                _x_instead_of_g,
                "x itself was added: that is the forward pass. On the way back g travels.",
            ),
            Mistake(
                _values_instead_of_switches,
                "ReLU's output multiplies the gradient: its derivative is 0 or 1, a switch.",
            ),
            Mistake(
                _relu_of_the_gradient,
                "ReLU was applied to the gradient: what decides is the sign of x W_1, forward.",
            ),
            Mistake(_forward, "this is y, the forward pass; wanted is the gradient at x."),
            Mistake(
                _not_transposed,
                "forward multiplies by W_1 and W_2; on the way back, what must be transposed?",
            ),
        ),
    ),
)
