"""Has LibreOffice turn documents of old word processors (.doc, .wps, .rtf) into Word documents."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from nlp.reading.document import Unreadable
from nlp.resources import folder

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 25
_OLD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WRITTEN = tuple(name.encode("utf-16-le") for name in ("WordDocument", "CONTENTS", "MatOST"))
"""Parts of an old document that a word processor wrote; LibreOffice makes a text of any other bytes."""
_NOWHERE = "http://127.0.0.1:9"
_GUARDED = 'exec 3<&0; (read ended <&3; rm -rf "$0"; kill -KILL 0) & exec "$@" </dev/null'
"""Runs a program until it ends, or until what is behind standard input ends: whoever started all this.

Then the folder is removed, and every process of the group ends, those that the program started, too.
"""


def converted(content: bytes) -> bytes:
    """Return a document as a Word document; Unreadable with `needs_libreoffice` where that is not installed.

    LibreOffice gets a profile of its own that is thrown away, so that several can work at a time: it runs no
    macros, follows no links and has no network. It ends with the process that asked for it.
    """
    if _ENCRYPTED in content:
        raise Unreadable("encrypted", "the document is encrypted; save it without its password.")
    if content.startswith(_OLD) and not any(name in content for name in _WRITTEN):
        raise Unreadable("unsupported", "no word processor wrote this; save what it shows as .docx or .pdf.")
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Unreadable(
            "needs_libreoffice",
            "old word processors' files are read through LibreOffice; install it, or save as .docx.",
        )
    with TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as place:
        return _by(program, Path(place), content)


def _by(program: str, place: Path, content: bytes) -> bytes:
    document = place / "document.doc"
    try:
        document.write_bytes(content)
        profile = place / "profile" / "user"
        profile.mkdir(parents=True)
        shutil.copy(folder("data") / "libreoffice.xcu", profile / "registrymodifications.xcu")
        order = [program, f"-env:UserInstallation={profile.parent.as_uri()}", "--headless", "--norestore"]
        _run([*order, "--convert-to", "docx", "--outdir", str(place), str(document)], place)
        return (place / "document.docx").read_bytes()
    except subprocess.TimeoutExpired as error:
        raise Unreadable("too_slow", f"LibreOffice took more than {_SECONDS} seconds for it.") from error
    except OSError as error:
        raise Unreadable("damaged", "LibreOffice could not read the document; save it as .docx.") from error


def _run(order: list[str], place: Path) -> None:
    """Run a program in a process group of its own, which ends when it does, or is too slow, or we end."""
    guarded = ["/bin/sh", "-c", _GUARDED, str(place), *order] if os.name == "posix" else order
    settings = {**os.environ, "TMPDIR": str(place), **dict.fromkeys(("http_proxy", "https_proxy"), _NOWHERE)}
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        guarded, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, env=settings, start_new_session=True
    ) as process:
        try:
            process.wait(_SECONDS)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)  # the guard of the group is there to be ended, if nobody else
    else:
        process.kill()
