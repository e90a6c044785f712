"""Notebook 03's table: why its limit and rate, equality with Keras from ten starts, and the echo.

The functions are the notebook's own, read from its cells. `python -m
tools.results.n03_backpropagation_through_time [validation|keras|echo …]` measures every part, or
those named, and writes their rows:

- validation: trained without 400 of the training proverbs, on which `bits` is measured, from two
  starts for each setting. `difference` is the largest between the losses of two NumPy runs whose
  starts differ by the last bit of one weight, in two epochs: it says how far rounding can carry.
  `shortened` is the share of the gradients that were longer than the limit.
- keras: the notebook's training from ten starts; `difference` is the largest between NumPy's and
  Keras's loss of a batch, `bits` the level on the held-out proverbs.
- echo: the medians of eight runs, for ten sets of eight seeds.

Some five minutes on two cores.
"""

import ast
import csv
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from pathlib import Path

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
import keras
import nbformat
import numpy as np

from tools.results.tables import written

keras.config.set_floatx("float64")  # before the loss is made
ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "03_backpropagation_through_time.ipynb"
TABLE = ROOT / "data" / "results" / "03_backpropagation_through_time.csv"
COLUMNS = (
    "part", "setting", "seed", "bits", "difference", "shortened", "rightly", "least",
    "keras", "numpy",
)  # fmt: skip
SETTINGS = (  # limit, rate of the first epoch, of the next three, units
    (np.inf, 1 / 64, 1 / 32, 80),
    (40, 1 / 32, 1 / 32, 80),
    (40, 1 / 64, 1 / 32, 80),
    (20, 1 / 64, 1 / 32, 80),
    (10, 1 / 64, 1 / 32, 80),
    (20, 1 / 64, 1 / 32, 40),
)
VALIDATION = (100, 101)  # seeds with which limit, rate and units are chosen
SEEDS = range(10)
WINDOWS = (2, 4, 8, 9, 24)
CONSTANTS = ("LIMIT", "RATES", "ECHO_RATES", "surprise")  # of the notebook, that its cells assign


@cache
def notebook_s_own() -> dict:
    """Run the notebook's imports, definitions, constants and data; return their namespace."""
    space: dict = {}
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        if cell.cell_type != "code" or "exercise" in cell.metadata.get("tags", []):
            continue
        if "load_spanish_proverbs()" in cell.source or "held_out = " in cell.source:
            exec(cell.source, space)
            continue
        if "def keras_step" in cell.source:  # it makes a model of its own: see `equal_to_keras`
            space["keras_cell"] = cell.source
            continue
        for node in ast.parse(cell.source).body:
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            target = node.target if isinstance(node, ast.AugAssign) else target
            constant = target is not None and ast.unparse(target) in CONSTANTS
            if constant or isinstance(node, ast.Import | ast.ImportFrom | ast.FunctionDef):
                exec(ast.unparse(node), space)
    return space


def start(units: int, seed: int) -> list[np.ndarray]:
    """Draw the notebook's weights for a seed."""
    own = notebook_s_own()
    return list(own["initial_weights"](own["V"], units, np.random.default_rng(seed)))


def numpy_losses(
    weights: list, batches: np.ndarray, rates: list[float], limit: float
) -> Iterator[tuple]:
    """Train as the notebook does; give each batch's loss and its gradient's length."""
    own = notebook_s_own()
    zeros = np.zeros((own["B"], len(weights[1])))
    for rate in rates:
        for batch in batches:
            text = own["onehot"][batch.T]
            L, gradients, _ = own["gradients_of"](weights, text[:-1], text[1:], zeros)
            yield L, np.sqrt(sum(np.sum(g**2) for g in gradients))
            own["descend"](weights, gradients, rate, limit)


def bits(weights: list, texts: np.ndarray) -> float:
    """Measure the bits per character on texts (texts, T + 1)."""
    own = notebook_s_own()
    text = own["onehot"][texts.T]
    _, outputs = own["forward"](weights, text[:-1], np.zeros((len(texts), len(weights[1]))))
    return own["loss_and_slope"](outputs, text[1:])[0] / own["T"] / np.log(2)


