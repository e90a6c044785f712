"""Notebook 17's table: the recipe, the recipe with one thing changed, and the dense opponents.

`python -m tools.results.n17_cnn_fashion_mnist validation SEED …` trains every choice on the first
50,000 pictures and scores it on the last 10,000 (`--choice NAME` trains that one only); `test SEED
…` trains what was chosen and the best dense opponent on all 60,000 and takes the test set. Rows are
added to the table as they are measured: delete those that are to be measured again.
"""

import argparse
import os
from pathlib import Path
from time import process_time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
from keras import layers

from helpers import datasets
from tools.results.tables import append

TABLE = Path(__file__).parents[2] / "data" / "results" / "17_cnn_fashion_mnist.csv"
FILTERS = TABLE.with_name("17_first_filters.csv")  # as learnt by one run of the table
EPOCHS = 7
BATCH = 128

(pixels, y), (test_pixels, y_test) = datasets.load_fashion_mnist()
x = pixels[..., None]
x_test = test_pixels[..., None]
mean = pixels[:50_000:20].mean()
deviation = pixels[:50_000:20].std()


def whitening_filters(images: np.ndarray, extra: float = 0.01) -> np.ndarray:
    """Make 18 filters (3, 3, 1, 18): nine uncorrelated directions of 3×3 patches, and minus them.

    Parameters
    ----------
    images
        Standardised pictures (n, height, width).
    extra
        Added to each direction's variance, so that noise is not blown up.
    """
    patches = np.lib.stride_tricks.sliding_window_view(images, (3, 3), axis=(1, 2))
    variance, directions = np.linalg.eigh(np.cov(patches.reshape(-1, 9).T))
    K = (directions / np.sqrt(variance + extra)).reshape(3, 3, 1, 9)
    return np.concatenate([K, -K], axis=-1)


def stage(
    maps: keras.KerasTensor,
    filters: int,
    *,
    pool: bool,
    relu: bool,
) -> keras.KerasTensor:
    """Convolution → batch normalisation → ReLU → pooling."""
    maps = layers.Conv2D(
        filters, 3, padding="same", use_bias=False, kernel_initializer="he_normal"
    )(maps)
    maps = layers.BatchNormalization(momentum=0.9)(maps)
    if relu:
        maps = layers.ReLU()(maps)
    if pool:
        maps = layers.MaxPooling2D()(maps)
    return maps


def convolutional(
    *,
    first: str = "whitening",
    norm: bool = False,
    flip: bool = True,
    relu: bool = True,
) -> keras.Model:
    """Build the network of the notebook, or the network with something changed."""
    image = keras.Input((28, 28, 1))
    maps = layers.RandomFlip("horizontal")(image) if flip else image
    maps = layers.Rescaling(1 / deviation, -mean / deviation)(maps)
    filters = layers.Conv2D(
        18,
        3,
        use_bias=False,
        trainable=first != "whitening",
        kernel_initializer="he_normal",
        name="first",
    )
    maps = filters(maps)
    if first != "learnt":
        filters.set_weights([whitening_filters((pixels[:50_000:500] - mean) / deviation)])
    if norm:
        maps = layers.BatchNormalization(momentum=0.9)(maps)
    if relu:
        maps = layers.ReLU()(maps)
    maps = layers.MaxPooling2D()(maps)
    for number, pool in ((32, True), (64, True), (64, False), (64, False)):
        maps = stage(maps, number, pool=pool, relu=relu)
    return keras.Model(image, layers.Dense(10)(layers.Flatten()(maps)))


def dense(*, flip: bool = False, hidden: tuple[int, ...] = (128,)) -> keras.Model:
    """Build the opponent: hidden layers on the pixels, about as many parameters."""
    image = keras.Input((28, 28, 1))
    x = layers.RandomFlip("horizontal")(image) if flip else image
    x = layers.Rescaling(1 / deviation, -mean / deviation)(x)
    x = layers.Flatten()(x)
    for units in hidden:
        x = layers.Dense(units, activation="relu")(x)
    return keras.Model(image, layers.Dense(10)(x))


