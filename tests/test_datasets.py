"""Each data set is whole; a fault ends in a sentence that says what to do, with nothing left."""

import gzip
import hashlib
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest
from conftest import ROOT

from helpers import datasets
from helpers.datasets import DataError, File

CONTENT = b"real readings\n" * 500


@pytest.fixture(autouse=True)
def folders(tmp_path, monkeypatch):
    """An empty cache, and a data folder that a test can fill."""
    monkeypatch.setenv("RNN_CNN_CACHE", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def weather(folders, monkeypatch):
    """A data set of one small .gz file in its own data folder."""
    path = folders / "data" / "weather" / "weather.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress(CONTENT))
    file = File("weather.gz", hashlib.sha256(CONTENT).hexdigest())
    monkeypatch.setitem(datasets.FILES, "weather", (file,))
    monkeypatch.setattr(datasets, "data_folder", lambda: folders / "data")
    return path


class Site(BaseHTTPRequestHandler):
    answers = 0
    body = gzip.compress(CONTENT)
    claimed = None
    status = 200

    def do_GET(self):
        type(self).answers += 1
        self.send_response(self.status)
        self.send_header("Content-Length", str(self.claimed or len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def site(weather, monkeypatch):
    """The same data set missing from `data/`, with an official address on this machine."""
    weather.unlink()
    handler = type("Handler", (Site,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/weather.gz"
    file = File("weather.gz", hashlib.sha256(CONTENT).hexdigest(), url)
    monkeypatch.setitem(datasets.FILES, "weather", (file,))
    yield handler
    server.shutdown()


def left_behind(folders):
    return [p for p in (folders / "cache").rglob("*") if p.is_file() and p.suffix != ".lock"]


def test_fashion_mnist_is_whole(capsys):
    (x_train, y_train), (x_test, y_test) = datasets.load_fashion_mnist()
    assert x_train.shape == (60_000, 28, 28)
    assert x_test.shape == (10_000, 28, 28)
    assert x_train.dtype == y_train.dtype == np.uint8
    assert np.bincount(y_train).tolist() == [6_000] * 10
    assert np.bincount(y_test).tolist() == [1_000] * 10
    assert len(datasets.FASHION_CLASSES) == 10
    assert capsys.readouterr().out == "Fashion-MNIST from data\n"


def test_proverbs_are_single_lines_without_doubles():
    proverbs = datasets.load_spanish_proverbs()
    assert len(proverbs) == len(set(proverbs)) == 4_032
    assert max(map(len, proverbs)) <= 101
    assert all(proverb == proverb.strip() for proverb in proverbs)


def test_the_novel_begins_as_everybody_knows():
    novel = datasets.load_english_novel()
    assert "It is a truth universally acknowledged" in novel[:200]
    assert len(novel.splitlines()) == 13_030


def test_sea_surface_temperatures_are_in_order_and_plausible():
    time, temperature = datasets.load_sea_surface_temperature()
    assert time.shape == temperature.shape == (19_226,)
    steps, counts = np.unique(np.diff(time).astype(int), return_counts=True)
    assert dict(zip(steps.tolist(), counts.tolist(), strict=True)) == {
        0: 1,
        30: 19_222,
        60: 1,
        720: 1,
    }
    assert 0 < temperature.min() < temperature.max() < 30


@pytest.mark.parametrize(
    ("name", "shape"),
    [("camera", (512, 512)), ("chelsea", (300, 451, 3)), ("coffee", (400, 600, 3)),
     ("retina", (1411, 1411, 3))],
)  # fmt: skip
def test_photographs(name, shape):
    photograph = datasets.load_photograph(name)
    assert photograph.shape == shape
    assert photograph.dtype == np.uint8


def test_every_shipped_file_is_recorded_with_its_hash():
    for dataset, files in datasets.FILES.items():
        source = (ROOT / "data" / dataset / "SOURCE.md").read_text()
        shipped = {path.name for path in (ROOT / "data" / dataset).iterdir()} - {"SOURCE.md"}
        assert shipped == {file.name for file in files}
        for file in files:
            packed = (ROOT / "data" / dataset / file.name).read_bytes()
            assert file.sha256 in source
            assert hashlib.sha256(packed).hexdigest() in source


def test_unknown_names_are_answered_with_the_known_ones():
    with pytest.raises(DataError, match="no data set called 'fashion_mnist'.*'fashion-mnist'"):
        datasets.read("fashion_mnist", "x")
    with pytest.raises(DataError, match="no file of photographs called 'dog.png'.*chelsea.png"):
        datasets.read("photographs", "dog.png")
    with pytest.raises(DataError, match="no photograph called 'chelsey'.*Did you mean 'chelsea'"):
        datasets.load_photograph("chelsey")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda path: path.unlink(), "is missing"),
        (lambda path: path.write_bytes(path.read_bytes()[:40]), "cannot be read"),
        (lambda path: path.write_bytes(b""), "is not the original"),
        (lambda path: path.write_bytes(b"<html>blocked</html>"), "cannot be read"),
        (lambda path: path.write_bytes(gzip.compress(b"other")), "is not the original"),
        (lambda path: (path.unlink(), path.mkdir()), "cannot be read"),
    ],
    ids=["deleted", "truncated", "empty", "web page", "altered", "a folder"],
)
def test_a_damaged_file_of_data(weather, folders, harm, said):
    assert datasets.read("weather", "weather.gz") == (CONTENT, "data")
    harm(weather)
    with pytest.raises(DataError, match=f"{said}.*git checkout -- data/weather"):
        datasets.read("weather", "weather.gz")
    assert left_behind(folders) == []


def test_a_good_copy_in_the_cache_stands_in(weather, folders):
    cached = folders / "cache" / "weather" / "weather.gz"
    cached.parent.mkdir(parents=True)
    weather.rename(cached)
    assert datasets.read("weather", "weather.gz") == (CONTENT, "the cache")


def test_download_then_cache(site, folders):
    assert datasets.read("weather", "weather.gz") == (CONTENT, "the official download")
    assert datasets.read("weather", "weather.gz") == (CONTENT, "the cache")
    assert site.answers == 1


def test_a_damaged_cache_is_replaced(site, folders):
    datasets.read("weather", "weather.gz")
    cached = folders / "cache" / "weather" / "weather.gz"
    cached.write_bytes(cached.read_bytes()[:30])
    assert datasets.read("weather", "weather.gz") == (CONTENT, "the official download")
    assert datasets.read("weather", "weather.gz") == (CONTENT, "the cache")


@pytest.mark.parametrize(
    "harm",
    [{"status": 404}, {"body": gzip.compress(CONTENT)[:60]}, {"body": b"<html>log in</html>"},
     {"body": gzip.compress(CONTENT)[:60], "claimed": 5_000}],
    ids=["not found", "truncated", "web page", "connection lost"],
)  # fmt: skip
def test_a_bad_download_leaves_nothing(site, folders, harm):
    for key, value in harm.items():
        setattr(site, key, value)
    with pytest.raises(DataError, match="weather.gz is missing.*the download.*git checkout"):
        datasets.read("weather", "weather.gz")
    assert left_behind(folders) == []


def test_thirty_starts_at_once_download_once(site):
    with ThreadPoolExecutor(30) as pool:
        found = list(pool.map(partial(datasets.read, "weather"), ["weather.gz"] * 30))
    assert {content for content, _ in found} == {CONTENT}
    assert site.answers == 1


def test_a_cache_that_cannot_be_written(site, folders, monkeypatch):
    blocked = folders / "a file"
    blocked.write_text("")
    monkeypatch.setenv("RNN_CNN_CACHE", str(blocked / "cache"))
    with pytest.raises(DataError, match="cannot be written.*RNN_CNN_CACHE"):
        datasets.read("weather", "weather.gz")


def test_a_notebook_shows_the_sentence_alone():
    code = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "shell.run_cell(\"from helpers import datasets; datasets.read('nothing', 'x')\")\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "there is no data set called 'nothing'" in run.stdout
    assert "Traceback" not in run.stdout
    assert len(run.stdout.strip().splitlines()) == 1


@pytest.fixture
def small_cifar(monkeypatch):
    """Arrays in place of CIFAR-10 of which the loader expects the hash."""
    rng = np.random.default_rng(0)
    pixels = rng.integers(0, 256, (60, 32, 32, 3), dtype=np.uint8)
    labels = rng.integers(0, 10, 60, dtype=np.uint8)
    cifar = (pixels[:50], labels[:50]), (pixels[50:], labels[50:])
    digest = hashlib.sha256(b"".join(array.tobytes() for part in cifar for array in part))
    monkeypatch.setattr(datasets, "CIFAR10_SHA256", digest.hexdigest())
    return cifar


def fails(folder):
    raise DataError("not reached")


@pytest.mark.parametrize("good", ["_cifar10_from_keras", "_cifar10_from_npm"])
def test_cifar10_from_each_source_then_from_the_cache(small_cifar, good, monkeypatch, capsys):
    for name in ("_cifar10_from_keras", "_cifar10_from_npm"):
        monkeypatch.setattr(datasets, name, fails)
    monkeypatch.setattr(datasets, good, lambda folder: small_cifar)
    first = datasets.load_cifar10()
    monkeypatch.setattr(datasets, good, fails)
    second = datasets.load_cifar10()
    for part, again in zip(first, second, strict=True):
        for array, same in zip(part, again, strict=True):
            np.testing.assert_array_equal(array, same)
    assert capsys.readouterr().out.splitlines()[-1] == "CIFAR-10 from the cache"


def test_cifar10_nowhere_or_wrong(small_cifar, folders, monkeypatch):
    (x_train, y_train), test = small_cifar
    monkeypatch.setattr(datasets, "_cifar10_from_keras", fails)
    monkeypatch.setattr(datasets, "_cifar10_from_npm", lambda _: ((x_train, y_train[::-1]), test))
    with pytest.raises(DataError, match="official archive: not reached.*sha256 differs.*make data"):
        datasets.load_cifar10()
    assert left_behind(folders) == []
    assert datasets.main() == 0


def test_a_damaged_cifar10_cache_is_replaced(small_cifar, folders, monkeypatch, capsys):
    monkeypatch.setattr(datasets, "_cifar10_from_keras", lambda folder: small_cifar)
    datasets.load_cifar10()
    cached = folders / "cache" / "cifar10.npz"
    cached.write_bytes(cached.read_bytes()[:1000])
    datasets.load_cifar10()
    assert "is damaged and is replaced" in capsys.readouterr().out
    datasets.load_cifar10()
    assert capsys.readouterr().out == "CIFAR-10 from the cache\n"
