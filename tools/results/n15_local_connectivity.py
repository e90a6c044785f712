"""Notebook 15's table: full, local and shared weights on garments that have moved.

`python -m tools.results.n15_local_connectivity rate` tries learning rates for each network on
garments held back from the training set, a step further while the best is at the edge;
`test SEED …` trains each network with the best of them and takes the test set. Both do so for
networks trained at the `centre` and with a `fresh` random place for each garment of each batch.
Rows are added to the table as they are measured: delete those that are to be measured again.
"""

import argparse
import csv
import os
from itertools import product
from pathlib import Path
from time import process_time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np

from helpers import datasets
from tools.results.tables import append

TABLE = Path(__file__).parents[2] / "data" / "results" / "15_local_connectivity.csv"
LAYERS = ("full", "local", "shared")
HEADS = ("each place", "maximum")
RATES = (3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1)
NETWORKS = {
    "centre": tuple(product(LAYERS, HEADS)),
    "fresh": (*product(LAYERS, HEADS[:1]), ("shared", "maximum")),
}
STEPS = {"centre": 300, "fresh": 900}
SCORED_ON = {"centre": "at_centre", "fresh": "moved"}  # what chooses the rate
BATCH = 100
SIDE = 24  # of the canvas; a garment has 14
SCORED = 4000
MAPS = ((8, 4, 2), (16, 4, 1))  # filters, size, stride of the two hidden layers
PICTURES = 1000
KEPT = 55_000  # of the training garments, the others choose the rate


class LocallyConnected2D(keras.layers.Layer):
    """A convolution whose every place has weights of its own, as in the notebook."""

    def __init__(self, filters: int, size: int, stride: int):
        super().__init__()
        self.filters = filters
        self.size = size
        self.stride = stride

    def build(self, shape: tuple[int, ...]) -> None:
        """Make a filter for each place of images (n, height, width, channels)."""
        rows = (shape[1] - self.size) // self.stride + 1
        columns = (shape[2] - self.size) // self.stride + 1
        inputs = self.size**2 * shape[3]
        normal = keras.initializers.RandomNormal(stddev=(2 / inputs) ** 0.5)
        self.W = self.add_weight((rows, columns, inputs, self.filters), normal)
        self.b = self.add_weight((rows, columns, self.filters), "zeros")

    def call(self, x: keras.KerasTensor) -> keras.KerasTensor:
        """Weigh each patch with the filters of its place."""
        patches = keras.ops.image.extract_patches(x, self.size, self.stride)
        return keras.ops.einsum("npqk,pqkf->npqf", patches, self.W) + self.b


def network(kind: str, head: str) -> keras.Model:
    """Build two hidden layers of the same number of neurons, whatever their kind, and a head."""
    model = keras.Sequential([keras.Input((SIDE, SIDE, 1))])
    side = SIDE
    for filters, size, stride in MAPS:
        side = (side - size) // stride + 1
        if kind == "local":
            model.add(LocallyConnected2D(filters, size, stride))
        elif kind == "shared":
            he = "he_normal"
            model.add(keras.layers.Conv2D(filters, size, stride, kernel_initializer=he))
        else:
            model.add(keras.layers.Flatten())
            model.add(keras.layers.Dense(side * side * filters, kernel_initializer="he_normal"))
            model.add(keras.layers.Reshape((side, side, filters)))
        model.add(keras.layers.ReLU())
    pool = head == "maximum"
    model.add(keras.layers.GlobalMaxPooling2D() if pool else keras.layers.Flatten())
    model.add(keras.layers.Dense(10))
    return model


