"""Has LibreOffice make DOCX of .doc, .wps, .rtf and .odt, and XLSX of .xls, .et and .ods."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from functools import cache
from glob import glob
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from nlp.reading.document import Unreadable
from nlp.resources import folder, knowledge

Target = Literal["docx", "xlsx"]
_ENDINGS: dict[Target, str] = {"docx": ".doc", "xlsx": ".xls"}
"""What a file is called that is converted; what it is LibreOffice tells by its content."""
_PROBE = b"{\\rtf1 1}"
"""A document that every LibreOffice converts."""
_SECONDS = 25
"""How long LibreOffice may take; most of the time is its start."""
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"
"""The signature of the container that .doc and .wps have in common with many other formats."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PARTS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "CONTENTS", "MatOST"))
"""Names of parts that word processors write; without them LibreOffice would make text of any bytes."""
_NOWHERE = "http://127.0.0.1:9"
"""A proxy that does not exist, so that nothing is fetched."""
_GUARDED = 'exec 3<&0; (read ended <&3; rm -rf "$0"; kill -KILL 0) & exec "$@" </dev/null'
"""Shell script that runs a program until it ends, or until standard input does: when this process ends.

Then it removes the folder `$0` and kills every process of the group, the program's own children included.
"""


def converted(content: bytes, to: Target = "docx") -> bytes:
    """Return a document converted to DOCX, or a workbook to XLSX.

    Raises Unreadable: `needs_libreoffice`, `encrypted`, `unsupported`, `too_slow` or `damaged`. LibreOffice
    runs with a temporary profile, so that several can run at a time; it executes no macros, follows no
    links and has no network. It ends when this process ends.
    """
    if _ENCRYPTED in content:
        raise Unreadable("encrypted", "the document is encrypted; save it without its password.")
    is_of_office = to == "xlsx" or any(name in content for name in _PARTS)
    if content.startswith(_COMPOUND_FILE) and not is_of_office:
        raise Unreadable("unsupported", "no word processor wrote this; save what it shows as .docx or .pdf.")
    program = _installed_program()
    if program is None:
        raise Unreadable(
            "needs_libreoffice",
            f"files of old programs are read through LibreOffice; install it, or save as .{to}.",
        )
    with TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as folder_name:
        return _converted_in(Path(folder_name), program, content, to)


def _installed_program() -> str | None:
    """Return the path of LibreOffice's program: on the search path, or where installers put it."""
    known = knowledge("libreoffice")
    for name in known["programs"]:
        path = shutil.which(str(name))
        if path is not None:
            return path
    for place in known["places"]:
        for found in sorted(glob(os.path.expanduser(os.path.expandvars(str(place)))), reverse=True):
            if os.access(found, os.X_OK):
                return found
    return None


def _converted_in(place: Path, program: str, content: bytes, to: Target) -> bytes:
    """Return a document converted; its files and the profile are written to the folder `place`.

    A document that gives none is damaged only if LibreOffice works: a whole one shows that.
    """
    try:
        made = _made_of(content, place, program, to)
    except subprocess.TimeoutExpired as error:
        raise Unreadable("too_slow", f"LibreOffice took more than {_SECONDS} seconds for it.") from error
    if made is not None:
        return made
    if not _works(program):
        raise Unreadable(
            "needs_libreoffice",
            f"{program} converts nothing, not even a whole document: install LibreOffice with its Writer.",
        )
    raise Unreadable("damaged", f"LibreOffice could not read the document; save it as .{to}.")


@cache
def _works(program: str) -> bool:
    """Return whether LibreOffice converts a document that is whole."""
    with TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as folder_name:
        try:
            return _made_of(_PROBE, Path(folder_name), program) is not None
        except subprocess.TimeoutExpired:
            return True  # it is slow: nothing speaks against it


def _made_of(content: bytes, place: Path, program: str, to: Target = "docx") -> bytes | None:
    """Return what LibreOffice makes of a document, None where it makes nothing.

    Raises Unreadable where there is no room for its files, or it cannot be started.
    """
    document = place / f"document{_ENDINGS[to]}"
    profile = place / "profile" / "user"
    try:
        document.write_bytes(content)
        profile.mkdir(parents=True)
        shutil.copy(folder("data") / "libreoffice.xcu", profile / "registrymodifications.xcu")
    except OSError as error:
        message = f"LibreOffice's files could not be written to {place.parent} ({error.strerror}); make room."
        raise Unreadable("unreadable", message) from error
    command = [program, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore"]
    try:
        _run([*command, "--convert-to", to, "--outdir", str(place), str(document)], place)
    except OSError as error:
        message = f"{program} could not be started ({error.strerror}); install LibreOffice anew."
        raise Unreadable("needs_libreoffice", message) from error
    made = place / f"document.{to}"
    return made.read_bytes() if made.is_file() else None


def _run(command: list[str], place: Path) -> None:
    """Run a program in a process group of its own and end the group.

    Raises subprocess.TimeoutExpired where it takes more than _SECONDS.
    """
    guarded = ["/bin/sh", "-c", _GUARDED, str(place), *command] if os.name == "posix" else command
    environment = {
        **os.environ,
        "TMPDIR": str(place),
        **dict.fromkeys(("http_proxy", "https_proxy"), _NOWHERE),
    }
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        guarded, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, env=environment, start_new_session=True
    ) as process:
        try:
            process.wait(_SECONDS)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill a program and, where the system has process groups, all that it started."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)  # the group exists: its guard waits for this
    else:
        process.kill()
