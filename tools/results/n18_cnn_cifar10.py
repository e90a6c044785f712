"""Notebook 18's tables: small trainings by rung and by depth, and the final network.

`python -m tools.results.n18_cnn_cifar10 ladder RUNG SEED …` trains one rung on 5,000 shrunken
pictures, on one thread, and scores it on 10,000 others; `depth PAIRS RUNG SEED …` trains the
rung's network cut off behind fewer pairs of convolutions; `validation CHOICE SEED …` trains the
final network or a neighbour on the first 40,000 pictures and scores it on the last 10,000;
`test SEED …` trains the final network on all 50,000 and takes the test set. Rows are added as they
are measured.
"""

import os
import resource
import sys
from pathlib import Path
from time import perf_counter, process_time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tensorflow as tf
from keras import layers

from helpers import datasets
from tools.results.tables import append

RESULTS = Path(__file__).parents[2] / "data" / "results"
(pixels, y), (test_pixels, y_test) = datasets.load_cifar10()


def whitening_filters(images: np.ndarray, number: int, extra: float = 0.01) -> np.ndarray:
    """Make filters (3, 3, 3, 2·number): the strongest directions of 3×3 patches, and minus them.

    Parameters
    ----------
    images
        Standardised pictures (n, height, width, 3).
    number
        How many eigenvectors of the patches' covariance are kept, those of largest variance first.
    extra
        Added to each direction's variance, so that noise is not blown up.
    """
    patches = np.lib.stride_tricks.sliding_window_view(images, (3, 3), axis=(1, 2))
    patches = patches.transpose(0, 1, 2, 4, 5, 3).reshape(-1, 27)  # row, column, channel
    variance, directions = np.linalg.eigh(np.cov(patches.T))
    strongest = np.argsort(-variance)[:number]
    K = directions[:, strongest] / np.sqrt(variance[strongest] + extra)
    K = K.reshape(3, 3, 3, number)
    return np.concatenate([K, -K], axis=-1)


class Shift(layers.Layer):
    """In training, move each batch by at most one pixel; mirror what is missing at the edge."""

    def call(self, x: tf.Tensor, training: bool = False) -> tf.Tensor:
        """Return pictures of the same shape (n, height, width, channels)."""
        if not training:
            return x
        height, width = x.shape[1:3]
        padded = tf.pad(x, [[0, 0], [1, 1], [1, 1], [0, 0]], "REFLECT")
        row = tf.random.uniform([], 0, 3, tf.int32)
        column = tf.random.uniform([], 0, 3, tf.int32)
        moved = padded[:, row : row + height, column : column + width]
        return tf.ensure_shape(moved, x.shape)


def rate(peak: float, steps: int) -> keras.optimizers.schedules.LearningRateSchedule:
    """Make a learning rate that rises for a quarter and falls along half a cosine."""
    return keras.optimizers.schedules.CosineDecay(
        1e-6, steps - steps // 4, warmup_target=peak, warmup_steps=steps // 4
    )


def convolution(
    x: keras.KerasTensor,
    filters: int,
    *,
    he: bool = True,
    norm: bool = True,
    zero: bool = False,
    bias: bool = True,
) -> keras.KerasTensor:
    """Convolve 3×3, from a kernel of zeros if `zero`; batch normalisation if `norm`."""
    start = "zeros" if zero else "he_normal" if he else "glorot_uniform"
    bias = bias and not norm
    x = layers.Conv2D(filters, 3, padding="same", use_bias=bias, kernel_initializer=start)(x)
    if norm:
        x = layers.BatchNormalization(momentum=0.9)(x)
    return x


def block(
    x: keras.KerasTensor,
    *,
    shortcut: bool = True,
    relu_inside: bool = False,
    from_zero: bool = False,
    **options: bool,
) -> keras.KerasTensor:
    """Two convolutions F (the second starts at 0 if `from_zero`), x + F(x) if `shortcut`, ReLU."""
    F = convolution(x, x.shape[-1], **options)
    F = layers.ReLU()(F)
    F = convolution(F, x.shape[-1], zero=from_zero, **options)
    if relu_inside:
        F = layers.ReLU()(F)
    if shortcut:
        F = layers.Add()([x, F])
    return layers.ReLU()(F)


