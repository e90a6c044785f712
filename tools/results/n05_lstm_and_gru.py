"""Notebook 05's table: gated cells and a plain network on the adding problem.

The functions are the notebook's own, read from its cells, so that what is measured is what a
student sees. `python -m tools.results.n05_lstm_and_gru SEED …` trains every network with each seed
and adds a row for each to the table.
"""

import ast
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import nbformat
import numpy as np

from tools.results.tables import append

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "05_lstm_and_gru.ipynb"
TABLE = ROOT / "data" / "results" / "05_lstm_and_gru.csv"
STEPS_BACK = 30
FIRST_SEEDS = range(3)  # for the choice of the plain network's rate, and for what takes longer
LONGER = "plain, 2500 batches"
OPENED = "b_f = 1"  # the network that the notebook opens; its columns:
MEMORY = (
    "road_start",
    "road_end",
    "written_start",
    "written_end",
    "held",
    "held_other",
    "cut",
    "correlation",
    "open",
    "forget",
    "kept",
    "by_gate",
)
# cell, the starting biases of its blocks (i, f, g, o of an LSTM, z, r, g of a GRU), rate, batches;
# a ReLU network starts from the identity
NETWORKS = {
    "plain, rate 0.01": ("rnn", (0,), 0.01, 1000),
    "plain, rate 0.003": ("rnn", (0,), 0.003, 1000),
    "plain, rate 0.001": ("rnn", (0,), 0.001, 1000),
    LONGER: ("rnn", (0,), 0.003, 2500),
    "b_f = 0": ("lstm", (0, 0, 0, 0), 0.01, 1000),
    OPENED: ("lstm", (0, 1, 0, 0), 0.01, 1000),
    "b_f = 2": ("lstm", (0, 2, 0, 0), 0.01, 1000),
    "b_f = 4": ("lstm", (0, 4, 0, 0), 0.01, 1000),
    "b_f = 1, b_i = -2": ("lstm", (-2, 1, 0, 0), 0.01, 1000),
    "b_f = 2, b_i = -2": ("lstm", (-2, 2, 0, 0), 0.01, 1000),
    "b_f = 4, b_i = -2": ("lstm", (-2, 4, 0, 0), 0.01, 1000),
    "GRU": ("gru", (0, 0, 0), 0.01, 1000),
    "ReLU, identity": ("relu", (0,), 0.01, 1000),
}
LONG = 100  # steps; these networks once more, with the first seeds
AT_LONG = (OPENED, "b_f = 4, b_i = -2", "GRU", "ReLU, identity")


