"""A ZIP archive as a folder: its members by path, each unpacked within limits."""

from __future__ import annotations

import zipfile
import zlib
from lzma import LZMAError
from struct import error as StructError
from typing import BinaryIO

from nlp.limits import LARGEST_FILE
from nlp.reading.archives.names import by_path, shown_name
from nlp.reading.document import Unreadable

MOST_MEMBERS = 20_000
"""An archive with more members is not looked into."""
_LARGEST_DIRECTORY = 16 * 2**20
"""In bytes: the list of the members of an archive is shorter."""
_TAIL = 66_000
"""In bytes: where an archive says how long that list is."""
_ENCRYPTED = 1
_DAMAGED = (zipfile.BadZipFile, zlib.error, LZMAError, StructError, EOFError, OSError, ValueError, IndexError)


class ZipFolder:
    """An opened ZIP archive."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the list of members; raises Unreadable (`damaged`, `too_large`)."""
        if _length_of_directory(file) > _LARGEST_DIRECTORY:
            raise too_many()
        try:
            self._archive = zipfile.ZipFile(file)
        except (*_DAMAGED, NotImplementedError) as error:
            raise damaged() from error
        files = [member for member in self._archive.infolist() if not member.is_dir()]
        if len(files) > MOST_MEMBERS:
            raise too_many()
        self._members = by_path((shown_name(member), member) for member in files)

    def names(self) -> list[str]:
        """Return the paths of the members."""
        return list(self._members)

    def is_document(self) -> bool:
        """Return whether the archive is one document itself, such as a Word document."""
        from nlp.reading.kinds import ZIP, kind_of_members

        return kind_of_members(self._archive.NameToInfo) != ZIP

    def read(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises Unreadable (`encrypted`, `damaged`, `too_large`, `unsupported`).
        """
        member = self._members[name]
        if member.flag_bits & _ENCRYPTED:
            raise encrypted()
        try:
            with self._archive.open(member) as file:
                content = file.read(LARGEST_FILE + 1)
        except NotImplementedError as error:
            message = "it is packed in a way that is not read; pack the archive again as an ordinary ZIP."
            raise Unreadable("unsupported", message) from error
        except RuntimeError as error:
            raise encrypted() from error
        except _DAMAGED as error:
            raise Unreadable("damaged", "it cannot be unpacked; fetch the archive again.") from error
        if len(content) > LARGEST_FILE:
            raise too_large()
        return content

    def close(self) -> None:
        """Close the file."""
        self._archive.close()


def damaged() -> Unreadable:
    """Return the exception for an archive that cannot be opened."""
    return Unreadable("damaged", "the archive cannot be opened; fetch it again.")


def encrypted() -> Unreadable:
    """Return the exception for what has a password."""
    return Unreadable("encrypted", "the archive is encrypted; unpack it with its password.")


def too_large() -> Unreadable:
    """Return the exception for a member that unpacks to more than any report."""
    return Unreadable("too_large", f"it unpacks to more than {LARGEST_FILE >> 20} MiB; no report does.")


def too_many() -> Unreadable:
    """Return the exception for an archive with too many members."""
    return Unreadable("too_large", f"the archive holds more than {MOST_MEMBERS} files; unpack it.")


def _length_of_directory(file: BinaryIO) -> int:
    """Return how long an archive says that the list of its members is, in bytes; 0 where it does not."""
    end = file.seek(0, 2)
    file.seek(max(end - _TAIL, 0))
    tail = file.read(_TAIL)
    file.seek(0)
    short, long = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    lengths = [0]
    if short >= 0 and long < 0:
        lengths.append(int.from_bytes(tail[short + 12 : short + 16], "little"))
    if long >= 0:
        lengths.append(int.from_bytes(tail[long + 40 : long + 48], "little"))
    return max(lengths)