def compiled(
    model: keras.Model,
    steps: int,
    *,
    peak: float = 0.1,
    adam: bool = False,
    smoothing: float = 0.1,
    decay: float = 5e-4,
) -> keras.Model:
    """Compile a model: SGD, a rate that rises for a quarter and falls along half a cosine."""
    rate = keras.optimizers.schedules.CosineDecay(
        1e-6, steps - steps // 4, warmup_target=peak, warmup_steps=steps // 4
    )
    if adam:
        optimizer = keras.optimizers.AdamW(rate, weight_decay=decay)
    else:
        optimizer = keras.optimizers.SGD(rate, momentum=0.9, nesterov=True, weight_decay=decay)
    loss = keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)
    model.compile(optimizer, loss, metrics=["accuracy"], steps_per_execution=67)
    return model


# what is built, how it is compiled: the recipe, then one thing changed in each row
CHOICES = {
    "the recipe": (convolutional, {}, {}),
    "no ReLU": (convolutional, {"relu": False}, {}),
    "no flips": (convolutional, {"flip": False}, {}),
    "no label smoothing": (convolutional, {}, {"smoothing": 0}),
    "first filters fixed, norm": (convolutional, {"norm": True}, {}),
    "first filters learnt, norm": (convolutional, {"first": "learnt", "norm": True}, {}),
    "first filters learnt": (convolutional, {"first": "learnt"}, {}),
    "the fixed filters learn on": (convolutional, {"first": "whitening, learns on"}, {}),
    "dense": (dense, {}, {}),
    "dense, flips": (dense, {"flip": True}, {}),
    "dense, no label smoothing": (dense, {}, {"smoothing": 0}),
    "dense, peak rate 0.03": (dense, {}, {"peak": 0.03}),
    "dense, AdamW, peak 0.003": (dense, {}, {"peak": 0.003, "adam": True}),
    "dense, two layers of 112": (dense, {"hidden": (112, 112)}, {}),
}
TESTED = ("the recipe", "dense, two layers of 112")  # the dense network best on validation


def measure(part: str, choice: str, seed: int) -> dict[str, object]:
    """Train one choice with one seed and score it on the part that was left out."""
    train = slice(50_000) if part == "validation" else slice(60_000)
    left_out = (x[50_000:], y[50_000:]) if part == "validation" else (x_test, y_test)
    build, shape, training = CHOICES[choice]
    keras.utils.set_random_seed(seed)
    steps = EPOCHS * -(-len(x[train]) // BATCH)
    model = compiled(build(**shape), steps, **training)
    targets = np.eye(10, dtype="float32")[y[train]]
    begin = process_time()
    history = model.fit(x[train], targets, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    seconds = process_time() - begin
    if (part, choice, seed) == ("validation", "first filters learnt", 0):
        kernels = model.get_layer("first").kernel  # (3, 3, 1, 18)
        np.savetxt(FILTERS, np.reshape(kernels, (9, 18)).T, "%.4f", delimiter=",")
    answers = model.predict(left_out[0], batch_size=250, verbose=0).argmax(axis=1)
    return {
        "part": part,
        "choice": choice,
        "seed": seed,
        "accuracy": f"{np.mean(answers == left_out[1]):.4f}",
        "train_loss": f"{history.history['loss'][-1]:.3f}",
        "parameters": model.count_params(),
        "cpu_seconds": f"{seconds:.0f}",
        "keras": keras.__version__,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=("validation", "test"))
    parser.add_argument("seeds", nargs="+", type=int)
    parser.add_argument("--choice", choices=tuple(CHOICES))
    arguments = parser.parse_args()
    default = tuple(CHOICES) if arguments.part == "validation" else TESTED
    for seed in arguments.seeds:
        for choice in (arguments.choice,) if arguments.choice else default:
            row = measure(arguments.part, choice, seed)
            append(TABLE, row)
            print(row, flush=True)