def setting(limit: float, first: float, rate: float, units: int) -> str:
    """Write a setting as the notebook prints it."""
    return f"{limit:5g}  1/{1 / first:.0f}, then 1/{1 / rate:.0f}   {units:4}"


def validation(limit: float, first: float, rate: float, units: int, seed: int) -> dict:
    """Train twin runs without 400 of the training proverbs."""
    own = notebook_s_own()
    texts = own["windows"](own["proverbs"][800:])
    batches = texts[: len(texts) // own["B"] * own["B"]].reshape(-1, own["B"], own["T"] + 1)
    weights, twin = start(units, seed), start(units, seed)
    twin[0][0, 0] = np.nextafter(twin[0][0, 0], np.inf)
    rates = [first, *[rate] * 3, *[rate / 2**halved for halved in range(1, 5)]]
    theirs, apart, lengths = numpy_losses(twin, batches, rates, limit), 0.0, []
    for L, length in numpy_losses(weights, batches, rates, limit):
        lengths.append(length)
        if apart < 0.1 and len(lengths) <= 2 * len(batches):
            apart = max(apart, abs(L - next(theirs)[0]))
    return {
        "part": "validation",
        "setting": setting(limit, first, rate, units),
        "seed": seed,
        "bits": bits(weights, own["windows"](own["proverbs"][400:800])),
        "difference": apart,
        "shortened": np.mean(np.array(lengths) > limit),
    }


def equal_to_keras(seed: int) -> dict:
    """Train the notebook's model in NumPy and, by the notebook's own cell, in Keras."""
    own = notebook_s_own()
    weights = start(own["N"], seed)
    space = dict(own, start=[W.copy() for W in weights])
    exec(own["keras_cell"], space)
    texts = own["onehot"][own["batches"]]  # (batches, B, T + 1, V)
    apart, ours = 0.0, numpy_losses(weights, own["batches"], own["RATES"], own["LIMIT"])
    for rate in own["RATES"]:
        space["optimiser"].learning_rate = rate
        for text in texts:
            theirs = float(space["keras_step"](text[:, :-1], text[:, 1:]))
            apart = max(apart, abs(theirs - next(ours)[0]))
    next(ours, None)  # NumPy's last step
    return {
        "part": "keras",
        "setting": setting(own["LIMIT"], *own["RATES"][:2], own["N"]),
        "seed": seed,
        "bits": bits(weights, own["held_out"]),
        "difference": apart,
    }


def echo(first: int) -> list[dict]:
    """Train eight runs of each window, and of the control, from a set of seeds."""
    own = notebook_s_own()
    seeds = range(first, first + 8)
    runs = {"control": [own["untrained_states_echo"](seed) for seed in seeds]}
    for window in WINDOWS:
        runs[f"window {window}"] = [own["learnt_echo"](window, seed) for seed in seeds]
    return [
        {
            "part": "echo",
            "setting": name,
            "seed": first,
            "rightly": np.median(values),
            "least": min(values),
        }
        for name, values in runs.items()
    ]


PARTS = {
    "validation": (validation, [(*setting, seed) for setting in SETTINGS for seed in VALIDATION]),
    "keras": (equal_to_keras, [(seed,) for seed in SEEDS]),
    "echo": (echo, [(1000 * seed,) for seed in SEEDS]),
}


def main(names: list[str]) -> None:
    """Measure the parts and put their rows into the table, in the order of `PARTS`."""
    names = names or list(PARTS)
    versions = {"keras": keras.__version__, "numpy": np.__version__}
    found = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(PARTS[name][0], *task) for name in names for task in PARTS[name][1]]
        for result in waiting:
            rows = result.result()
            for row in rows if isinstance(rows, list) else [rows]:
                found.append([written((versions | row).get(column, "")) for column in COLUMNS])
                print(found[-1], flush=True)
    if TABLE.exists():
        with TABLE.open(newline="") as file:
            found += [row for row in list(csv.reader(file))[1:] if row[0] not in names]
    found.sort(key=lambda row: list(PARTS).index(row[0]))
    with TABLE.open("w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *found])


if __name__ == "__main__":
    main(sys.argv[1:])