def place(pictures: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Halve pictures (n, 28, 28) and put each on a black 24×24 canvas, its corner as given."""
    small = pictures.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)) / 255
    canvas = np.zeros((len(small), SIDE, SIDE, 1), "float32")
    for one, picture, row, column in zip(canvas, small, rows, columns, strict=True):
        one[row : row + 14, column : column + 14, 0] = picture
    return canvas


def placed(pictures: np.ndarray, where: str, rng: np.random.Generator) -> np.ndarray:
    """Put pictures at the "centre", or each at a random place inside the frame."""
    if where == "centre":
        return place(pictures, *np.full((2, len(pictures)), 5))
    return place(pictures, *rng.integers(0, 11, size=(2, len(pictures))))


def measure(
    part: str, kind: str, head: str, trained: str, rate: float, seed: int
) -> dict[str, object]:
    """Train one network and score it at the centre and on moved garments."""
    (x, y), (x_test, y_test) = datasets.load_fashion_mnist()
    x_score, y_score = (x[KEPT:], y[KEPT:]) if part == "rate" else (x_test, y_test)
    x_score = x_score[:SCORED]
    y_score = y_score[:SCORED]
    rng = np.random.default_rng(seed)
    chosen = rng.choice(KEPT, PICTURES, replace=False)
    keras.utils.set_random_seed(seed)
    model = network(kind, head)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(keras.optimizers.Adam(rate), loss)
    batches = [rng.choice(PICTURES, BATCH, replace=False) for _ in range(STEPS[trained])]
    order = chosen[np.concatenate(batches)]
    x_train = placed(x[order], trained, rng)
    begin = process_time()
    model.fit(x_train, y[order], batch_size=BATCH, shuffle=False, verbose=0)
    seconds = process_time() - begin
    scores = {}
    for where in ("centre", "moved"):
        images = placed(x_score, where, np.random.default_rng(0))
        answers = model.predict(images, batch_size=500, verbose=0).argmax(axis=1)
        scores[where] = np.mean(answers == y_score)
    return {
        "part": part,
        "layers": kind,
        "head": head,
        "trained": trained,
        "rate": rate,
        "seed": seed,
        "at_centre": f"{scores['centre']:.4f}",
        "moved": f"{scores['moved']:.4f}",
        "parameters": model.count_params(),
        "cpu_seconds": f"{seconds:.0f}",
        "keras": keras.__version__,
    }


def rows() -> list[dict[str, str]]:
    """Read the table."""
    with TABLE.open(newline="") as file:
        return list(csv.DictReader(file))


def tried(kind: str, head: str, trained: str) -> dict[float, float]:
    """Give the score by learning rate, on garments held back."""
    key = ("rate", kind, head, trained)
    return {
        float(row["rate"]): float(row[SCORED_ON[trained]])
        for row in rows()
        if (row["part"], row["layers"], row["head"], row["trained"]) == key
    }


def best_rate(kind: str, head: str, trained: str) -> float:
    """Give the rate with the best score where the network is to be good."""
    scores = tried(kind, head, trained)
    return max(scores, key=scores.__getitem__)


def try_rates(kind: str, head: str, trained: str) -> None:
    """Try the three rates in the middle, then neighbours while the best is at the edge."""
    wanted = set(RATES[1:4])
    while True:
        for rate in sorted(wanted - set(tried(kind, head, trained))):
            add(measure("rate", kind, head, trained, rate, 100))
        best = RATES.index(best_rate(kind, head, trained))
        neighbours = set(RATES[max(best - 1, 0) : best + 2])
        if neighbours <= wanted:
            return
        wanted |= neighbours


def add(row: dict[str, object]) -> None:
    """Write a row into the table and say so."""
    append(TABLE, row)
    print(*row.values(), flush=True)


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("part", choices=("rate", "test"))
    parser.add_argument("seeds", nargs="*", type=int)
    parser.add_argument("--trained", choices=NETWORKS, nargs="*", default=list(NETWORKS))
    arguments = parser.parse_args()
    for trained in arguments.trained:
        for kind, head in NETWORKS[trained]:
            if arguments.part == "rate":
                try_rates(kind, head, trained)
            for seed in arguments.seeds:
                rate = best_rate(kind, head, trained)
                add(measure("test", kind, head, trained, rate, seed))


if __name__ == "__main__":
    main()
