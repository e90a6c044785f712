"""What the measuring scripts share: rows added to a table as they are measured."""

import csv
from pathlib import Path

import numpy as np


def append(path: Path, *rows: dict[str, object]) -> None:
    """Add rows to a table, with its head if it is new; numbers with a fraction get four digits.

    Parameters
    ----------
    path
        The table; a new one gets the keys of the first row as its head.
    rows
        Value by column. All have the same columns, in the same order as the table.

    Raises
    ------
    ValueError
        If a row has a column that the first one lacks.
    """
    new = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0], lineterminator="\n")
        if new:
            table.writeheader()
        for row in rows:
            table.writerow({name: written(value) for name, value in row.items()})


def written(value: object) -> object:
    """Write a number with a fraction with four digits; give anything else as it is."""
    return f"{value:.4g}" if isinstance(value, float | np.floating) else value
