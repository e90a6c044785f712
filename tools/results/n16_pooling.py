"""Notebook 16's table: one small network with every way of downsampling, all trained alike.

`python -m tools.results.n16_pooling SEED …` trains each way on 8,000 of the first 50,000 pictures
and scores it on 2,000 of the last 10,000, which are moved by 0 to 4 pixels (`--choice NAME …`
trains those only). Rows are added to the table as they are measured: delete those that are to be
measured again.
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

TABLE = Path(__file__).parents[2] / "data" / "results" / "16_pooling.csv"
EPOCHS = 5
SHIFTS = range(5)
ACROSS = 10  # empty columns left and right, where the garments will move
BLUR = np.outer([1, 2, 1], [1, 2, 1]) / 16

(pixels, y), _ = datasets.load_fashion_mnist()


def prepare(pictures: np.ndarray) -> np.ndarray:
    """Bytes (n, 28, 28) become numbers up to 1 with empty space around them, (n, 32, 48, 1)."""
    padded = np.pad(pictures, ((0, 0), (2, 2), (ACROSS, ACROSS)))
    return padded[..., None] / np.float32(255)


x_val = prepare(pixels[50_000:52_000])
y_val = y[50_000:52_000]


def blurred() -> keras.Layer:
    """Blur each map by itself and keep every second row and column."""
    return layers.DepthwiseConv2D(
        3,
        strides=2,
        padding="same",
        use_bias=False,
        trainable=False,
        depthwise_initializer=lambda shape, dtype=None: np.broadcast_to(
            BLUR[:, :, None, None], shape
        ).astype("float32"),
    )


DOWN = {
    "nothing": lambda: [],
    "strided": lambda: [],
    "max": lambda: [layers.MaxPooling2D(2)],
    "mean": lambda: [layers.AveragePooling2D(2)],
    "blur": lambda: [blurred()],
    "max, blur": lambda: [layers.MaxPooling2D(2, strides=1, padding="same"), blurred()],
}
HEADS = {
    "flatten": layers.Flatten,
    "global max": layers.GlobalMaxPooling2D,
    "global mean": layers.GlobalAveragePooling2D,
}


def network(
    down: str = "max", head: str = "flatten", maps: int = 16, third: int = 0
) -> keras.Model:
    """Twice convolution, ReLU and downsampling, perhaps a third convolution; one dense layer."""
    model = keras.Sequential([keras.Input(x_val.shape[1:])])
    for filters in (8, maps):
        strides = 2 if down == "strided" else 1
        model.add(layers.Conv2D(filters, 3, strides=strides, padding="same", activation="relu"))
        for layer in DOWN[down]():
            model.add(layer)
    if third:
        model.add(layers.Conv2D(third, 3, padding="same", activation="relu"))
    model.add(HEADS[head]())
    model.add(layers.Dense(10, activation="softmax"))
    return model


def linear() -> keras.Model:
    """Build the baseline: a dense layer on the pixels."""
    image = keras.Input(x_val.shape[1:])
    return keras.Model(image, layers.Dense(10, activation="softmax")(layers.Flatten()(image)))


# what is built, and by how many pixels the training pictures are moved at random
CHOICES = {
    "linear": (linear, 0),
    **{down: (lambda down=down: network(down), 0) for down in DOWN},
    "max, trained on moved": (network, 4),
    "global max": (lambda: network(head="global max"), 0),
    "global mean": (lambda: network(head="global mean"), 0),
    "global max, 199 maps": (lambda: network(head="global max", maps=199), 0),
    "global mean, 199 maps": (lambda: network(head="global mean", maps=199), 0),
    "global max, third stage": (lambda: network(head="global max", third=64), 0),
    "global mean, third stage": (lambda: network(head="global mean", third=64), 0),
}


def measure(choice: str, seed: int) -> dict[str, object]:
    """Train one choice with one seed and score it on moved validation pictures."""
    build, move = CHOICES[choice]
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    chosen = rng.choice(50_000, 8000, replace=False)
    steps = rng.integers(-move, move + 1, size=len(chosen))
    x = prepare(pixels[chosen])
    x = np.array([np.roll(picture, step, axis=1) for picture, step in zip(x, steps, strict=True)])
    model = build()
    model.compile(keras.optimizers.Adam(3e-3), "sparse_categorical_crossentropy")
    begin = process_time()
    history = model.fit(x, y[chosen], epochs=EPOCHS, batch_size=64, verbose=0)
    seconds = process_time() - begin
    moved = [np.roll(x_val, shift, axis=2) for shift in SHIFTS]
    said = [model.predict(x, batch_size=500, verbose=0).argmax(axis=1) for x in moved]
    return {
        "choice": choice,
        "seed": seed,
        **{f"accuracy_{s}": f"{np.mean(said[s] == y_val):.4f}" for s in SHIFTS},
        **{f"changed_{s}": f"{np.mean(said[s] != said[0]):.4f}" for s in SHIFTS},
        "train_loss": f"{history.history['loss'][-1]:.3f}",
        "parameters": sum(int(np.prod(w.shape)) for w in model.trainable_weights),
        "cpu_seconds": f"{seconds:.0f}",
        "keras": keras.__version__,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="+", type=int)
    parser.add_argument("--choice", nargs="+", choices=tuple(CHOICES), default=tuple(CHOICES))
    arguments = parser.parse_args()
    for seed in arguments.seeds:
        for choice in arguments.choice:
            row = measure(choice, seed)
            append(TABLE, row)
            print(row, flush=True)
