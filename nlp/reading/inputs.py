"""The inputs that a user names, files, folders and standard input, and how their bytes are read."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from nlp.limits import LARGEST_FILE
from nlp.reading.archives.members import archive_of, member, members
from nlp.reading.archives.names import ENDINGS
from nlp.reading.document import Unreadable
from nlp.reading.passed_over import HIDDEN, LINKED_FOLDERS, WORKBOOKS, PassedOver, kind_by_name
from nlp.reading.xlsx.in_folders import ENDINGS as WORKBOOK_ENDINGS
from nlp.reading.xlsx.in_folders import holds_form
from nlp.storage import addresses, files
from nlp.storage.refusals import Refused

STANDARD_INPUT = "-"


@dataclass(frozen=True, order=True, slots=True)
class Input:
    """One document to read.

    `path` is as the user would write it, a path, an address or `-` for standard input; `folder` is the folder
    that the user named and that the document was found in, "" for a document that the user named.
    """

    path: str
    folder: str = field(default="", compare=False, repr=False)

    @property
    def name(self) -> str:
        """The file's name without its folder; `stdin` for standard input."""
        if self.path == STANDARD_INPUT:
            return "stdin"
        return addresses.name(self.path) if self.is_elsewhere else os.path.basename(self.path)

    @property
    def is_elsewhere(self) -> bool:
        """Whether it lies at an address, in a bucket or on a server."""
        return addresses.is_address(self.path)

    @property
    def shown_path(self) -> str:
        """The path for people and records: bytes that are not UTF-8 are replaced."""
        return shown(self.path)

    @property
    def shown_name(self) -> str:
        """The name for people and records: bytes that are not UTF-8 are replaced."""
        return shown(self.name)

    def read(self) -> bytes:
        """Return its bytes.

        Raises Unreadable where there is no such file, or it may not be read, is too large or outside its
        folder.
        """
        try:
            if self.path == STANDARD_INPUT:
                return _bounded(sys.stdin.buffer)
            if self.is_elsewhere:
                with files.opened(self.path) as elsewhere:
                    return _bounded(elsewhere)
            if self.folder:
                _refuse_outsiders(self.folder, self.path)
            with open(self.path, "rb") as file:
                return _bounded(file)
        except Refused as error:
            raise Unreadable(error.code, shown(str(error))) from error
        except (NotADirectoryError, FileNotFoundError) as error:
            content = _in_archive(self.folder, self.path)
            if content is not None:
                return content
            raise _refused(self.path, error) from error
        except OSError as error:
            raise _refused(self.path, error) from error


@dataclass(frozen=True, order=True)
class BytesInput(Input):
    """An input whose bytes were read before: from standard input, or by the program that calls this one.

    >>> BytesInput("report.txt", content=b"2023").read()
    b'2023'
    """

    content: bytes = b""

    def read(self) -> bytes:
        """Return its bytes."""
        return self.content


def shown(path: str) -> str:
    r"""Return a path for people and records: bytes that are not UTF-8 are replaced.

    >>> shown("in/\udcff.txt")
    'in/\ufffd.txt'
    """
    return os.fsencode(path).decode("utf-8", "replace")


def _bounded(file: BinaryIO) -> bytes:
    """Return the bytes of a file; raises Unreadable where there are more than LARGEST_FILE."""
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Unreadable("too_large", f"the file is larger than {LARGEST_FILE >> 20} MiB; no report is.")
    return content


def find(paths: Iterable[str], passed_over: PassedOver | None = None) -> list[Input]:
    """Return the inputs that the paths name or, as folders, contain: sorted, each once.

    Left out of folders and archives, and counted in `passed_over`, are hidden files, those whose endings are
    in NO_DOCUMENTS, workbooks without the form, lock files and links to folders. A path that does not exist
    is an input as well, and so is a folder in a folder that cannot be listed, a link or a pipe: reading it
    raises Unreadable, and the others are read all the same. ZIP and 7z archives are folders, too:
    `drafts.zip/2023/report.docx`.
    """
    passed = passed_over if passed_over is not None else PassedOver()
    folder_of: dict[str, str] = {}
    for path in paths:
        for file, folder in _files(path, passed):
            for document in _documents(file, folder, passed):
                folder_of.setdefault(document, folder)
    return [Input(file, folder) for file, folder in sorted(folder_of.items())]


def _files(path: str, passed: PassedOver) -> Iterator[tuple[str, str]]:
    """Yield the path of each file that a path names or contains, and the named folder, "" for a file."""
    if addresses.is_address(path):
        yield from _files_elsewhere(path, passed)
        return
    if path == STANDARD_INPUT or not os.path.isdir(path):
        yield path, ""
        return
    folders = [path]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as listed:
                entries = list(listed)
        except OSError:
            yield folder, path  # reading it tells why
            continue
        for entry in entries:
            kind = _passed_over(entry)
            if kind:
                passed.add(kind, entry.path)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                yield entry.path, path


