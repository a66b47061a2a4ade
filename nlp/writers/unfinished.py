"""A file while it is written: reserved against other runs, and under its own name only when it is whole."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from weakref import WeakSet

_LONGEST_NAME = 200
"""In bytes: of a longer name the file beside it has the beginning only; file systems take 255."""
_BESIDE = ("", "-journal", "-wal", "-shm", ".wal", ".tmp")
"""Endings of `new` and of what SQLite and DuckDB write beside it."""
_BETWEEN_TRIES = 0.02
"""Seconds between two tries to reserve a file that another run writes."""
_LOCKED_BYTE = 2**62
"""Where Windows, which locks bytes, locks one that no file has."""


class Unfinished:
    """A file that is being written.

    `part` (`.NAME.part`) is reserved for this run as long as it is open. It holds what is to outlive an
    interruption: the records of a batch, in most files nothing. `new` (`.NAME.part.new`) is the file itself,
    until `publish` gives it its name. What an earlier run that was killed left of `new` is removed.
    """

    def __init__(self, path: str | Path, patience: float = 0.0) -> None:
        """Reserve a path, after waiting up to `patience` seconds for a run that writes it.

        Raises OSError where there is no such folder, another run writes the file, or something else than an
        unfinished file has the name of one. A link is never followed.
        """
        self.target = Path(os.path.realpath(path))
        _refuse_impossible(self.target)
        self.part = part_of(self.target)
        self.new = self.part.with_name(f"{self.part.name}.new")
        self.file = _reserved(self.part, time.monotonic() + patience)
        self._published = False
        _OPEN.add(self)
        self._clear_new()

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Yield the file to write to; at the end its content is on the disk, not yet under its name."""
        with self.created() as file:
            yield file
            file.flush()
            os.fsync(file.fileno())

    def created(self) -> BinaryIO:
        """Return `new` as a file that was not there before, for programs that open files by their names."""
        return open(os.open(self.new, os.O_RDWR | os.O_CREAT | os.O_EXCL | _PLAIN, 0o666), "w+b")

    def sync(self) -> None:
        """Have the system write `new` to the disk, which closes and opens nothing for whoever wrote it."""
        _sync(self.new)

    def publish(self, *, part: bool = False) -> None:
        """Give the file its name, `new` or with `part` what was reserved: afterwards a power cut leaves it.

        The file is on the disk before it has its name, and so is the name when this returns.
        """
        if part:
            os.fsync(self.file.fileno())
        else:
            self.sync()
        if os.name == "nt":  # which renames no open files
            self.file.close()
        os.replace(self.part if part else self.new, self.target)
        sync_folder(self.target.parent)
        self._published = True

    def close(self, *, keep: bool = False) -> None:
        """Give the path free, and remove what is left; with `keep` what `part` holds stays."""
        self._clear_new()
        kept = keep and not self._published and not self.file.closed and os.fstat(self.file.fileno()).st_size
        if not kept and self._is_ours():
            with suppress(OSError):
                self.part.unlink(missing_ok=True)
        _OPEN.discard(self)
        self.file.close()

    def _is_ours(self) -> bool:
        """Return whether `part` is still the file that was reserved: published, it has another name."""
        return self.file.closed or _is_same(self.part, self.file)

    def _clear_new(self) -> None:
        """Remove `new` and what databases write beside it; what cannot be removed is told when in the way."""
        for ending in _BESIDE:
            left = self.new.with_name(self.new.name + ending)
            with suppress(OSError):
                if left.is_dir() and not left.is_symlink():
                    shutil.rmtree(left)
                else:
                    left.unlink(missing_ok=True)


def part_of(target: Path) -> Path:
    """Return the path of a file while it is unfinished.

    >>> part_of(Path("out/records.jsonl")).name, len(part_of(Path("年" * 80)).name.encode()) < 230
    ('.records.jsonl.part', True)
    """
    name = os.fsencode(target.name)
    if len(name) > _LONGEST_NAME:
        beginning = name[: _LONGEST_NAME - 32].decode("utf-8", "ignore")
        name = os.fsencode(f"{beginning}-{hashlib.sha256(name).hexdigest()[:16]}")
    return target.with_name(f".{os.fsdecode(name)}.part")


def write_all(file: io.FileIO, content: bytes) -> None:
    """Write bytes to a file without a buffer: afterwards the system has them, whatever becomes of us."""
    remaining = memoryview(content)
    while remaining:
        remaining = remaining[file.write(remaining) or 0 :]


def sync_folder(folder: Path) -> None:
    """Have the system write to the disk which names are in a folder; a system that cannot does nothing."""
    if os.name == "nt":
        return
    with suppress(OSError):
        _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY if os.name == "posix" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_RESERVING = os.O_RDWR | os.O_CREAT | os.O_APPEND | _PLAIN | getattr(os, "O_NONBLOCK", 0)


def _refuse_impossible(target: Path) -> None:
    """Raise OSError for a path that is a folder or device, or whose folder does not exist."""
    if target.is_dir():
        raise OSError(0, "it is a folder; name a file")
    if target.exists() and not target.is_file():
        raise OSError(0, "it is a device")
    if not target.parent.exists():
        raise OSError(0, f"there is no folder {target.parent}; make it first")


def _reserved(part: Path, deadline: float) -> io.FileIO:
    """Open a file that no other run has open, and keep others from opening it."""
    while True:
        if part.is_symlink():
            raise OSError(0, f"there is a link where its unfinished file belongs; remove {part}")
        file = io.FileIO(os.open(part, _RESERVING, 0o666), "r+")
        try:
            if _lock(file) and _is_same(part, file):
                _refuse_others(part, file)
                return file
        except BaseException:
            file.close()
            raise
        is_gone = not _is_same(part, file)  # the other run has just finished, or given up
        file.close()
        if not is_gone and time.monotonic() >= deadline:
            raise OSError(0, "another run is writing it")
        time.sleep(_BETWEEN_TRIES)


def _refuse_others(part: Path, file: io.FileIO) -> None:
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        raise OSError(0, f"something else has the name of its unfinished file; remove {part}")


def _is_same(path: Path, file: io.FileIO) -> bool:
    """Return whether a path still names an open file."""
    try:
        named = os.lstat(path)
    except FileNotFoundError:
        return False
    return os.path.samestat(named, os.fstat(file.fileno()))


def _lock(file: io.FileIO) -> bool:
    """Lock an open file until it is closed; return False where another run has it locked."""
    try:
        import fcntl
    except ImportError:
        return _lock_on_windows(file)
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return True


def _lock_on_windows(file: io.FileIO) -> bool:
    import msvcrt

    place = file.tell()
    file.seek(_LOCKED_BYTE)
    try:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
    except OSError:
        return False
    finally:
        file.seek(place)
    return True


_OPEN: WeakSet[Unfinished] = WeakSet()
"""The files that this process writes."""


def _let_go() -> None:
    """Close in a process that was forked what its parent writes: it must not hold the reservation."""
    for unfinished in list(_OPEN):
        unfinished.file.close()
    _OPEN.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go)
