"""Ships the types of `nianbao.py`, which a type checker reads from a stub package."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class StubOfTheModule(BuildHookInterface[Any]):
    """Puts the module into the wheel a second time, as its own stub.

    A `py.typed` marks a package as typed, and nothing marks a single module (PEP 561): without the stub mypy
    would not look into an installed `nianbao.py`.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the stub to a wheel; an editable install has none, as the module may change under it."""
        self.folder = TemporaryDirectory()
        if version == "editable":
            return
        stub = Path(self.folder.name) / "__init__.pyi"
        copyfile(Path(self.root) / "nianbao.py", stub)
        build_data["force_include"][str(stub)] = "nianbao-stubs/__init__.pyi"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the copy."""
        self.folder.cleanup()
