"""Downloads into the cache folder by pooch: with progress, and an end where nothing answers."""

import gzip
import tarfile
import tempfile
import threading
import time
import zlib
from collections.abc import Sequence
from concurrent.futures import Future, wait
from pathlib import Path

import pooch

PATIENCE = 15.0  # seconds without a byte after which a download is given up
pooch.get_logger().setLevel("WARNING")


class DataError(Exception):
    """Data that are missing or damaged; the message says what to do.

    A notebook shows that sentence alone, without a traceback.
    """

    def _render_traceback_(self) -> list[str]:
        return [f"DataError: {self}"]


class _Progress:
    """Counts the bytes that pooch's downloader reports."""

    total = done = 0
    finished = given_up = False

    def __init__(self) -> None:
        self.heard = time.monotonic()

    def update(self, size: int) -> None:
        if self.given_up:
            raise TimeoutError
        self.heard = time.monotonic()
        self.done += size

    def reset(self) -> None:
        self.done = 0

    def close(self) -> None:
        self.finished = True

    def show(self, end: str = "") -> None:
        if self.done:
            print(f"\r{self.done / 1e6:.1f} of {self.total / 1e6:.1f} MB", end=end, flush=True)


def download(files: pooch.Pooch, name: str, members: Sequence[str] = ()) -> bytes:
    """Download a file to the cache, where it takes its name once its sha256 is right.

    Parameters
    ----------
    files
        The registry, with the file's address.
    name
        The file's name in it.
    members
        Where the address is that of a tar archive, its members that the file consists of.

    Returns
    -------
    bytes
        The file's content.

    Raises
    ------
    DataError
        If it cannot be downloaded or written; nothing is left behind.
    """
    import requests

    target, progress = files.abspath / name, _Progress()
    http = pooch.HTTPDownloader(progress, chunk_size=2**14, timeout=PATIENCE)

    def joined(url: str, output: str, files: pooch.Pooch) -> None:
        with tempfile.TemporaryFile(dir=target.parent) as archive, Path(output).open("wb") as out:
            http(url, archive, files)
            archive.seek(0)
            with tarfile.open(fileobj=archive) as tar:
                for member in members:
                    out.write(tar.extractfile(member).read())

    fetched: Future[str] = Future()

    def fetch() -> None:
        try:
            fetched.set_result(files.fetch(name, downloader=joined if members else http))
        except BaseException as error:
            fetched.set_exception(error)

    print(f"downloading {name} from {files.urls[name]}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # in a thread, because looking up the name of a host has no time limit of its own
        threading.Thread(target=fetch, daemon=True).start()
        try:
            while not wait([fetched], timeout=0.5).done:
                progress.show()
                if not progress.finished and time.monotonic() - progress.heard > PATIENCE:
                    raise TimeoutError
        finally:
            progress.given_up = True
            progress.show(end="\n")
        fetched.result()
        target.chmod(0o644)  # pooch's temporary file is for the owner only
        return target.read_bytes()
    except requests.HTTPError as error:
        reason = f"the server answered {error.response.status_code} {error.response.reason}"
    except (requests.RequestException, TimeoutError):
        reason = "no connection"
    except (ValueError, KeyError, EOFError, tarfile.TarError, zlib.error, gzip.BadGzipFile):
        reason = "what came is not the original"
    except OSError as error:
        reason = error.strerror or "Permission denied"  # pooch leaves it out
        raise DataError(
            f"{target} cannot be written ({reason}): free some space there, or name a folder of "
            "your own in the variable RNN_CNN_CACHE before you start JupyterLab."
        ) from None
    raise DataError(
        f"{name} could not be downloaded ({reason}): check the connection and run this again, or "
        f"copy {target.name} from someone else's cache folder to {target.parent}."
    )