def _files_elsewhere(address: str, passed: PassedOver) -> Iterator[tuple[str, str]]:
    """Yield what an address names or contains; where that is not told, reading the address tells why."""
    try:
        found = files.listed(address)
    except Refused:
        found = None
    if found is None:
        yield address, ""
        return
    left_out: set[str] = set()
    for file in found:
        kind, what = _passed_over_below(file, address)
        if not kind:
            yield file, address
        elif what not in left_out:
            left_out.add(what)
            passed.add(kind, what)


def _passed_over_below(file: str, folder: str) -> tuple[str, str]:
    """Return of what kind that is left out of folders a file is, and the file or the hidden folder it is in.

    >>> _passed_over_below("s3://b/in/.git/config", "s3://b/in")
    ('hidden', 's3://b/in/.git')
    """
    start = len(file) - len(file.removeprefix(folder).lstrip("/"))
    names = file[start:].split("/")
    for n, name in enumerate(names, 1):
        if name.startswith("."):
            return HIDDEN, file[:start] + "/".join(names[:n])
    return kind_by_name(names[-1]), file


def _passed_over(entry: os.DirEntry[str]) -> str:
    """Return the kind of what is left out of folders that an entry of one is, "" for one that is read."""
    if entry.name.startswith("."):
        return HIDDEN
    if entry.is_symlink() and os.path.isdir(entry.path):
        return LINKED_FOLDERS
    return "" if entry.is_dir(follow_symlinks=False) else kind_by_name(entry.name)


def _documents(file: str, folder: str, passed: PassedOver) -> Iterator[str]:
    """Yield the paths of the documents in a file that is an archive, else its own.

    In folders the name tells what may be an archive or a workbook, so that not every file is opened.
    """
    inside = _members(file, folder, passed)
    for document in inside or [file]:
        if (folder or inside) and _is_other_workbook(Input(document, folder)):
            passed.add(WORKBOOKS, document)
        else:
            yield document


def _members(file: str, folder: str, passed: PassedOver) -> list[str]:
    """Return the paths of the documents in an archive, none for any other file."""
    if file == STANDARD_INPUT or (folder and not file.lower().endswith(ENDINGS)):
        return []
    try:
        if not os.path.isfile(file):
            return []
        if folder:
            _refuse_outsiders(folder, file)
    except Unreadable:
        return []
    return members(file, passed)


def _is_other_workbook(input: Input) -> bool:
    """Return whether an input is a workbook without the form; of one that cannot be read, reading tells."""
    if not input.path.lower().endswith(WORKBOOK_ENDINGS):
        return False
    try:
        return not holds_form(input.read())
    except Unreadable:
        return False


def _in_archive(folder: str, path: str) -> bytes | None:
    """Return the bytes of a document in an archive; None where the path leads into none."""
    archive = archive_of(path)
    if archive is None:
        return None
    if folder:
        _refuse_outsiders(folder, archive)
    return member(path)


def _refuse_outsiders(folder: str, path: str) -> None:
    """Raise Unreadable for a link that leads out of the folder that the user named, a pipe or a device."""
    if os.path.islink(path):
        inside = os.path.join(os.path.realpath(folder), "")
        if not os.path.realpath(path).startswith(inside):
            raise Unreadable("outside", "the link leads out of the folder; name the file to have it read.")
    if os.path.exists(path) and not os.path.isfile(path):
        raise Unreadable("not_a_file", "there is a pipe or a device of this name, which is not read.")


def _refused(path: str, error: OSError) -> Unreadable:
    """Return the exception that tells a person why a file cannot be read."""
    name = shown(path)
    if isinstance(error, FileNotFoundError):
        return Unreadable("not_found", f"{name}: {_not_found(path)}")
    if isinstance(error, PermissionError) or (os.path.isdir(path) and not os.access(path, os.R_OK | os.X_OK)):
        what = "folder" if os.path.isdir(path) else "file"
        return Unreadable("not_permitted", f"{name}: this {what} may not be read; check its permissions.")
    if isinstance(error, IsADirectoryError):
        return Unreadable("not_a_file", f"{name}: this is a folder.")
    if error.errno == errno.ENAMETOOLONG:
        return Unreadable("unreadable", f"{name}: {_TOO_LONG}")
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return Unreadable("unreadable", f"{name}: the system lets no more files be open; raise `ulimit -n`.")
    return Unreadable("unreadable", f"{name}: could not be read ({error.strerror}).")


_TOO_LONG = "its path is longer than the system opens; move it further up, or start in a folder nearer to it."


def _not_found(path: str) -> str:
    """Return why there is no such file: a relative path is lost with the working folder."""
    try:
        os.getcwd()
    except OSError:
        if not os.path.isabs(path):
            return "the folder that this command was started in is gone; change to another one."
    return "there is no such file."
