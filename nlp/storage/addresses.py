"""Tells addresses (`s3://bucket/name`) from paths, and takes them apart as text."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(::[a-z0-9]+)*://")
_OF_THIS_MACHINE = ("file", "local", "memory")
"""Schemes whose addresses mean something else on another machine."""
_OF_THE_WEB = ("http", "https")
"""Schemes whose addresses are single files: a page of links is no folder."""


def is_address(path: str) -> bool:
    r"""Return whether a path is an address.

    >>> is_address("s3://reports/2023"), is_address("in/2023.txt"), is_address(r"C:\in")
    (True, False, False)
    """
    return "://" in path and _ADDRESS.match(path) is not None


def scheme(address: str) -> str:
    """Return what stands before `://`, in small letters.

    >>> scheme("S3://reports/2023")
    's3'
    """
    return address.partition("://")[0].lower()


def is_of_this_machine(address: str) -> bool:
    """Return whether an address means something else on another machine."""
    return scheme(address) in _OF_THIS_MACHINE


def is_of_the_web(address: str) -> bool:
    """Return whether an address is that of a page or file of the web."""
    return scheme(address) in _OF_THE_WEB


def name(address: str) -> str:
    """Return the name of the file at an address; the host where a page of the web has none.

    >>> name("s3://reports/2023/市.txt"), name("https://example.org/a.html?id=3"), name("https://example.org/")
    ('市.txt', 'a.html', 'example.org')
    """
    path = address.partition("://")[2]
    if is_of_the_web(address):
        path = re.split(r"[?#]", path, maxsplit=1)[0]
    return path.rstrip("/").rpartition("/")[2]


def below(address: str, folder: str) -> str:
    """Return where an address lies below that of a folder, as a relative path that stays below.

    >>> below("s3://reports/in/2023/a.txt", "s3://reports/in/"), below("s3://b/in/../../a.txt", "s3://b/in")
    ('2023/a.txt', 'a.txt')
    """
    names = address.removeprefix(folder).split("/")
    return "/".join(name for name in names if name not in ("", ".", ".."))


def local_path(path: str) -> str:
    """Return the path on this machine that a `file://` address means; other paths and addresses as they are.

    >>> local_path("file:///in/a.txt"), local_path("in/a.txt"), local_path("s3://in/a.txt")
    ('/in/a.txt', 'in/a.txt', 's3://in/a.txt')
    """
    if not is_address(path) or scheme(path) not in ("file", "local"):
        return path
    return path.partition("://")[2]
