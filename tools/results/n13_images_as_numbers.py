"""Notebook 13's tables: what a fixed shuffle of the pixels costs, and what the stages' units tell.

`python -m tools.results.n13_images_as_numbers SEED …` adds the rows of each seed that a table does
not have: delete those that are to be measured again. A seed takes about a minute on 2 CPU cores.
"""

import argparse
import csv
import os
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
from keras import layers

from helpers import datasets
from tools.results.tables import append

RESULTS = Path(__file__).parents[2] / "data" / "results"
SHUFFLE = RESULTS / "13_shuffled_pixels.csv"
LEVELS = RESULTS / "13_levels_of_features.csv"
STAGES = ("low", "middle", "high")
KNOWN = 15_000
LOOKED_AT = 3_000

(x_train, y_train), (x_test, y_test) = datasets.load_fashion_mnist()


def dense_layers() -> list[keras.Layer]:
    """Make the notebook's dense network: 784 numbers, 64 units, 10 scores."""
    return [layers.Flatten(), layers.Dense(64, "relu"), layers.Dense(10)]


def cnn_layers() -> list[keras.Layer]:
    """Make the notebook's convolutional network: three stages with 16 units each, 10 scores."""
    return [
        layers.Conv2D(16, 5, activation="relu", name="low"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu", name="middle"),
        layers.MaxPooling2D(),
        layers.Conv2D(16, 3, activation="relu", name="high"),
        layers.Flatten(),
        layers.Dense(10),
    ]


def moved(images: np.ndarray, rng: np.random.Generator, by: int) -> np.ndarray:
    """Move each image (n, 28, 28) by up to `by` pixels; what leaves the frame is lost."""
    padded = np.pad(images, ((0, 0), (by, by), (by, by)))
    corners = rng.integers(0, 2 * by + 1, (len(images), 2))
    pairs = zip(padded, corners, strict=True)
    return np.stack([image[row : row + 28, column : column + 28] for image, (row, column) in pairs])


def shuffled(images: np.ndarray) -> np.ndarray:
    """Shuffle the 784 pixels of each image (n, 28, 28), all in the same way."""
    order = np.random.default_rng(0).permutation(784)
    return images.reshape(len(images), 784)[:, order].reshape(images.shape)


def floats(images: np.ndarray) -> np.ndarray:
    """Scale pixels (n, 28, 28) to numbers from 0 to 1 with a channel axis."""
    return images[..., None] / np.float32(255)


def compiled(make_layers: list[keras.Layer]) -> keras.Sequential:
    """Make the network that the notebook trains, with its optimiser."""
    model = keras.Sequential([keras.Input((28, 28, 1)), *make_layers])
    rate = keras.optimizers.schedules.CosineDecay(0.006, decay_steps=4 * 118)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"])
    return model


def fit(model: keras.Sequential, images: np.ndarray) -> None:
    """Train for four epochs on the first 15,000 garments."""
    model.fit(floats(images), y_train[:KNOWN], batch_size=128, epochs=4, verbose=0)


def won_pairs(scores: np.ndarray, is_class: np.ndarray) -> np.ndarray:
    """Share of pairs in which one of the class scores higher, ties half, for each unit.

    Parameters
    ----------
    scores
        Shape (images, units).
    is_class
        Shape (images,), Boolean.
    """
    won = []
    for unit in scores.T:
        ours, others = unit[is_class][:, None], unit[~is_class]
        won.append((ours > others).mean() + (ours == others).mean() / 2)
    return np.array(won)


def strongest(model: keras.Sequential, images: np.ndarray) -> dict[str, np.ndarray]:
    """Give, for each stage, every unit's strongest response anywhere, shape (images, 16)."""
    stages = keras.Model(model.inputs, [model.get_layer(name).output for name in STAGES])
    maps = stages.predict(floats(images), batch_size=500, verbose=0)
    return {name: found.max(axis=(1, 2)) for name, found in zip(STAGES, maps, strict=True)}


def levels(model: keras.Sequential) -> list[tuple[str, str, float]]:
    """Measure how well the best unit of each stage tells each class from the others.

    The unit, and whether its large or its small responses count, is chosen on training pictures
    that the network has not seen; the share of pairs is that of test pictures.
    """
    y_choose = y_train[50_000 : 50_000 + LOOKED_AT]
    y_new = y_test[:LOOKED_AT]
    choose = strongest(model, x_train[50_000 : 50_000 + LOOKED_AT])
    new = strongest(model, x_test[:LOOKED_AT])
    rows = []
    for stage in STAGES:
        for label, name in enumerate(datasets.FASHION_CLASSES):
            share = won_pairs(choose[stage], y_choose == label)
            unit = np.abs(share - 0.5).argmax()
            sign = np.sign(share[unit] - 0.5)
            found = won_pairs(sign * new[stage][:, [unit]], y_new == label)[0]
            rows.append((stage, name, found))
    return rows


def measured(path: Path) -> set[int]:
    """Give the seeds whose rows a table has."""
    if not path.exists():
        return set()
    with path.open(encoding="utf-8") as file:
        return {int(row["seed"]) for row in csv.DictReader(file)}


def measure_levels(seed: int) -> None:
    """Add the rows of a seed: the network of the levels, before and after training."""
    keras.utils.set_random_seed(seed)
    model = compiled(cnn_layers())
    rows = []
    for state in ("untrained", "trained"):
        if state == "trained":
            fit(model, x_train[:KNOWN])
        for stage, name, share in levels(model):
            rows.append(
                {
                    "state": state,
                    "stage": stage,
                    "class": name,
                    "seed": seed,
                    "pairs_won": f"{share:.4f}",
                    "keras": keras.__version__,
                }
            )
    append(LEVELS, *rows)


def measure_shuffle(seed: int) -> None:
    """Add the rows of a seed: two networks, in order or shuffled, moved by 0 or 3 pixels."""
    rows = []
    for by in (0, 3):
        rng = np.random.default_rng(1)
        known, new = moved(x_train[:KNOWN], rng, by), moved(x_test, rng, by)
        data = {"in order": (known, new), "shuffled": (shuffled(known), shuffled(new))}
        for pixels, (images, new_images) in data.items():
            for network, make in {"dense": dense_layers, "CNN": cnn_layers}.items():
                keras.utils.set_random_seed(seed)
                model = compiled(make())
                fit(model, images)
                accuracy = model.evaluate(floats(new_images), y_test, batch_size=1000, verbose=0)[1]
                rows.append(
                    {
                        "network": network,
                        "pixels": pixels,
                        "moved_by": by,
                        "seed": seed,
                        "accuracy": f"{accuracy:.4f}",
                        "keras": keras.__version__,
                    }
                )
    append(SHUFFLE, *rows)


TABLES = {"levels": (LEVELS, measure_levels), "shuffle": (SHUFFLE, measure_shuffle)}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seeds", nargs="+", type=int)
    parser.add_argument("--table", nargs="+", choices=TABLES, default=TABLES)
    arguments = parser.parse_args()
    for table in arguments.table:
        path, measure = TABLES[table]
        for seed in arguments.seeds:
            if seed not in measured(path):
                measure(seed)
                print(table, "seed", seed, "is measured", flush=True)