def notebook_s_own(*names: str) -> dict:
    """Run the notebook's imports, functions, and the cells that assign some names.

    Parameters
    ----------
    names
        Variables whose cells are run too.

    Returns
    -------
    dict
        The namespace, with every function of the notebook that is not an exercise's stub.
    """
    space: dict = {}
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        if cell.cell_type != "code" or "exercise" in cell.metadata.get("tags", []):
            continue
        tree = ast.parse(cell.source)
        assigned = {
            node.id
            for node in ast.walk(tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
        if not assigned & set(names):
            wanted = ast.FunctionDef | ast.Import | ast.ImportFrom
            tree.body = [node for node in tree.body if isinstance(node, wanted)]
        exec(compile(tree, "<notebook 05>", "exec"), space)
    return space


def adding(seed: int) -> list[dict]:
    """Train every network on the adding problem with one seed; a row for each."""
    own = notebook_s_own("x_test", "copies")
    own["x_valid"], own["y_valid"] = own["adding"](2000, 40, np.random.default_rng(3))
    rows = []
    for name, (cell, biases, rate, batches) in NETWORKS.items():
        if name == LONGER and seed not in FIRST_SEEDS:
            continue
        forward, backward = own[f"{cell}_forward"], own[f"{cell}_backward"]
        begin = begun(own, cell, biases, seed)
        end, losses = own["train"](forward, backward, begin, seed, rate, batches)
        row = {"network": name, "seed": seed, **measured(own, cell, begin, end, losses)}
        if cell == "rnn" and seed in FIRST_SEEDS:
            row["validation"] = error(own, cell, end, "valid")
        if name == OPENED:
            row |= remembering(own, begin, end)
        rows.append(row)
        print(name, seed, flush=True)
    if seed in FIRST_SEEDS:
        own["x_long"], own["y_long"] = own["adding"](2000, LONG, np.random.default_rng(2))
        rows += [dict.fromkeys(rows[0], np.nan) | longer(own, name, seed) for name in AT_LONG]
    return rows


def begun(own: dict, cell: str, biases: tuple, seed: int) -> list:
    """Give the weights a network starts with."""
    return own["relu_start"](seed) if cell == "relu" else own["start"](biases, seed)


def longer(own: dict, name: str, seed: int) -> dict:
    """Train a network on long sequences; its speed, and its error on others as long."""
    cell, biases, rate, batches = NETWORKS[name]
    walk = own[f"{cell}_forward"], own[f"{cell}_backward"]
    begin = begun(own, cell, biases, seed)
    end, losses = own["train"](*walk, begin, seed, rate, batches, LONG)
    return {
        "network": f"{name}, {LONG} steps",
        "seed": seed,
        "batches": own["batches_needed"](losses),
        "error": error(own, cell, end, "long"),
        "numpy": np.__version__,
    }


def error(own: dict, cell: str, weights: list, part: str) -> float:
    """Give a network's error on the test, the validation or the long sequences."""
    guess, *_ = own["answer"](own[f"{cell}_forward"], weights, own[f"x_{part}"])
    return own["error"](guess, own[f"y_{part}"])


def measured(own: dict, cell: str, begin: list, end: list, losses: np.ndarray) -> dict:
    """Measure what every network has: speed, error, gradients, and an LSTM's flood."""
    walk = own[f"{cell}_forward"], own[f"{cell}_backward"]
    *_, cache = own["answer"](walk[0], begin, own["x_test"])
    return {
        "batches": own["batches_needed"](losses),
        "error": error(own, cell, end, "test"),
        "validation": np.nan,
        "gradient_start": own["gradient_back"](*walk, begin)[STEPS_BACK],
        "gradient_end": own["gradient_back"](*walk, end)[STEPS_BACK],
        "cell_start": np.sqrt(np.mean(cache[-1][-1] ** 2)) if cell == "lstm" else np.nan,
        **dict.fromkeys(MEMORY, np.nan),
        "numpy": np.__version__,
    }


def remembering(own: dict, begin: list, end: list) -> dict:
    """Measure what the memory of a trained LSTM rests on, by the notebook's interventions.

    The memory is the unit whose forget gate, held at its start, costs most. `held`, `held_other`:
    the error then, and that of the next unit; `cut`: the error without h in the memory's i and g;
    `correlation`: of its last cell state with the true sum; `open`: how many forget gates are above
    0.9 without a mark; `forget`: the memory's; `kept`: what is left at the end of the difference
    that a first mark at step 6 made; `by_gate`: what its forget gate alone would leave of it;
    `road_…`: the gradient along the thick line alone, `written_…`: along it and through i and g.
    """
    x, y = own["x_test"], own["y_test"]

    held = np.array([own["error_of"](own["hold"](end, unit)) for unit in range(len(end[1]))])
    memory = held.argmax()
    _, f, _, o, c = own["inside"](end, x)
    h_mean = (o * np.tanh(c)).mean(axis=(0, 1))
    f_between = f[x[..., 1] == 0].mean(axis=0)
    kept, by_gate = own["difference"](end, memory)
    ways = {}
    for way, backward in (("road", "line_backward"), ("written", "written_backward")):
        for when, weights in (("start", begin), ("end", end)):
            back = own["gradient_back"](own["lstm_forward"], own[backward], weights)
            ways[f"{way}_{when}"] = back[STEPS_BACK]
    return {
        **ways,
        "held": held[memory],
        "held_other": np.sort(held)[-2],
        "cut": own["error_of"](own["cut"](end, memory, h_mean)),
        "correlation": abs(np.corrcoef(c[:, -1, memory], y)[0, 1]),
        "open": np.sum(f_between > 0.9),
        "forget": f_between[memory],
        "kept": kept[-1] / kept[0],
        "by_gate": by_gate[-1] / by_gate[0],
    }


if __name__ == "__main__":
    for seed in map(int, sys.argv[1:]):
        append(TABLE, *adding(seed))
