"""Notebook 04's second table: a look every ten updates, at networks whose way opens.

`python -m tools.results.n04_opening` measures it in about four minutes on one core. The functions
are the notebook's own, as in `tools.results.n04_vanishing_gradients`; so are rates, seeds, batches
and test sequences. Ten seeds each: ReLU and Keras's LSTM every ten updates; tanh and ReLU with an
identity start once, after the last.

`reach` is the part of the gradient's length that arrives at the first step, `reach at the mark` the
part that arrives at the first mark (medians of 500 sequences). Of the ReLU network more, at the
start and every 50 updates: the reach with only the slopes, or only W_hh, taken from here and the
other from the start; the `factor` of one step, the largest absolute eigenvalue of W_hh with each
unit's mean slope (how often it is on); the same mixed, and with the slopes shuffled among the
units; `cosine`, the eigenvalue's real part over its absolute value; `on there`, the mean slope of
the units weighted by their part in its eigenvector.
"""

import csv
import os
from collections.abc import Iterator

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
import keras
import numpy as np
import tensorflow as tf

from tools.results.n04_controls import factor, shuffled
from tools.results.n04_vanishing_gradients import ROOT, SEEDS, TEST_SEQUENCES, notebook_s_own

TABLE = ROOT / "data" / "results" / "04_opening.csv"
COLUMNS = (
    "network", "rate", "seed", "update", "error", "reach", "reach at the mark",
    "new slopes only", "new W_hh only", "factor", "factor, new slopes only",
    "factor, new W_hh only", "factor, slopes shuffled", "cosine", "mean on", "on there",
    "keras", "numpy",
)  # fmt: skip
T = 60
UPDATES = 800


def reaches(norm: np.ndarray, x: np.ndarray) -> dict[str, float]:
    """Give the reach to the first step and to the first mark; norm is (T, batch)."""
    part = norm / norm[-1]
    first = x[:, : T // 2, 1].argmax(axis=1)
    at_mark = part[first, np.arange(len(x))]
    return {"reach": np.median(part[0]), "reach at the mark": np.median(at_mark)}


def what_opens(own: dict, start: list, weights: list, x: np.ndarray) -> dict[str, float]:
    """Mix old and new slopes and W_hh; look at the longest eigenvalue of one step back."""
    old, _ = own["forward"](x, start, "ReLU")
    new, _ = own["forward"](x, weights, "ReLU")
    old_on = (old[1:] > 0).mean(axis=(0, 1))
    on = (new[1:] > 0).mean(axis=(0, 1))

    def reach(H: np.ndarray, slopes_of: list, W_hh: np.ndarray) -> float:
        dh = np.ones((len(x), 1)) @ slopes_of[3].T
        norm = np.linalg.norm(own["backward"](H, dh, W_hh, "ReLU")[1], axis=2)
        return np.median(norm[0] / norm[-1])

    values, vectors = np.linalg.eig(on[:, None] * weights[1].T)
    longest = np.abs(values).argmax()
    share = np.abs(vectors[:, longest]) ** 2
    return {
        "new slopes only": reach(new, weights, start[1]),
        "new W_hh only": reach(old, start, weights[1]),
        "factor": factor(on, weights[1]),
        "factor, new slopes only": factor(on, start[1]),
        "factor, new W_hh only": factor(old_on, weights[1]),
        "factor, slopes shuffled": shuffled(on, weights[1]),
        "cosine": values[longest].real / np.abs(values[longest]),
        "mean on": on.mean(),
        "on there": on @ share / share.sum(),
    }


def numpy_s(
    seed: int, recurrent: str, activation: str, rate: float, every: int
) -> Iterator[tuple[int, dict]]:
    """Train as the notebook's `train`, with more looks."""
    own = notebook_s_own()
    x_test, y_test = own["adding"](500, T, np.random.default_rng(TEST_SEQUENCES))
    weights = start = own["start"](seed, recurrent)
    adam = own["Adam"](weights)
    rng = np.random.default_rng(1000 + seed)
    for k in range(UPDATES + 1):
        if k > 0:
            x, y = own["adding"](64, T, rng)
            found = own["gradients"](x, y, weights, activation)[0]
            now = rate / 5 if k > 0.75 * UPDATES else rate
            weights = adam.step(weights, own["clip_by_global_norm"](found, 1), now)
        if k % every == 0 and (k > 0 or every < UPDATES):
            dH = own["gradients"](x_test, y_test, weights, activation)[3]
            y_hat = own["forward"](x_test, weights, activation)[1]
            seen = {"error": own["error"](y_hat, y_test)}
            seen |= reaches(np.linalg.norm(dH, axis=2), x_test)
            if every < UPDATES and k % 50 == 0:
                seen |= what_opens(own, start, weights, x_test)
            yield k, seen


def keras_s(seed: int, rate: float) -> Iterator[tuple[int, dict]]:
    """Train an LSTM as the notebook's `keras_train`, with more looks."""
    own = notebook_s_own()
    x_test, y_test = own["adding"](500, T, np.random.default_rng(TEST_SEQUENCES))
    keras.utils.set_random_seed(seed)
    rnn, dense = keras.layers.LSTM(32), keras.layers.Dense(1)
    model = keras.Sequential([keras.Input((None, 2)), rnn, dense])
    adam = keras.optimizers.Adam(rate, global_clipnorm=1.0)
    model.compile(adam, "mse", steps_per_execution=10)
    inputs = tf.constant(x_test, "float32")
    targets = tf.constant(y_test, "float32")

    @tf.function
    def look() -> tuple[tf.Tensor, tf.Tensor]:
        states = rnn.get_initial_state(len(x_test))
        cells = []
        with tf.GradientTape() as tape:
            for t in range(T):
                h, states = rnn.cell(inputs[:, t], states)
                cells.append(states[-1])
            y_hat = dense(h)[:, 0]
            loss = tf.reduce_mean((y_hat - targets) ** 2)
        return y_hat, tf.norm(tf.stack(tape.gradient(loss, cells)), axis=2)

    def seen() -> dict:
        y_hat, norm = look()
        return {"error": own["error"](y_hat.numpy(), y_test)} | reaches(norm.numpy(), x_test)

    yield 0, seen()
    rng = np.random.default_rng(1000 + seed)
    for k in range(0, UPDATES, 10):
        if k == 600:
            adam.learning_rate = rate / 5
        if k % 100 == 0:
            x, y = own["adding"](6400, T, rng)
        part = slice(64 * (k % 100), 64 * (k % 100 + 10))
        model.fit(x[part], y[part], batch_size=64, shuffle=False, verbose=0)
        yield k + 10, seen()


def main() -> None:
    """Measure the four networks for ten seeds and write the table."""
    networks = {
        "tanh": (0.01, lambda seed: numpy_s(seed, "rotation", "tanh", 0.01, UPDATES)),
        "ReLU": (0.003, lambda seed: numpy_s(seed, "rotation", "ReLU", 0.003, 10)),
        "ReLU, identity": (0.01, lambda seed: numpy_s(seed, "identity", "ReLU", 0.01, UPDATES)),
        "LSTM": (0.01, lambda seed: keras_s(seed, 0.01)),
    }
    with TABLE.open("w", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        for network, (rate, looks) in networks.items():
            for seed in SEEDS:
                for update, seen in looks(seed):
                    row = {name: f"{value:.3g}" for name, value in seen.items()}
                    row |= {"network": network, "rate": rate, "seed": seed, "update": update}
                    table.writerow(row | {"keras": keras.__version__, "numpy": np.__version__})
                file.flush()
                print(network, seed, seen["error"], flush=True)


if __name__ == "__main__":
    main()