# --------------------------------------------------------------- the ladder
NOTHING = {"he": False, "norm": False, "shortcut": False}
ALL = {"he": True, "norm": True, "shortcut": True, "schedule": True, "white": True, "augment": True}
RUNGS: dict[str, dict[str, bool | int]] = {
    # initialisation, normalisation, shortcuts: all eight combinations
    "nothing": NOTHING,
    "He": NOTHING | {"he": True},
    "norm": NOTHING | {"norm": True},
    "shortcuts": NOTHING | {"shortcut": True},
    "He, norm": NOTHING | {"he": True, "norm": True},
    "He, shortcuts": NOTHING | {"he": True, "shortcut": True},
    "norm, shortcuts": NOTHING | {"norm": True, "shortcut": True},
    "He, norm, shortcuts": NOTHING | {"he": True, "norm": True, "shortcut": True},
    # what stops it? larger gradients; and no biases that learn faster than the signal passes
    "nothing, loss times 1000": NOTHING | {"factor": 1000},
    "nothing, no biases": NOTHING | {"bias": False},
    # the same start, but every F is 0 before training
    "He, shortcuts, F from 0": NOTHING | {"he": True, "shortcut": True, "from_zero": True},
    # further up
    "+ schedule": {"he": True, "norm": True, "shortcut": True, "schedule": True},
    "+ whitening": ALL | {"augment": False},
    "+ flips and shifts": ALL,
    # from the top, one thing less
    "all but He": ALL | {"he": False},
    "all but norm": ALL | {"norm": False},
    "all but shortcuts": ALL | {"shortcut": False},
    # from the top, F with a ReLU at its end
    "F ends in a ReLU": ALL | {"relu_inside": True},
}
PAIRS = 10
FILTERS = 16
PICTURES = 5_000
PASSES = 12


def shrunken() -> np.ndarray:
    """Average 2×2 pixels and standardise: pictures (50000, 16, 16, 3)."""
    small = pixels.reshape(-1, 16, 2, 16, 2, 3).mean(axis=(2, 4), dtype="float32")
    mean = small[:PICTURES].mean(axis=(0, 1, 2))
    return (small - mean) / small[:PICTURES].std(axis=(0, 1, 2))


