"""A 7z archive as a folder, read through py7zr: listed in a process of its own, as its list is packed."""

from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from nlp.limits import LARGEST_FILE, Limits, hold_memory_to
from nlp.reading.archives.names import by_path
from nlp.reading.archives.zip_folder import MOST_MEMBERS, damaged, encrypted, too_large, too_many
from nlp.reading.document import Unreadable

_KEPT = 128 * 2**20
"""In bytes: an archive that unpacks to no more is unpacked once; of others one member at a time."""
_SECONDS = 30
_LISTING = """
import sys
path, *sys.path = sys.argv[1:]
from nlp.reading.archives.seven_zip import main
main(path)
"""


class SevenZipFolder:
    """An opened 7z archive."""

    def __init__(self, file: BinaryIO, path: str = "") -> None:
        """Read the list of members; `path` is that of the file, "" where it is in memory.

        Raises Unreadable (`needs_py7zr`, `damaged`, `encrypted`, `too_large`).
        """
        self._file = file
        told = _listed(file, path)
        if "code" in told:
            raise _FAULTS.get(told["code"], damaged)()
        self._is_encrypted: bool = told["encrypted"]
        self._size: int = told["size"]
        self._members: dict[str, str] = by_path((name, name) for name in told["names"])
        self._kept: dict[str, bytes] | None = None

    def names(self) -> list[str]:
        """Return the paths of the members."""
        return list(self._members)

    def is_document(self) -> bool:
        """Return False: no document is packed so."""
        return False

    def read(self, name: str) -> bytes:
        """Return the bytes of a member; raises Unreadable (`encrypted`, `damaged`, `too_large`)."""
        if self._is_encrypted:
            raise encrypted()
        stored = self._members[name]
        if self._size > _KEPT:
            unpacked = _unpacked(self._file, [stored], LARGEST_FILE)
        else:
            if self._kept is None:
                self._kept = _unpacked(self._file, list(self._members.values()), _KEPT)
            unpacked = self._kept
        if stored not in unpacked:
            raise Unreadable("damaged", "it cannot be unpacked; fetch the archive again.")
        if len(unpacked[stored]) > LARGEST_FILE:
            raise too_large()
        return unpacked[stored]

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _needs_py7zr() -> Unreadable:
    return Unreadable(
        "needs_py7zr", "7z archives are read with py7zr: pip install 'nianbao[archives]', or unpack it."
    )


_FAULTS = {"encrypted": encrypted, "too_large": too_many, "needs_py7zr": _needs_py7zr}


def _listed(file: BinaryIO, path: str) -> dict[str, Any]:
    """Return what `main` tells of an archive; `{"code": "damaged"}` where it ends otherwise."""
    content = None if path else file.read()
    command = [sys.executable, "-c", _LISTING, path, *sys.path]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=True)
        told: dict[str, Any] = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError):
        return {"code": "damaged"}
    return told


def main(path: str) -> None:
    """Print what an archive holds, as JSON; `path` is "" for one on standard input."""
    try:
        import py7zr
    except ImportError:
        print(json.dumps({"code": "needs_py7zr"}))
        return
    hold_memory_to(Limits().memory)
    try:
        source = BytesIO(Path(path).read_bytes()) if path else BytesIO(sys.stdin.buffer.read())
        with source, py7zr.SevenZipFile(source) as archive:
            members = [member for member in archive.list() if not member.is_directory]
            told = {
                "names": [member.filename for member in members],
                "size": sum(member.uncompressed for member in members),
                "encrypted": archive.needs_password(),
            }
            if len(members) > MOST_MEMBERS:
                told = {"code": "too_large"}
    except py7zr.PasswordRequired:
        told = {"code": "encrypted"}
    except Exception:  # a damaged archive ends py7zr with errors of many kinds
        told = {"code": "damaged"}
    print(json.dumps(told))


def _unpacked(file: BinaryIO, names: list[str], most: int) -> dict[str, bytes]:
    """Return the bytes of members by name, `most` in all.

    Raises Unreadable (`needs_py7zr`, `damaged`, `encrypted`, `too_large`).
    """
    try:
        import py7zr
        from py7zr.io import Py7zBytesIO, WriterFactory
    except ImportError as error:
        raise _needs_py7zr() from error

    class Bounded(WriterFactory):
        """Takes what is unpacked until it is too much."""

        def __init__(self) -> None:
            self.products: dict[str, Any] = {}
            self.left = most

        def create(self, filename: str) -> Any:
            bounded = self

            class Product(Py7zBytesIO):
                def write(self, piece: bytes | bytearray) -> Any:
                    bounded.left -= len(piece)
                    if bounded.left < 0:
                        raise _TooMuch
                    return super().write(piece)

            self.products[filename] = Product(filename, most + 1)
            return self.products[filename]

    factory = Bounded()
    file.seek(0)
    try:
        with py7zr.SevenZipFile(file) as archive:
            archive.extract(targets=names, factory=factory)
    except _TooMuch as error:
        raise too_large() from error
    except py7zr.PasswordRequired as error:
        raise encrypted() from error
    except Exception as error:  # a damaged archive ends py7zr with errors of many kinds
        if factory.left < 0:
            raise too_large() from error
        raise Unreadable("damaged", "it cannot be unpacked; fetch the archive again.") from error
    unpacked = {}
    for name, product in factory.products.items():
        product.seek(0)
        unpacked[name] = product.read()
    return unpacked


class _TooMuch(Exception):
    """More was unpacked than is read."""
