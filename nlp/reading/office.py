"""Has LibreOffice turn documents of old word processors (.doc, .wps, .rtf) into Word documents."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from nlp.reading.document import Unreadable

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 25
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def converted(content: bytes) -> bytes:
    """Return a document as a Word document; Unreadable with `needs_libreoffice` where that is not installed.

    LibreOffice gets a profile of its own that is thrown away, so that several can work at a time; macros of
    documents are off in a new profile.
    """
    if _ENCRYPTED in content:
        raise Unreadable("encrypted", "the document is encrypted; save it without its password.")
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise Unreadable(
            "needs_libreoffice",
            "old word processors' files are read through LibreOffice; install it, or save as .docx.",
        )
    with TemporaryDirectory() as folder:
        return _by(program, Path(folder), content)


def _by(program: str, folder: Path, content: bytes) -> bytes:
    document = folder / "document.doc"
    document.write_bytes(content)
    profile = (folder / "profile").as_uri()
    order = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--convert-to", "docx"]
    try:
        subprocess.run(
            [*order, "--outdir", str(folder), str(document)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=False,
        )
        return (folder / "document.docx").read_bytes()
    except subprocess.TimeoutExpired as error:
        raise Unreadable("too_slow", f"LibreOffice took more than {_SECONDS} seconds for it.") from error
    except OSError as error:
        raise Unreadable("damaged", "LibreOffice could not read the document; save it as .docx.") from error
