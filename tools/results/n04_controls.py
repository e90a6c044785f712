"""Notebook 04's controls, ten seeds each: what closed the way, what clipping does to Adam.

`python -m tools.results.n04_controls` writes them, in about a minute on one core. The functions
are the notebook's own, as in `tools.results.n04_vanishing_gradients`.

*closing*: tanh at 60 steps, its first hundred updates. The reach at the start, with the slopes of
tanh or W_hh taken from the hundredth update, with both, and after a hundred updates that begin with
the mean known (b_y such that the first answers are 1 on average). The mean slope of tanh. The
`factor` of one step: the largest absolute eigenvalue of W_hh with each unit's mean slope; also with
the new slopes shuffled among the units (median of 50 orders).

*no clipping*, *clipping*: ReLU with an identity start, its first 300 updates at the rate 0.001: the
length of the longest gradient so far, before it is clipped, and of the update.

*memory*: the same network, a hundred updates without clipping, then to 500 in four ways: with Adam
as it is or with a fresh one (its memory empty), clipped or not; the errors.
"""

import csv
import os
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
import numpy as np

from tools.results.n04_vanishing_gradients import ROOT, SEEDS, TEST_SEQUENCES, notebook_s_own

TABLE = ROOT / "data" / "results" / "04_controls.csv"
COLUMNS = "part", "seed", "update", "what", "value", "numpy"
T = 60


def length(arrays: list[np.ndarray]) -> float:
    """Give the global norm of several arrays."""
    return float(np.sqrt(sum(np.sum(array**2) for array in arrays)))


def updates(
    own: dict, weights: list, seed: int, rate: float, activation: str, limit: float
) -> Iterator[tuple[float, list, list]]:
    """Train as the notebook's `train`; give the gradient's length, the old and the new weights."""
    rng = np.random.default_rng(1000 + seed)
    adam = own["Adam"](weights)
    while True:
        x, y = own["adding"](64, T, rng)
        gradient = own["gradients"](x, y, weights, activation)[0]
        new = adam.step(weights, own["clip_by_global_norm"](gradient, limit), rate)
        yield length(gradient), weights, new
        weights = new


def factor(slopes: np.ndarray, W_hh: np.ndarray) -> float:
    """Give the largest absolute eigenvalue of one step back with the mean slope of each unit."""
    return np.abs(np.linalg.eigvals(slopes[:, None] * W_hh.T)).max()


def shuffled(slopes: np.ndarray, W_hh: np.ndarray) -> float:
    """Give the median factor of 50 random orders of the slopes."""
    rng = np.random.default_rng(0)
    return np.median([factor(rng.permutation(slopes), W_hh) for _ in range(50)])


def closing(seed: int) -> list[tuple]:
    """Mix the slopes and the W_hh of two networks, a hundred updates apart."""
    own = notebook_s_own()
    x, _ = own["adding"](500, T, np.random.default_rng(TEST_SEQUENCES))

    def reach(slopes_of: list, W_hh_of: list) -> float:
        H, _ = own["forward"](x, slopes_of)
        dh = np.ones((len(x), 1)) @ slopes_of[3].T
        norm = np.linalg.norm(own["backward"](H, dh, W_hh_of[1])[1], axis=2)
        return np.median(norm[0] / norm[-1])

    def slope(weights: list) -> np.ndarray:
        return (1 - own["forward"](x, weights)[0][1:] ** 2).mean(axis=(0, 1))

    def after_100(start: list) -> list:
        return next(islice(updates(own, start, seed, 0.01, "tanh", 1), 99, None))[2]

    before = own["start"](seed)
    after = after_100(before)
    fresh, _ = own["adding"](500, T, np.random.default_rng(2000 + seed))
    mean = own["forward"](fresh, before)[1].mean()
    known = after_100([*before[:4], np.array([1 - mean])])
    old_slope, new_slope = slope(before), slope(after)
    found = {
        "reach before": reach(before, before),
        "new slopes only": reach(after, before),
        "new W_hh only": reach(before, after),
        "both": reach(after, after),
        "both, the mean known at first": reach(known, known),
        "slope before": old_slope.mean(),
        "slope after": new_slope.mean(),
        "factor before": factor(old_slope, before[1]),
        "factor, new slopes only": factor(new_slope, before[1]),
        "factor, new W_hh only": factor(old_slope, after[1]),
        "factor after": factor(new_slope, after[1]),
        "factor after, slopes shuffled": shuffled(new_slope, after[1]),
    }
    return [("closing", seed, 100, what, value) for what, value in found.items()]


def clipping(seed: int) -> list[tuple]:
    """Train with and without clipping; look at gradient and update."""
    own = notebook_s_own()
    found = []
    for part, limit in (("no clipping", np.inf), ("clipping", 1)):
        start = own["start"](seed, "identity")
        longest = 0.0
        course = islice(updates(own, start, seed, 0.001, "ReLU", limit), 300)
        for k, (gradient, old, new) in enumerate(course, start=1):
            longest = max(longest, gradient)
            step = length([after - before for after, before in zip(new, old, strict=True)])
            if k in (1, 30, 100, 200, 300):
                found.append((part, seed, k, "longest gradient so far", longest))
                found.append((part, seed, k, "length of the update", step))
    return found


def memory(seed: int) -> list[tuple]:
    """Train a hundred updates unclipped, then on in three ways; give the errors of each."""
    own = notebook_s_own()
    x_test, y_test = own["adding"](500, T, np.random.default_rng(TEST_SEQUENCES))
    rng = np.random.default_rng(1000 + seed)
    batches = [own["adding"](64, T, rng) for _ in range(500)]

    def train(weights: list, adam: object, numbers: range, limit: float) -> Iterator[list]:
        for k in numbers:
            found = own["gradients"](*batches[k], weights, "ReLU")[0]
            weights = adam.step(weights, own["clip_by_global_norm"](found, limit), 0.001)
            yield weights

    start = own["start"](seed, "identity")
    old = own["Adam"](start)
    *_, middle = train(start, old, range(100), np.inf)
    arms = {
        "old memory, clipped": (deepcopy(old), 1),
        "fresh memory, clipped": (own["Adam"](middle), 1),
        "fresh memory, no clipping": (own["Adam"](middle), np.inf),
        "old memory, no clipping": (old, np.inf),
    }
    found = []
    for arm, (adam, limit) in arms.items():
        course = train(middle, adam, range(100, 500), limit)
        for k, weights in enumerate(course, start=101):
            if k % 100 == 0:
                y_hat = own["forward"](x_test, weights, "ReLU")[1]
                found.append(("memory", seed, k, arm, own["error"](y_hat, y_test)))
    return found


def main() -> None:
    """Measure all three for ten seeds and write the table."""
    rows = []
    for part in (closing, clipping, memory):
        for seed in SEEDS:
            rows += part(seed)
    with TABLE.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for *place, value in rows:
            writer.writerow([*place, f"{value:.3g}", np.__version__])


if __name__ == "__main__":
    main()
