"""Reads and writes what lies at addresses, through fsspec; its libraries are loaded when they are needed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nlp.storage.addresses import is_of_the_web, scheme
from nlp.storage.refusals import Refused, not_installed, not_writable, refused

_WHOLE_OBJECTS = ("s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oss", "memory")
"""Schemes of storages where an object is there whole or not at all."""
_AT_A_TIME = 2**20
"""In bytes: how much is asked for at once."""


@contextmanager
def opened(address: str) -> Iterator[io.BufferedReader]:
    """Yield a file to read; raises Refused, also where it cannot be read on."""
    with _refusing(address):
        system, path = _system(address)
        file = system.open(path, "rb")
    told: Any = _Reading(file, address)
    with file, io.BufferedReader(told, _AT_A_TIME) as buffered:
        yield buffered


class _Reading(io.RawIOBase):
    """A file of fsspec whose errors are told in words."""

    def __init__(self, file: Any, address: str) -> None:
        self._file = file
        self._address = address

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        with _refusing(self._address):
            content = self._file.read(len(into))
        into[: len(content)] = content
        return len(content)


def listed(address: str) -> list[str] | None:
    """Return the addresses of all files below a folder, sorted, beginning as the folder's does.

    None where the address is that of a file. Raises Refused where there is nothing, or it may not be seen.
    """
    if is_of_the_web(address):
        return None
    with _refusing(address):
        system, root = _system(address)
        root = root.rstrip("/")
        system.invalidate_cache()
        if not address.endswith("/") and system.isfile(root):
            return None
        found = [path for path in system.find(root) if not path.endswith("/")]
        if not found and not system.isdir(root):
            system.info(root)  # which tells why
            return None
    start = address.rstrip("/")
    if not root.strip("/"):  # the root of a storage: `memory://`
        start = address.partition("://")[0] + ":/"
    return sorted(f"{start}/{path[len(root) :].lstrip('/')}" for path in found)


def require(address: str, *, to_write: bool = False) -> None:
    """Raise Refused where a package for an address is missing, or nothing can be written to its kind."""
    if to_write and scheme(address) not in _WHOLE_OBJECTS:
        raise not_writable(address)
    with _refusing(address):
        _class_of(address)


def look(address: str) -> None:
    """Raise Refused where the storage of an output is not there, or lets nobody in.

    Whether it may be written shows when it is.
    """
    with _refusing(address):
        system, path = _system(address)
        bucket = path.lstrip("/").partition("/")[0]
        if not bucket or scheme(address) == "memory":
            return
        try:
            system.invalidate_cache()
            system.ls(bucket, detail=False)
        except PermissionError:  # whoever may write only
            return


def put(path: str, address: str) -> None:
    """Write a file of this machine to an address, where it appears whole; raises Refused."""
    require(address, to_write=True)
    with _refusing(address):
        system, target = _system(address)
        system.put_file(path, target)


def get(address: str, path: str) -> bool:
    """Copy what lies at an address to a file of this machine; return False where there is nothing."""
    with _refusing(address):
        system, source = _system(address)
        system.invalidate_cache()
        if not system.isfile(source):
            return False
        system.get_file(source, path)
        return True


def remove(address: str) -> None:
    """Remove what lies at an address; raises Refused."""
    with _refusing(address):
        system, path = _system(address)
        system.rm_file(path)


def _system(address: str) -> tuple[Any, str]:
    """Return the file system of an address, which each process has for itself, and the path in it."""
    _class_of(address)
    from fsspec.core import url_to_fs

    system, path = url_to_fs(address)
    return system, str(path)


def _class_of(address: str) -> Any:
    try:
        from fsspec import get_filesystem_class

        return get_filesystem_class(scheme(address).partition("::")[0])
    except ImportError as error:
        raise not_installed(address) from error
    except ValueError as error:
        raise Refused("unsupported", address, f"{scheme(address)} is no storage that is known.") from error


@contextmanager
def _refusing(address: str) -> Iterator[None]:
    """Raise Refused for whatever libraries raise inside: each storage has exceptions of its own."""
    try:
        yield
    except (Refused, MemoryError, BrokenPipeError):
        raise
    except Exception as error:
        raise refused(address, error) from error
