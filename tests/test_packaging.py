"""The package as others get it: built, installed elsewhere, used from another folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any

import pytest

from nlp.commands.cli import commands
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.writers import jsonl
from tests.project import ROOT

FIND_MODULE = "from importlib.util import find_spec; print(find_spec('nianbao').origin)"
READMES = ("README.md", "README.zh.md")


def call(*arguments: object, cwd: Path, **environment: str) -> str:
    """Return what a command prints; it has to end well and to know nothing of the checkout."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(argument) for argument in arguments],
        cwd=cwd,
        env={**clean, **environment},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by way of the sdist as a package index would have it."""
    folder = tmp_path_factory.mktemp("dist")
    call(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_the_module_both_packages_the_data_and_the_model(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    packaged = {
        str(path.relative_to(ROOT)) for room in ("nlp", "training") for path in (ROOT / room).rglob("*.py")
    }
    carried = {f"nlp/{path.relative_to(ROOT)}" for room in ("models", "data") for path in _files(ROOT / room)}
    typed = {"nlp/py.typed", "nianbao-stubs/__init__.pyi"}
    assert {"nianbao.py"} | packaged | carried | typed <= names
    roots = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert roots == {"nianbao.py", "nianbao-stubs", "nlp", "training"}


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]


def environment_with(folder: Path, *what: object) -> Path:
    """Return the Python of a new environment in which something is installed, without what it depends on."""
    venv.create(folder)
    python = folder / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check")
    call(*pip, "install", "--quiet", "--no-deps", *what, cwd=folder)
    return python


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has the wheel."""
    return environment_with(tmp_path_factory.mktemp("installed"), wheel)


@pytest.mark.slow
def test_the_wheel_is_used_from_another_folder(installed: Path, tmp_path: Path) -> None:
    """Its dependencies are those of the tests; the package itself is nowhere but in the wheel."""
    dependencies = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))
    sample = sorted((ROOT / "data" / "samples").rglob("*.txt"))[0]
    (tmp_path / "report.txt").write_bytes(sample.read_bytes())
    nianbao = installed.with_name("nianbao")
    (record,) = call(nianbao, "extract", "report.txt", cwd=tmp_path, PYTHONPATH=dependencies).splitlines()
    assert json.loads(record)["source"]["name"] == "report.txt"
    where = call(
        installed,
        "-c",
        "import nlp.form.form; print(nlp.form.__file__)",
        cwd=tmp_path,
        PYTHONPATH=dependencies,
    )
    assert Path(where.strip()).is_relative_to(installed.parents[1])


@pytest.mark.slow
def test_a_type_checker_knows_the_types_of_an_installed_wheel(installed: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text('import nianbao\n\nreveal_type(nianbao.read("2024.txt").audit())\n', encoding="utf-8")
    cache = tmp_path / "cache"
    told = call(
        sys.executable, "-m", "mypy", "--strict", "--python-executable", installed, "--cache-dir", cache,
        script, cwd=tmp_path,
    )  # fmt: skip
    assert 'Revealed type is "nlp.auditing.audit.Audit"' in told


@pytest.mark.slow
def test_an_editable_install_reads_the_checkout(tmp_path: Path) -> None:
    python = environment_with(tmp_path / "venv", "-e", ROOT)
    where = call(python, "-c", "import nlp, training; print(nlp.__path__[0])", cwd=tmp_path)
    assert Path(where.strip()) == ROOT / "nlp"
    found = call(python, "-c", FIND_MODULE, cwd=tmp_path)
    assert Path(found.strip()) == ROOT / "nianbao.py"


def test_ci_runs_the_command_of_the_readme() -> None:
    pattern = re.search(r"grep -m1 '(.*?)'", (ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert pattern
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if re.search(pattern[1], line)]) == 1


def test_both_readmes_give_the_same_commands() -> None:
    blocks = [
        re.findall(r"```.*?```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL) for name in READMES
    ]
    assert blocks[0] == blocks[1]


def contains(whole: Any, part: Any) -> bool:
    """Tell whether every value of a shortened record stands in the record."""
    if isinstance(part, dict):
        return all(name in whole and contains(whole[name], value) for name, value in part.items())
    if isinstance(part, list) and part and isinstance(part[0], dict):
        return all(any(contains(one, wanted) for one in whole) for wanted in part)
    return bool(whole == part)


def test_the_readme_shows_what_extraction_makes_of_a_sample() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    page, shown = (re.search(rf"```{kind}\n(.*?)```", text, re.DOTALL) for kind in ("text", "json"))
    assert page
    assert shown
    record = json.loads(shown[1])
    sample = ROOT / "data" / "samples" / record["source"]["name"]
    made = json.loads(jsonl.line(Reader().read(Input(str(sample)))))
    assert page[1] in sample.read_text(encoding="utf-8")
    assert contains(made, record)


def test_links_of_the_readmes_lead_somewhere() -> None:
    for name in READMES:
        links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text(encoding="utf-8"))
        assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_command_of_the_readme_exists() -> None:
    named = re.findall(r"`nianbao (\w+)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert set(named) == set(commands.commands)


def test_every_dependency_is_imported() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=]", one)[0].replace("scikit-learn", "sklearn") for one in project["dependencies"]}
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("nlp", "training")
        for path in (ROOT / room).rglob("*.py")
    )
    assert [
        name for name in sorted(names) if not re.search(rf"^\s*(?:from|import) {name}\b", code, re.MULTILINE)
    ] == []