def deep(
    small: np.ndarray,
    *,
    pairs: int = PAIRS,
    white: bool = False,
    augment: bool = False,
    shortcut: bool = True,
    relu_inside: bool = False,
    from_zero: bool = False,
    **options: bool,
) -> keras.Model:
    """Build a rung's network: one convolution, then pairs of two."""
    image = keras.Input((16, 16, 3))
    x = image
    if augment:
        x = layers.RandomFlip("horizontal")(x)
        x = Shift()(x)
    if white:
        first = layers.Conv2D(FILTERS, 3, padding="same", use_bias=False, trainable=False)
        x = first(x)
        first.set_weights([whitening_filters(small[:500], FILTERS // 2)])
    else:
        x = convolution(x, FILTERS, **options)
    x = layers.ReLU()(x)
    x = layers.MaxPooling2D()(x)  # (8, 8, 16)
    for pair in range(pairs):
        if pair == 2:
            x = layers.MaxPooling2D()(x)  # (4, 4, 16)
        x = block(x, shortcut=shortcut, relu_inside=relu_inside, from_zero=from_zero, **options)
    x = layers.GlobalMaxPooling2D()(x)
    return keras.Model(image, layers.Dense(10)(x))


def ladder(table: str, rung: str, seeds: list[int], pairs: int = PAIRS) -> None:
    """Train one rung with several seeds; the network is compiled once."""
    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    small = shrunken()
    options = dict(RUNGS[rung])
    schedule = options.pop("schedule", False)
    factor = float(options.pop("factor", 1))
    options["pairs"] = pairs
    model = deep(small, **options)
    batches = -(-PICTURES // 64)
    adam = keras.optimizers.Adam(rate(3e-3, PASSES * batches) if schedule else 1e-3)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(adam, loss, loss_weights=factor, steps_per_execution=batches)
    adam.build(model.trainable_variables)
    at_start = [variable.numpy() for variable in adam.variables]
    for seed in seeds:
        keras.utils.set_random_seed(seed)
        model.set_weights(deep(small, **options).get_weights())
        for variable, value in zip(adam.variables, at_start, strict=True):
            variable.assign(value)
        begin = process_time()
        history = model.fit(small[:PICTURES], y[:PICTURES], batch_size=64, epochs=PASSES, verbose=0)
        seconds = process_time() - begin
        answers = model.predict(small[40_000:], batch_size=500, verbose=0).argmax(axis=1)
        row = {
            "rung": rung,
            "seed": seed,
            "accuracy": f"{np.mean(answers == y[40_000:]):.4f}",
            "train_loss": f"{history.history['loss'][-1] / factor:.4f}",
            "cpu_seconds": f"{seconds:.0f}",
            "keras": keras.__version__,
        }
        if table == "18_depth.csv":
            row = {"convolutions": 1 + 2 * pairs} | row
        append(RESULTS / table, row)
        print(row, flush=True)


# ---------------------------------------------------------------- the final network
few = pixels[:40_000:20].astype("float32")
mean = few.mean(axis=(0, 1, 2))
deviation = few.std(axis=(0, 1, 2))
BATCH = 128
EPOCHS = 9
CHOICES = {
    "the recipe": {},
    "notebook 17's layers": {"seventeen": True},
    "He's start": {"he": True},
    "He's start, notebook 17's layers": {"he": True, "seventeen": True},
    "He's start, no shifts": {"he": True, "shift": False},
    "He's start, no residual block": {"he": True, "residual": False},
}


def stage(x: keras.KerasTensor, filters: int, start: str) -> keras.KerasTensor:
    """Convolution → pooling → batch normalisation → ReLU."""
    x = layers.Conv2D(filters, 3, padding="same", use_bias=False, kernel_initializer=start)(x)
    x = layers.MaxPooling2D()(x)
    x = layers.BatchNormalization(momentum=0.9)(x)
    return layers.ReLU()(x)


def final(
    *, shift: bool = True, residual: bool = True, seventeen: bool = False, he: bool = False
) -> keras.Model:
    """Build the final network, or a neighbour, for pictures of bytes (32, 32, 3)."""
    image = keras.Input((32, 32, 3))
    x = Shift()(image) if shift else image
    x = layers.RandomFlip("horizontal")(x)
    x = layers.Rescaling(1 / deviation, -mean / deviation)(x)
    first = layers.Conv2D(24, 3, padding="same", use_bias=False, trainable=False)
    x = first(x)
    first.set_weights([whitening_filters((few[:500] - mean) / deviation, 12)])
    x = layers.ReLU()(x)
    x = layers.MaxPooling2D()(x)  # (16, 16, 24)
    if seventeen:
        for filters, pool in ((32, True), (64, True), (64, False), (64, False)):
            x = layers.ReLU()(convolution(x, filters, he=he))
            x = layers.MaxPooling2D()(x) if pool else x
        return keras.Model(image, layers.Dense(10)(layers.Flatten()(x)))
    start = "he_normal" if he else "glorot_uniform"
    x = stage(x, 48, start)  # (8, 8, 48)
    x = stage(x, 96, start)  # (4, 4, 96)
    if residual:
        x = block(x, he=he)
    x = layers.GlobalMaxPooling2D()(x)  # (96,)
    return keras.Model(image, layers.Dense(10)(x))


def measure(part: str, choice: str, seed: int) -> None:
    """Train the final network, or a neighbour, and score it on the part that was left out."""
    number = 40_000 if part == "validation" else 50_000
    left_out = (pixels[40_000:], y[40_000:]) if part == "validation" else (test_pixels, y_test)
    keras.utils.set_random_seed(seed)
    model = final(**CHOICES[choice])
    adam = keras.optimizers.Adam(rate(5e-3, EPOCHS * -(-number // BATCH)))
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(adam, loss, metrics=["accuracy"], steps_per_execution=23)
    x = keras.ops.convert_to_tensor(pixels[:number])
    begin = process_time()
    clock = perf_counter()
    history = model.fit(x, y[:number], batch_size=BATCH, epochs=EPOCHS, verbose=0)
    seconds = process_time() - begin
    clock = perf_counter() - clock
    scores = model.predict(left_out[0], batch_size=250, verbose=0)
    mirrored = model.predict(left_out[0][:, :, ::-1], batch_size=250, verbose=0)
    row = {
        "part": part,
        "choice": choice,
        "seed": seed,
        "accuracy": f"{np.mean(scores.argmax(axis=1) == left_out[1]):.4f}",
        "with_mirrored": f"{np.mean((scores + mirrored).argmax(axis=1) == left_out[1]):.4f}",
        "train_loss": f"{history.history['loss'][-1]:.3f}",
        "parameters": model.count_params(),
        "seconds": f"{clock:.0f}",
        "cpu_seconds": f"{seconds:.0f}",
        "gibibytes": f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f}",
        "keras": keras.__version__,
    }
    append(RESULTS / "18_cnn_cifar10.csv", row)
    print(row, flush=True)


if __name__ == "__main__":
    part, *arguments = sys.argv[1:]
    if part == "ladder":
        rung, *seeds = arguments
        ladder("18_ladder.csv", rung, [int(seed) for seed in seeds])
    elif part == "depth":
        pairs, rung, *seeds = arguments
        ladder("18_depth.csv", rung, [int(seed) for seed in seeds], int(pairs))
    elif part == "validation":
        choice, *seeds = arguments
        for seed in map(int, seeds):
            measure(part, choice, seed)
    else:
        for seed in map(int, arguments):
            measure(part, "the recipe", seed)
