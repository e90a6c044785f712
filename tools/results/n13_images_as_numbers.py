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


def stage_maps(model: keras.Sequential, images: np.ndarray) -> dict[str, np.ndarray]:
    """Give, for each stage, every unit's response at every place, (images, rows, columns, 16)."""
    stages = keras.Model(model.inputs, [model.get_layer(name).output for name in STAGES])
    maps = stages.predict(floats(images), batch_size=500, verbose=0)
    return dict(zip(STAGES, maps, strict=True))


def best_features(choose: np.ndarray, new: np.ndarray) -> np.ndarray:
    """Share of pairs that the best of some features wins, for each class, shape (10,).

    Parameters
    ----------
    choose
        Shape (3000, features): of training pictures that no network has seen. The feature, and
        whether its large or its small numbers count, is chosen on them.
    new
        Shape (3000, features): of the test pictures on which the share is measured.
    """
    y_choose = y_train[50_000 : 50_000 + LOOKED_AT]
    y_new = y_test[:LOOKED_AT]
    found = np.zeros(10)
    for label in range(10):
        share = won_pairs(choose, y_choose == label)
        best = np.abs(share - 0.5).argmax()
        sign = np.sign(share[best] - 0.5)
        found[label] = won_pairs(sign * new[:, [best]], y_new == label)[0]
    return found


def at_one_place(maps: np.ndarray, seed: int) -> np.ndarray:
    """Read each unit's map (images, rows, columns, 16) at one place, drawn for the unit."""
    _, rows, columns, units = maps.shape
    rng = np.random.default_rng(seed)
    return maps[:, rng.integers(rows, size=units), rng.integers(columns, size=units), range(units)]


def of_means(known: np.ndarray, images: np.ndarray) -> np.ndarray:
    """Weigh the pixels by the ten class means, each less the mean of the ten, (images, 10)."""
    means = np.stack([known[y_train[:KNOWN] == label].mean(axis=0) for label in range(10)])
    weights = (means - means.mean(axis=0)).reshape(10, 784)
    return images.reshape(len(images), 784) @ weights.T


def measured(path: Path) -> set[int]:
    """Give the seeds whose rows a table has."""
    if not path.exists():
        return set()
    with path.open(encoding="utf-8") as file:
        return {int(row["seed"]) for row in csv.DictReader(file)}


def measure_levels(seed: int) -> None:
    """Add the rows of a seed: how well pixels, means, units and scores tell each class."""
    rows = []
    for by in (0, 3):
        rng = np.random.default_rng(1)  # as for the shuffle: the same pictures, the same networks
        known, all_new = moved(x_train[:KNOWN], rng, by), moved(x_test, rng, by)
        new = all_new[:LOOKED_AT]
        choose = moved(x_train[50_000 : 50_000 + LOOKED_AT], rng, by)

        pixels = np.random.default_rng(seed).choice(784, 16, replace=False)
        found = {
            "16 pixels": best_features(
                choose.reshape(-1, 784)[:, pixels], new.reshape(-1, 784)[:, pixels]
            )
        }
        if seed == 0:  # nothing in it is drawn
            found["10 means"] = best_features(of_means(known, choose), of_means(known, new))

        keras.utils.set_random_seed(seed)
        model = compiled(cnn_layers())
        for state in ("untrained", "trained"):
            if state == "trained":
                fit(model, known)
            maps, new_maps = stage_maps(model, choose), stage_maps(model, new)
            for stage in STAGES:
                found[f"{state} {stage}"] = best_features(
                    maps[stage].max(axis=(1, 2)), new_maps[stage].max(axis=(1, 2))
                )
            if state == "untrained":
                found["untrained low at one place"] = best_features(
                    at_one_place(maps["low"], seed), at_one_place(new_maps["low"], seed)
                )
        found["10 scores"] = best_features(
            model.predict(floats(choose), verbose=0), model.predict(floats(new), verbose=0)
        )
        for features, shares in found.items():
            for name, share in zip(datasets.FASHION_CLASSES, shares, strict=True):
                rows.append(
                    {
                        "moved_by": by,
                        "features": features,
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
