"""Notebook 04's table: the adding problem for each cure, with the gradient's reach on the way.

The functions are the notebook's own, read from its cells, so that what is measured is what a
student sees. `python -m tools.results.n04_vanishing_gradients [NETWORK …]` measures every network,
or those named, and writes their rows: each is trained at every rate with three validation seeds
and tested on sequences of their own, then at the best rate with ten other seeds. About a minute
per network on two cores.
"""

import ast
import csv
import os
import sys
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
import keras
import nbformat
import numpy as np

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "04_vanishing_gradients.ipynb"
TABLE = ROOT / "data" / "results" / "04_vanishing_gradients.csv"
COLUMNS = (
    "part", "network", "T", "rate", "seed", "update", "error", "reach", "far", "keras", "numpy",
)  # fmt: skip
SEEDS = range(10)
VALIDATION = (100, 101, 102)  # seeds with which the learning rate is chosen
TEST_SEQUENCES = 7  # the seed of the test sequences, as in the notebook
VALIDATION_SEQUENCES = 8  # the seed of the sequences on which it is chosen
RATES = (0.001, 0.003, 0.01)
SHORT_FIRST = [10] * 200 + [20] * 200 + [30] * 150 + [40] * 150 + [60] * 100


@cache
def notebook_s_own() -> dict:
    """Run the notebook's imports and definitions; return their namespace."""
    space: dict = {}
    definitions = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.ClassDef
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "code" and "exercise" not in cell.metadata.get("tags", []):
            for node in ast.parse(cell.source).body:
                named = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]).isupper()
                if isinstance(node, definitions) or named:
                    exec(ast.unparse(node), space)
    return space


def networks(own: dict) -> dict[str, tuple[str, int, Callable]]:
    """Say for each network in which part it stands, the length, and how it is trained."""

    def numpy_s(
        lengths: list[int], recurrent: str = "rotation", activation: str = "tanh", limit: float = 1
    ) -> Callable:
        return lambda rate, seed: own["train"](
            own["start"](seed, recurrent), lengths, rate, seed, activation, limit
        )[1]

    def keras_s(layer: type) -> Callable:
        return lambda rate, seed: own["keras_train"](layer, 60, rate, seed)[1]

    found = {f"tanh, T = {T}": ("lengths", T, numpy_s([T] * 800)) for T in (10, 20, 40)}
    found["tanh, four times the updates"] = "lengths", 60, numpy_s([60] * 3200)
    cures = {
        "tanh": numpy_s([60] * 800),
        "tanh, no clipping": numpy_s([60] * 800, limit=np.inf),
        "tanh, identity": numpy_s([60] * 800, "identity"),
        "tanh, short ones first": numpy_s(SHORT_FIRST),
        "ReLU": numpy_s([60] * 800, activation="ReLU"),
        "ReLU, identity": numpy_s([60] * 800, "identity", "ReLU"),
        "ReLU, identity, no clipping": numpy_s([60] * 800, "identity", "ReLU", np.inf),
        "LSTM": keras_s(keras.layers.LSTM),
        "GRU": keras_s(keras.layers.GRU),
    }
    return found | {name: ("cures", 60, train) for name, train in cures.items()}


def run(job: tuple[str, float, int]) -> list[dict]:
    """Train one network once; return what was seen every 100 updates."""
    name, rate, seed = job
    own = notebook_s_own()
    own["TEST_SEED"] = VALIDATION_SEQUENCES if seed in VALIDATION else TEST_SEQUENCES
    with np.errstate(all="ignore"):
        looks = networks(own)[name][2](rate, seed)
    print(name, rate, seed, f"{looks[-1]['error']:.3f}", flush=True)
    return looks


def rows(part: str, T: int, job: tuple[str, float, int], looks: list[dict]) -> list[tuple]:
    """Lay out what was seen of one run, a row for each look."""
    versions = keras.__version__, np.__version__
    return [
        (
            part,
            job[0],
            T,
            *job[1:],
            100 * k,
            f"{look['error']:.4g}",
            f"{look['reach']:.2e}",
            f"{look['far']:.2e}" if "far" in look else "",
            *versions,
        )
        for k, look in enumerate(looks)
    ]


def measure(names: list[str]) -> list[tuple]:
    """Choose each network's rate with the validation seeds, train it with ten; return the rows."""
    every = networks(notebook_s_own())
    table = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        trials = [(name, rate, seed) for name in names for rate in RATES for seed in VALIDATION]
        errors = defaultdict(list)
        for job, looks in zip(trials, pool.map(run, trials), strict=True):
            errors[job[:2]].append(looks[-1]["error"])
            table += rows("validation", every[job[0]][1], job, looks)[-1:]
        medians = {
            key: np.median(np.nan_to_num(found, nan=np.inf)) for key, found in errors.items()
        }
        best = {name: min(RATES, key=lambda rate: medians[name, rate]) for name in names}
        jobs = [(name, best[name], seed) for name in names for seed in SEEDS]
        for job, looks in zip(jobs, pool.map(run, jobs), strict=True):
            part, T, _ = every[job[0]]
            table += rows(part, T, job, looks)
    return table


def main(names: list[str]) -> None:
    """Measure the networks and put their rows into the table, in the order of `networks`."""
    order = list(networks(notebook_s_own()))
    names = names or order
    found = [tuple(map(str, row)) for row in measure(names)]
    if TABLE.exists():
        with TABLE.open(newline="") as file:
            found += [tuple(row) for row in list(csv.reader(file))[1:] if row[1] not in names]
    found.sort(key=lambda row: (order.index(row[1]), row[0] != "validation"))
    with TABLE.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *found])


if __name__ == "__main__":
    main(sys.argv[1:])
