"""The command line in Chinese: every word has its Chinese, facts come through, English stays as it was."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from nlp.commands import language
from nlp.commands.chinese import REDRAW, Sentence, result, sentences, templates, translated
from nlp.commands.chinese_help import explained
from nlp.commands.cli import commands
from nlp.reading import reader
from nlp.reading.inputs import Input
from nlp.resources import knowledge
from tests.project import ROOT

_FACT = re.compile(r"\{\w*\}")
SAID_BY_CALLS = {"say", "in_language", "Stop", "UsageError", "BadParameter"}
"""What is called with words for people."""
SAID_THIRD = {"Problem": 2, "_add_fault": 2}
"""What is called with words for people behind other arguments."""
SHOWN = {
    "BadAgencies", "BadCorrections", "BadCluster", "BadDestination", "BadEngine", "BadField", "BadKind",
    "BadSheet", "Clash", "LabelError", "Malformed", "ModelError", "NoFile", "NoRecord", "NotARecord",
    "NotInstalled", "Taken", "UnknownCell", "Unreachable", "UnreadableFile", "Unscorable", "Unwritable",
}  # fmt: skip
"""Exceptions whose message a command shows."""
A_WORD = re.compile(r"[A-Za-z]{2}")


def shape(words: str) -> str:
    """Return a sentence without the names of its facts."""
    return _FACT.sub("{}", words)


def template(node: ast.AST) -> str | None:
    """Return the words of a string, `{}` where it has a fact; None if it is no string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


