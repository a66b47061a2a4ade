"""Lists the documents in an archive, and reads one by its path: `drafts.zip/2023/report.docx`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, Protocol

from nlp.reading.archives.names import ENDINGS, kind_left_out
from nlp.reading.document import Unreadable
from nlp.reading.passed_over import PassedOver

DEEPEST = 2
"""An archive in an archive is looked into; one that lies still deeper is not."""
_MOST_UNPACKED = 2**30
"""In bytes: so much is unpacked at most to list the archives in one archive."""
_ZIP, _SEVEN_ZIP = (b"PK\x03\x04", b"PK\x05\x06"), b"7z\xbc\xaf\x27\x1c"


class Folder(Protocol):
    """An opened archive."""

    def names(self) -> list[str]: ...

    def is_document(self) -> bool: ...

    def read(self, name: str) -> bytes: ...

    def close(self) -> None: ...


def members(path: str, passed: PassedOver) -> list[str]:
    """Return the paths of the documents in the archive at a path; what is left out is counted in `passed`.

    None are returned for a file that is no archive, that cannot be opened, or holds no document: reading it
    tells why.
    """
    try:
        with open(path, "rb") as file:
            folder = opened(file, path)
            if folder is None or folder.is_document():
                return []
            return [f"{path}/{name}" for name in _Listing(path, passed).documents(folder, 1)]
    except (OSError, Unreadable):
        return []


class _Listing:
    """Lists documents; archives in an archive are unpacked as long as that is not too much."""

    def __init__(self, path: str, passed: PassedOver) -> None:
        self.path = path
        self.passed = passed
        self.left = _MOST_UNPACKED

    def documents(self, folder: Folder, depth: int, within: str = "") -> Iterator[str]:
        """Yield the paths of documents within an archive at a depth, from 1; its own path is `within`."""
        for name in folder.names():
            kind = kind_left_out(name)
            if kind:
                self.passed.add(kind, f"{self.path}/{within}{name}")
                continue
            inner: list[str] = []
            if name.lower().endswith(ENDINGS):
                inner = self._within(folder, name, depth + 1, f"{within}{name}/")
            yield from (f"{name}/{path}" for path in inner)
            if not inner:
                yield name

    def _within(self, folder: Folder, name: str, depth: int, within: str) -> list[str]:
        if depth > DEEPEST or self.left <= 0:
            return []
        try:
            content = folder.read(name)
            self.left -= len(content)
            inner = opened(BytesIO(content))
            if inner is None or inner.is_document():
                return []
            return list(self.documents(inner, depth, within))
        except Unreadable:
            return []


def opened(file: BinaryIO, path: str = "") -> Folder | None:
    """Return the archive in a file, None where it is none; raises Unreadable.

    `path` is that of the file, "" for bytes in memory.
    """
    head = file.read(6)
    file.seek(0)
    if head.startswith(_ZIP):
        from nlp.reading.archives.zip_folder import ZipFolder

        return ZipFolder(file)
    if head == _SEVEN_ZIP:
        from nlp.reading.archives.seven_zip import SevenZipFolder

        return SevenZipFolder(file, path)
    return None


def archive_of(path: str) -> str | None:
    """Return the path of the archive that a path leads into; None where it leads into none.

    >>> archive_of("no/such/file.txt") is None
    True
    """
    parts = path.replace(os.sep, "/").split("/")
    for end in range(1, len(parts)):
        beginning = "/".join(parts[:end])
        if beginning and os.path.isfile(beginning):
            return beginning
    return None


def member(path: str) -> bytes | None:
    """Return the bytes of the document that a path into an archive names; None where there is none.

    Raises Unreadable where it, or the archive, cannot be read.
    """
    archive = archive_of(path)
    if archive is None:
        return None
    folder = _kept(archive)
    return None if folder is None else _read(folder, path[len(archive) + 1 :], 1)


def _read(folder: Folder, name: str, depth: int) -> bytes | None:
    names = set(folder.names())
    if name in names:
        return folder.read(name)
    parts = name.split("/")
    for end in range(1, len(parts)):
        beginning = "/".join(parts[:end])
        if beginning in names and depth < DEEPEST:
            inner = opened(BytesIO(folder.read(beginning)))
            return None if inner is None else _read(inner, "/".join(parts[end:]), depth + 1)
    return None


_last: list[tuple[tuple[object, ...], Folder]] = []
"""The archive that was read from last, with the process, file and state for which it is good."""


def _kept(path: str) -> Folder | None:
    """Return an archive opened once for all its documents; None where the file is none.

    A process that was forked opens it anew: two must not move in one open file.
    """
    try:
        state = os.stat(path)
        key = (os.getpid(), os.path.abspath(path), state.st_size, state.st_mtime_ns)
        if _last and _last[0][0] == key:
            return _last[0][1]
        file = open(path, "rb")  # noqa: SIM115  # closed with the folder
    except OSError:
        return None
    try:
        folder = opened(file, path)
    except BaseException:
        file.close()
        raise
    if folder is None:
        file.close()
        return None
    _forget()
    _last[:] = [(key, folder)]
    return folder


def _forget() -> None:
    """Close the archive that was read from last, if this process opened it."""
    if _last and _last[0][0][0] == os.getpid():
        _last[0][1].close()
    _last.clear()


def refused(content: bytes) -> Unreadable:
    """Return why an archive itself gives no report."""
    try:
        folder = opened(BytesIO(content))
    except Unreadable as reason:
        return reason
    count = 0 if folder is None else len(folder.names())
    if count == 0:
        return Unreadable("empty", "the archive holds no file.")
    return Unreadable(
        "unsupported",
        f"this is an archive of {count} files. Archives are read as folders where their names end in .zip or "
        f".7z and they lie no deeper than an archive in an archive; unpack it.",
    )
