"""Notebook 05's table: gated cells and a plain network on the adding problem.

The functions are the notebook's own, read from its cells, so that what is measured is what a
student sees. `python -m tools.results.n05_lstm_and_gru SEED …` trains every network with each seed
and adds a row for each to the table.
"""

import ast
import csv
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import nbformat
import numpy as np

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "05_lstm_and_gru.ipynb"
TABLE = ROOT / "data" / "results" / "05_lstm_and_gru.csv"
STEPS_BACK = 30
# the starting biases of each network's blocks (i, f, g, o of an LSTM, z, r, g of a GRU), its rate
NETWORKS = {
    "plain, rate 0.01": ("rnn", (0,), 0.01),
    "plain, rate 0.003": ("rnn", (0,), 0.003),
    "plain, rate 0.001": ("rnn", (0,), 0.001),
    "b_f = 0": ("lstm", (0, 0, 0, 0), 0.01),
    "b_f = 1": ("lstm", (0, 1, 0, 0), 0.01),
    "b_f = 2": ("lstm", (0, 2, 0, 0), 0.01),
    "b_f = 4": ("lstm", (0, 4, 0, 0), 0.01),
    "b_f = 1, b_i = -2": ("lstm", (-2, 1, 0, 0), 0.01),
    "b_f = 4, b_i = -2": ("lstm", (-2, 4, 0, 0), 0.01),
    "GRU": ("gru", (0, 0, 0), 0.01),
}


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
    own = notebook_s_own("x_test")
    rows = []
    for name, (cell, biases, rate) in NETWORKS.items():
        forward = own[f"{cell}_forward"]
        backward = own[f"{cell}_backward"]
        begin = own["start"](biases, seed)
        end, losses = own["train"](forward, backward, begin, seed, rate)
        guess, *_ = own["answer"](forward, end, own["x_test"])
        *_, cache = own["answer"](forward, begin, own["x_test"])
        row = {
            "network": name,
            "seed": seed,
            "batches": own["batches_needed"](losses),
            "error": own["error"](guess, own["y_test"]),
            "gradient_start": own["gradient_back"](forward, backward, begin)[STEPS_BACK],
            "gradient_end": own["gradient_back"](forward, backward, end)[STEPS_BACK],
            "cell_start": np.sqrt(np.mean(cache[-1][-1] ** 2)) if cell == "lstm" else np.nan,
            "held": np.nan,
            "held_other": np.nan,
            "correlation": np.nan,
            "numpy": np.__version__,
        }
        if cell == "lstm":
            row |= remembering(own, end)
        rows.append(row)
        print(name, seed, flush=True)
    return rows


def remembering(own: dict, weights: list[np.ndarray]) -> dict:
    """Hold each unit's forget gate at its start: the worst error, the next, the cell's correlation.

    The correlation is that of the worst unit's last cell state with the true sum.
    """
    x, y = own["x_test"], own["y_test"]
    n = len(weights[1])
    held = np.zeros(n)
    for unit in range(n):
        guess, *_ = own["answer"](own["lstm_forward"], own["hold"](weights, unit), x[:500])
        held[unit] = own["error"](guess, y[:500])
    memory = held.argmax()
    cell = own["inside"](weights, x)[-1][:, -1, memory]
    return {
        "held": held[memory],
        "held_other": np.sort(held)[-2],
        "correlation": abs(np.corrcoef(cell, y)[0, 1]),
    }


def append(path: Path, rows: list[dict]) -> None:
    """Add rows to a table, with its head if it is new; numbers with four digits."""
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0], lineterminator="\n")
        if new:
            table.writeheader()
        for row in rows:
            table.writerow(
                {k: f"{v:.4g}" if isinstance(v, float | np.floating) else v for k, v in row.items()}
            )


if __name__ == "__main__":
    for seed in map(int, sys.argv[1:]):
        append(TABLE, adding(seed))