@cache
def told() -> tuple[tuple[str, str], ...]:
    """Return every sentence in the code that people are shown, with the file that says it."""
    found = []
    for path in sorted([*(ROOT / "nlp").rglob("*.py"), *(ROOT / "training").rglob("*.py")]):
        name = path.relative_to(ROOT).as_posix()
        is_command = name.startswith("nlp/commands/")
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            place = SAID_THIRD.get(called, 0)
            is_said = called in SHOWN or called in SAID_THIRD or (is_command and called in SAID_BY_CALLS)
            if not is_said or len(call.args) <= place:
                continue
            words = (template(call.args[place]) or "").removeprefix(REDRAW)
            if A_WORD.search(words.replace("{}", "")):
                found.append((name, words))
    return tuple(found)


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def walked(
    command: click.Command, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield every command with the words that call it."""
    yield path, command
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from walked(each, (*path, name))


COMMANDS = dict(walked(commands))


@pytest.fixture
def chinese() -> Iterator[None]:
    language.choose("zh")
    yield
    language.choose(None)


def test_every_sentence_in_the_code_has_its_chinese() -> None:
    known = {shape(english) for english in sentences()}
    lacking = [f"{name}: {words}" for name, words in told() if shape(words.strip()) not in known]
    assert not lacking, (
        "add these to data/chinese.toml, with a name in each pair of braces, and their Chinese:\n"
        + "\n".join(lacking)
    )


def test_enough_sentences_are_found_in_the_code() -> None:
    assert len(told()) > 100


def test_every_reason_why_a_file_is_not_read_has_its_chinese() -> None:
    codes = set()
    for path in (ROOT / "nlp").rglob("*.py"):
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(call.func, "id", "")
            if called in ("Unreadable", "Failure") and call.args and isinstance(call.args[0], ast.Constant):
                codes.add(call.args[0].value)
    assert len(codes) > 10
    assert codes - set(knowledge("auditing")["failures"]) == set(), (
        "add these to data/auditing.toml, failures"
    )


def test_words_for_people_go_through_say() -> None:
    """A `click.echo(…, err=True)` elsewhere would speak English to everyone."""
    elsewhere = []
    for path in sorted((ROOT / "nlp" / "commands").glob("*.py")):
        for call in calls(ast.parse(path.read_text(encoding="utf-8"))):
            to_standard_error = any(keyword.arg == "err" for keyword in call.keywords)
            if to_standard_error and path.name != "language.py":
                elsewhere.append(f"{path.name}:{call.lineno}")
    assert elsewhere == [], "use nlp.commands.language.say"


def test_both_languages_have_the_same_facts() -> None:
    unlike = []
    for english, chinese in sentences().items():
        facts, in_chinese = (sorted(re.findall(r"\{(\w+)\}", text)) for text in (english, chinese))
        allowed = [facts, [fact for fact in facts if fact not in ("verb", "what")]]
        if in_chinese not in allowed:
            unlike.append(english)
    assert unlike == []


def test_chinese_sentences_are_chinese() -> None:
    plain = [chinese for chinese in sentences().values() if not re.search("[\u4e00-\u9fff。]", chinese)]
    assert plain == []


@pytest.mark.parametrize("sentence", templates(), ids=lambda sentence: sentence.english[:40])
def test_a_sentence_with_its_facts_is_told_as_itself(sentence: Sentence) -> None:
    """No other sentence takes its words, and its facts come through."""
    facts = {name: f"⟨{name}⟩" for name in sentence.names}
    assert translated(sentence.english.format(**facts)) == sentence.chinese.format(**facts)


def words_of_people(text: str) -> list[str]:
    """Return the English words in a text that are no names, options, formats or metavars."""
    text = re.sub(
        r"`[^`]*`|https?:\S+|[-\w./]*[-_./=|][-\w./=|]*|\b[A-Z][A-Za-z]*[A-Z]\w*\b|\bnianbao( [a-z]+)*",
        " ",
        text,
    )
    return re.findall(r"\b[a-z]{2,} +[a-z]{2,} +[a-z]{2,}\b", text)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_help_is_chinese_throughout(path: tuple[str, ...]) -> None:
    told = CliRunner().invoke(commands, ["--lang", "zh", *path, "--help"], prog_name="nianbao")
    language.choose(None)
    assert told.exit_code == 0, told.output
    assert told.output.startswith("用法：nianbao")
    command = COMMANDS[path]
    for text in (command.help or "").split("\f")[0].split("\n\n"):
        assert " ".join(text.split()) in sentences(), (
            f"add this to data/chinese.toml: {' '.join(text.split())}"
        )
    lacking = []
    for option in command.params:
        help = getattr(option, "help", None)
        if help and explained(help) == help:
            lacking.append(help)
    assert lacking == [], "add these to data/chinese.toml"
    assert words_of_people(told.output) == []


def test_help_fits_the_terminal() -> None:
    from nlp.commands.chinese_help import _columns, lines

    text = "读出的记录写成 JSON Lines，每个文件一行（按文件名排列）；" * 5
    for width in (20, 33, 78):
        told = lines(text, width)
        assert "".join(told).replace(" ", "") == text.replace(" ", "")
        assert max(map(_columns, told)) <= width + 4  # a bracket and a full stop hang over
        assert not any(line[0] in "，；）" or line[-1] == "（" for line in told)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check"], "错误：缺少参数 'FILE…'。"),
        (["extract"], "错误：请写明要读的文件或文件夹，或它们的清单（--files-from FILE）。"),
        (["extract", "--jobs", "x", "a"], "错误：'--jobs' 的值无效：“x”不是整数。"),
        (["extract", "--jobs", "-1", "a"], "错误：'--jobs' 的值无效：-1 超出范围 x>=0。"),
        (["check", "--format", "doc", "a"], "错误：'--format' 的值无效：“doc”不可用"),
        (["extrct"], "错误：没有“extrct”这个命令。"),
        (["extract", "--modl", "x", "a"], "错误：没有“--modl”这个选项。"),
        (["extract", "a", "--model"], "错误：选项“--model”后面要有值。"),
        (["schema", "a"], "错误：多出了参数：a"),
        (["labels", "draft", "a"], "错误：缺少选项 '-o' / '--output'。"),
        (["train"], "错误：缺少选项 '--out'。"),
        (["info", "a", "--json=3"], "错误：选项“--json”不带值。"),
        (
            ["models", "compare", "data/cells.toml", "b"],
            "错误：'OLD' 的值无效：“data/cells.toml”是文件，应为文件夹。",
        ),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    arguments: list[str], said: str, chinese: None, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        commands.main(arguments, prog_name="nianbao", standalone_mode=False)
    except click.ClickException as error:
        language.show(error)
    told = capsys.readouterr().err
    assert said in told
    assert not words_of_people(told)


def test_a_sentence_that_is_unknown_stays_as_it_is(chinese: None) -> None:
    assert language.in_language("Something new: 3 of them.") == "Something new: 3 of them."


def test_what_a_file_is_called_is_not_translated(chinese: None) -> None:
    assert (
        language.in_language("done: could not be written (Is a directory).")
        == "done：无法写入（这是文件夹）。"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "8 records: 8 agencies, 2019, 8 reports, 2 years without one that counts. Left out: 1 other.",
            "8 条记录：8 个机关，2019 年，8 份报告，2 个年度没有可用的报告。略去：1 other。",
        ),
        ("in/a.jsonl:3: this is no record (it is empty)", "in/a.jsonl:3：这不是记录（it is empty）"),
        ("\r\033[K500 records", "\r\033[K500 条记录"),
        ("3 records written; 2 could not be read.", "已写出 3 条记录；2 处未能读取。"),
        (
            "Stopped. 3 of 5 files are done, and their records are kept. Go on with:\n  nianbao extract a",
            "已停止。5 份文件已完成 3 份，记录已保留。接着做请用：\n  nianbao extract a",
        ),
        (
            "1,000 of 5,000, 12.5/s, 3 failed, about 42 s left",
            "1,000 / 5,000，每秒 12.5 份，失败 3 份，大约还需 42 秒",
        ),
        ("3 records written.", "已写出 3 条记录。"),
        (
            "Error: c:1: this is no correction (bad).\nc:2: this is no correction (worse).",
            "错误：c:1：这不是更正（bad）。\nc:2：这不是更正（worse）。",
        ),
        (
            "Texts longer than the 32,767 characters of an Excel cell, cut: 2 (first: items, record 3).",
            "超过 Excel 一格 32,767 个字符的文字，已截断：2 处（第一处：items, record 3）。",
        ),
        ("b.pdf: 文件是空的，或没有文字。", "b.pdf：文件是空的，或没有文字。"),
        (
            "x.tsv:3: not UTF-8\ny.tsv: cannot be read (Permission denied)",
            "x.tsv:3：不是 UTF-8\ny.tsv：无法读取（没有权限）",
        ),
    ],
)
def test_words_that_are_put_together_are_told_in_chinese(words: str, said: str, chinese: None) -> None:
    assert language.in_language(words) == said


def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
    taken = ("LC_ALL", "LC_MESSAGES", "LANG", "NIANBAO_LANG")
    environment = {name: value for name, value in os.environ.items() if name not in taken}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **variables}
    command = [sys.executable, "-m", "nlp", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=environment)


@pytest.mark.parametrize(
    ("variables", "begins"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "用法"),
        ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "Usage"),
        ({"LC_ALL": "POSIX"}, "Usage"),
        ({}, "Usage"),
        ({"NIANBAO_LANG": "zh", "LC_ALL": "C"}, "用法"),
    ],
)
def test_the_environment_tells_the_language(variables: dict[str, str], begins: str) -> None:
    assert run("schema", "--help", **variables).stdout.startswith(begins)


def test_a_record_does_not_depend_on_the_language(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(
        "某区某局2023年政府信息公开工作年度报告\n一、总体情况\n", encoding="utf-8"
    )
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    told = []
    for lang in ("zh", "en"):
        done = run("--lang", lang, "extract", tmp_path / "in", "-o", tmp_path / f"{lang}.jsonl")
        assert done.returncode == 1
        told.append(done.stderr)
    assert (tmp_path / "zh.jsonl").read_bytes() == (tmp_path / "en.jsonl").read_bytes()
    assert "文件是空的，或没有文字。" in told[0]
    assert "已读取 1 份，其中 1 份需要人工核对；失败 1 份。" in told[0]
    assert "1 read, 1 of them to be reviewed; 1 failed." in told[1]


def test_english_needs_no_chinese() -> None:
    """The Chinese is loaded where it is spoken only."""
    code = "import sys, nlp.commands.cli; print([n for n in sys.modules if 'chinese' in n])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def untranslated(words: list[str], own: str) -> list[str]:
    """Return the words of a result that have no Chinese, those aside that fit a pattern of names."""
    names = re.compile(own)
    return [
        each for each in words if A_WORD.search(each) and not names.fullmatch(each) and result(each) == each
    ]


def test_every_word_of_scores_models_and_explanations_has_its_chinese() -> None:
    from nlp.checking.explain import explain
    from nlp.running.extraction import loaded
    from training.model.comparison_words import described, listed
    from training.model.promotion import versions
    from training.scoring.run import run

    said: list[str] = []

    def hear(words: str) -> str:
        said.append(words)
        return words

    gold = str(ROOT / "data" / "gold")
    run(gold, gold, gold).text(hear)
    described(loaded(None).classifier, (), hear)
    listed(versions(ROOT / "models" / "lines"), hear)
    document = reader.read(Input(str(ROOT / "data" / "samples" / "02-pipes-2019.txt")))
    explain(loaded(None).findings(document).assembly, "disclosure.licensing.decisions", hear)
    assert len(set(said)) > 100
    assert untranslated(said, r"\d\d-.*|[0-9a-f]{12}|SHA-256.*") == []


def test_headings_of_scores_that_a_run_may_lack_have_their_chinese() -> None:
    from training.scoring.lines import UNLABELLED
    from training.scoring.naming import LEVELS
    from training.scoring.tabulated import NAMES
    from training.stress.stress_report import HEADER, WORDS

    words = [*NAMES.values(), *LEVELS.values(), *HEADER, *WORDS.values(), UNLABELLED]
    assert untranslated(words, "") == []
