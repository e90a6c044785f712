"""The data sets of the course: one loader each.

`data/registry.txt` lists every file with its sha256 and, where there is one, its official address.
A file is looked for in `data/`, then in the cache folder, then at that address; a loader prints
which of the three it used.
"""

import difflib
import gzip
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pooch

from helpers.download import DataError, download

CIFAR10 = "cifar-10/cifar-10.bin"
# what does not ship, and the members of the official archive that it consists of
DOWNLOADED = {
    CIFAR10: [
        *(f"cifar-10-batches-bin/data_batch_{number}.bin" for number in range(1, 6)),
        "cifar-10-batches-bin/test_batch.bin",
    ],
}

FASHION_CLASSES = (
    "T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "trainer", "bag", "boot",
)  # fmt: skip
CIFAR10_CLASSES = (
    "aeroplane", "car", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "lorry",
)  # fmt: skip


def data_folder() -> Path:
    """Folder of the data that ship with the course: the repository's, or the package's copy."""
    here = Path(__file__).resolve().parent
    installed = here / "_data"
    return installed if installed.is_dir() else here.parent / "data"


def cache_folder() -> Path:
    """Folder of downloaded data: $RNN_CNN_CACHE, or one in the user's cache folder."""
    usual = pooch.os_cache("rnn-cnn-notebooks")
    return pooch.create(usual, base_url="", env="RNN_CNN_CACHE").abspath


def files() -> pooch.Pooch:
    """Every file of the registry, downloaded to the cache folder when it is fetched."""
    known, path = pooch.create(cache_folder(), base_url=""), data_folder() / "registry.txt"
    try:
        known.load_registry(path)
    except OSError:
        raise DataError(f"{path} is missing or damaged: {_advice(path.name)}") from None
    return known


def shipped() -> dict[str, list[str]]:
    """Files of each data set that ships with the course, for `read`."""
    found = defaultdict(list)
    for name in files().registry:
        if name not in DOWNLOADED:
            found[name.split("/")[0]].append(name)
    return dict(found)


def registry() -> str:
    """Text that `data/registry.txt` should hold, by the files as they stand in `data/`.

    The addresses, and the lines of what does not ship, are taken over as they are.
    """
    known, folder = files(), data_folder()
    hashes = {name: known.registry[name] for name in DOWNLOADED}
    for path in folder.glob("*/*"):
        if path.name != "SOURCE.md":
            hashes[path.relative_to(folder).as_posix()] = pooch.file_hash(path)
    lines = [" ".join([name, hashes[name], known.urls.get(name, "")]) for name in sorted(hashes)]
    head = "# file, sha256, official address where there is one; written by `make index`"
    return "".join(f"{line.rstrip()}\n" for line in [head, *lines])


def read(name: str) -> tuple[bytes, str]:
    """Return the content of a file, checked, and the place where it was found.

    Parameters
    ----------
    name
        The file's name in the registry, such as "spanish-proverbs/proverbs.txt".

    Raises
    ------
    DataError
        If there is no such file, or no intact copy of it can be had.
    """
    known = files()
    if name not in known.registry:
        raise DataError(_unknown("file", name, known.registry))
    faults = []
    for folder, place in ((data_folder(), "data"), (known.abspath, "the cache")):
        try:
            return _intact(folder / name, known.registry[name]), place
        except DataError as error:
            faults.append(f"{error}")
    if name in known.urls:
        try:
            return download(known, name, DOWNLOADED.get(name, ())), "the official download"
        except DataError:
            if name in DOWNLOADED:
                raise
    raise DataError(f"{faults[0]}: {_advice(name)}")


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    meant = f" Did you mean {close[0]!r}?" if close else ""
    return f"there is no {kind} called {name!r}.{meant} There are: {', '.join(sorted(known))}."


def _advice(name: str) -> str:
    return f"get it back with `git checkout -- data/{name}`, or clone the repository again."


