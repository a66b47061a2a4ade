"""Writes an output to a bucket: whole on this machine first, then each object at once."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from nlp.storage import addresses, files
from nlp.storage.refusals import Refused
from nlp.writers.formats import JSON_LINES, BadDestination, Destination
from nlp.writers.output import telling, unfinished

_FOLDER = "tables"
"""The name of the folder in which an output of several files is made."""
_LAST = "datapackage.json"
"""What describes the other files, and is sent when they are there."""


def staged(to: Destination) -> Destination:
    """Return where on this machine an output is made that goes to an address; others as they are.

    The place is the same for every run, so that one can go on with what another left. Raises BadDestination
    for an address that nothing is written to.
    """
    if not addresses.is_address(to.path):
        return to
    try:
        files.require(to.path, to_write=True)
    except Refused as reason:
        raise BadDestination(str(reason)) from reason
    if to.path.endswith("/") and not to.is_folder:
        raise BadDestination(
            f"{to.path}: this is a folder; name a file in it, or a format of tables for it (--to parquet)."
        )
    own = hashlib.sha256(f"{to.path.rstrip('/')} {to.part}".encode("utf-8", "surrogateescape")).hexdigest()
    name = _FOLDER if to.is_folder else addresses.name(to.path)
    return replace(to, path=str(_outputs() / own[:16] / name), address=to.path.rstrip("/"))


def _outputs() -> Path:
    """Return the folder of all outputs that are being made."""
    state = os.environ.get("XDG_STATE_HOME") or os.path.join("~", ".local", "state")
    return Path(os.path.expanduser(state)) / "nianbao" / "outputs"


@contextmanager
def reserved(to: Destination) -> Iterator[None]:
    """Inside no other run of this machine writes to the address of an output, which is known to be there.

    Raises Unwritable. An output that stays on this machine needs nothing of it.
    """
    if not to.address:
        yield
        return
    place = Path(to.path).parent
    with telling(to.address):
        place.mkdir(parents=True, exist_ok=True)
        try:
            with unfinished(place / "sent"):
                files.look(to.address)
                _clear(to)
                yield
        finally:
            for folder in (Path(to.path), place):  # with what can be gone on with in it they stay
                with suppress(OSError):
                    folder.rmdir()


def fetched(to: Destination) -> str:
    """Return the path of a finished output of JSON Lines; one that lies at an address is copied here."""
    if to.address and not os.path.exists(to.path):
        files.get(to.address, to.path)
    return to.path


def send(to: Destination) -> None:
    """Send the files of an output to its address, each whole, and remove them here.

    With a part, what an earlier run of the same part wrote there and this one did not is removed.
    """
    if not to.address:
        return
    if not to.is_folder:
        files.put(to.path, to.address)
        os.unlink(to.path)
        return
    made = sorted(_made(to), key=lambda path: (path.name == _LAST, str(path)))
    sent = {path: f"{to.address}/{path.relative_to(to.path).as_posix()}" for path in made}
    for path, address in sent.items():
        files.put(str(path), address)
    if to.part:
        _remove_stale(to, set(sent.values()))
    for path in made:
        path.unlink()
        _remove_empty_folders(path.parent, Path(to.path))


def _made(to: Destination) -> Iterator[Path]:
    """Yield the files of a folder that are whole: what is unfinished has a name with a dot before it."""
    for path in Path(to.path).rglob("*"):
        if path.is_file() and not any(name.startswith(".") for name in path.relative_to(to.path).parts):
            yield path


def _clear(to: Destination) -> None:
    """Remove files of tables that a run made and did not send; records that can be gone on with stay."""
    if to.is_folder or to.format is not JSON_LINES:
        for path in list(_made(to)) if to.is_folder else [Path(to.path)]:
            path.unlink(missing_ok=True)


def _remove_stale(to: Destination, written: set[str]) -> None:
    tables = {address.removeprefix(to.address).split("/")[1] for address in written}
    for table in sorted(tables):
        for address in _listed(f"{to.address}/{table}"):
            if addresses.name(address) == f"part-{to.part}.parquet" and address not in written:
                files.remove(address)


def _listed(address: str) -> list[str]:
    try:
        return files.listed(address) or []
    except Refused as reason:
        if reason.code == "not_found":
            return []
        raise


def _remove_empty_folders(folder: Path, last: Path) -> None:
    while folder not in (last, folder.parent):
        with suppress(OSError):
            folder.rmdir()
        folder = folder.parent