def _intact(path: Path, sha256: str) -> bytes:
    """Return the content of a file, or say in a DataError what is wrong with it."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DataError(f"{path} is missing") from None
    except OSError as error:
        raise DataError(f"{path} cannot be read ({error.strerror})") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DataError(f"{path} is damaged (its sha256 is not the original's)")
    return content


def load_spanish_proverbs() -> list[str]:
    """Spanish proverbs, one per string, in alphabetical order of the source (see its SOURCE.md)."""
    content, place = read("spanish-proverbs/proverbs.txt")
    print(f"Spanish proverbs from {place}")
    return content.decode().splitlines()


def load_english_novel() -> str:
    """Text of Jane Austen's Pride and Prejudice (1813), public domain."""
    content, place = read("english-novel/pride_and_prejudice.txt")
    print(f"Pride and Prejudice from {place}")
    return content.decode()


def load_sea_surface_temperature() -> tuple[np.ndarray, np.ndarray]:
    """Sea-surface temperature every half hour, Gulf of Maine, February 2016 to March 2017.

    Returns
    -------
    time
        Shape (19226,), datetime64[m], UTC. Steps are 30 min but for one doubled time and two
        gaps (60 min and 12 h).
    temperature
        Shape (19226,), float64, in degrees Celsius.
    """
    content, place = read("sea-surface-temperature/sea_surface_temperature.csv.gz")
    print(f"sea-surface temperatures from {place}")
    rows = [line.split(",") for line in gzip.decompress(content).decode().splitlines()[1:]]
    time = np.array([row[0].rstrip("Z") for row in rows], dtype="datetime64[m]")
    return time, np.array([float(row[1]) for row in rows])


Split = tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def load_fashion_mnist() -> Split:
    """Fashion-MNIST, whole: 60,000 training and 10,000 test images.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        Images of shape (n, 28, 28), uint8 in 0…255; labels of shape (n,), uint8 in 0…9, whose
        names are `FASHION_CLASSES`.
    """
    parts = []
    for kind in ("train", "t10k"):
        pixels, place = read(f"fashion-mnist/{kind}-images-idx3-ubyte.gz")
        labels, _ = read(f"fashion-mnist/{kind}-labels-idx1-ubyte.gz")
        images = np.frombuffer(gzip.decompress(pixels), np.uint8, offset=16).reshape(-1, 28, 28)
        parts.append((images, np.frombuffer(gzip.decompress(labels), np.uint8, offset=8)))
    print(f"Fashion-MNIST from {place}")
    return parts[0], parts[1]


def load_photograph(name: str) -> np.ndarray:
    """Load a photograph: "camera", "chelsea" (a cat), "coffee" or "retina".

    Returns
    -------
    numpy.ndarray
        Shape (height, width, 3), or (height, width) for the grey "camera"; uint8 in 0…255.
    """
    from PIL import Image

    photographs = {Path(file).stem: file for file in shipped()["photographs"]}
    if name not in photographs:
        raise DataError(_unknown("photograph", name, photographs))
    content, _ = read(photographs[name])
    return np.asarray(Image.open(io.BytesIO(content)))


def load_cifar10() -> Split:
    """CIFAR-10, whole: 50,000 training and 10,000 test colour images; downloaded when needed.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        Images of shape (n, 32, 32, 3), uint8 in 0…255; labels of shape (n,), uint8 in 0…9, whose
        names are `CIFAR10_CLASSES`.

    Raises
    ------
    DataError
        If it can neither be found nor downloaded; the message says what to do.
    """
    content, place = read(CIFAR10)
    print(f"CIFAR-10 from {place}")
    records = np.frombuffer(content, np.uint8).reshape(-1, 1 + 3 * 32 * 32)
    y = records[:, 0].copy()
    x = np.ascontiguousarray(records[:, 1:].reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1))
    return (x[:50_000], y[:50_000]), (x[50_000:], y[50_000:])
