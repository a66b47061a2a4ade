"""The commands that tell how good records are: `nianbao score`, `stress`, and `gold` export, import."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from nlp.commands import options
from nlp.commands.exits import Exit, ending
from nlp.commands.inputs import read_corrections
from nlp.commands.language import result_in_language, say
from nlp.commands.loading import load_reader
from nlp.commands.output import add_corrections, mention, now, tell, write, write_below
from nlp.commands.progress import progress


@click.command()
@click.argument("gold")
@click.argument("predicted")
@click.option("--against", metavar="BEFORE", help="Tell what was gained and lost against this earlier run.")
@options.json_file
@click.option("--html", metavar="FILE", help="Write a page here: charts, and every wrong cell with its line.")
@options.markdown
@options.decoded_texts
@click.option("--fail-under", multiple=True, metavar="METRIC=VALUE", help="Exit 1 where a figure is lower.")
def score(
    gold: str,
    predicted: str,
    against: str | None,
    json_file: str | None,
    html: str | None,
    markdown: str | None,
    texts: Path | None,
    fail_under: tuple[str, ...],
) -> Exit:
    """Compare predictions with gold.

    Both are records (files, folders, JSON Lines, standard input as -) or both label files. They meet by
    source name, whatever its ending.
    """
    from training.labels.label_files import LabelError
    from training.scoring.matching import Unscorable
    from training.scoring.run import run as scored
    from training.scoring.thresholds import BadThreshold, missed, thresholds

    if [gold, predicted, against].count("-") > 1:
        raise click.UsageError("Standard input can be one of GOLD, PREDICTED and BEFORE only.")
    with ending(BadThreshold, Exit.USAGE):
        wanted = thresholds(fail_under)
    with ending(Unscorable, Exit.USAGE), ending(LabelError, Exit.REFUSED):
        run = scored(gold, predicted, against, texts)
    mention(run.scores.without_prediction, "gold without prediction, scored as not answered")
    mention(run.scores.without_gold, "predicted without gold, not scored")
    _write_as({json_file: run.json, html: run.html, markdown: run.markdown}, run.text)
    missed_thresholds = missed(run.scores, wanted)
    for words in missed_thresholds:
        say(words)
    return Exit.SOME_FAILED if missed_thresholds else Exit.DONE


@click.command()
@click.argument("gold", nargs=-1, required=True, metavar="GOLD…")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only this noise (how its name starts).")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same pages.")
@options.json_file
@click.option("--html", metavar="FILE", help="Write a page here, with a chart.")
@options.markdown
@click.option("--pages", type=options.FOLDER, metavar="DIR", help="Write the rendered pages, too.")
@options.jobs
@options.model
def stress(
    gold: tuple[str, ...],
    kinds: tuple[str, ...],
    seed: int,
    json_file: str | None,
    html: str | None,
    markdown: str | None,
    pages: Path | None,
    jobs: int,
    model: Path | None,
) -> Exit:
    """Try the reader on noise.

    Gold records are written as pages again, in every kind of noise at three strengths; what is read from
    them is scored. That is some hundreds of pages a record: try one first.
    """
    from training.scoring.matching import Unscorable
    from training.stress.noisy_pages import STRENGTHS
    from training.stress.stress import BadKind, Kinds, chosen, gathered, manuscripts
    from training.stress.stress import pages as rendered
    from training.stress.stress import stress as stressed
    from training.stress.stress_report import StressRun

    with ending(BadKind, Exit.USAGE), ending(Unscorable, Exit.USAGE):
        work = Kinds(manuscripts(gold), STRENGTHS, seed, model)
        wanted = chosen(kinds)
    load_reader(model)
    if pages:
        for page in rendered(work, wanted):
            write_below(pages / f"{page.name}.txt", page.text.encode("utf-8"))
    with progress(stressed(work, wanted, jobs), len(wanted)) as done:
        run = StressRun(gathered(work, wanted, done))
    _write_as({json_file: run.json, html: run.html, markdown: run.markdown}, run.text)
    return Exit.DONE


@click.group()
def gold() -> None:
    """Make gold records.

    A record becomes a workbook that a person corrects, and then a gold record.
    """


@gold.command(name="export")
@options.records
@options.output_folder
@options.decoded_texts
@click.option("--overwrite", is_flag=True, help="Write over workbooks that are there.")
def export_gold(records: tuple[str, ...], output: Path, texts: Path | None, overwrite: bool) -> Exit:
    """Write records as workbooks to correct.

    Each gets one (.xlsx): a sheet for each table in the look of the official form, the evidence beside
    each value. Needs the extra nianbao[gold].
    """
    from nlp.writers.output import Unwritable
    from training.gold.workbooks import NotInstalled, export
    from training.scoring.matching import Unscorable

    if output.suffix == ".xlsx" and not output.is_dir():
        raise click.UsageError(f"-o names a folder, which gets a workbook a record; {output} is none.")
    with (
        ending(NotInstalled, Exit.USAGE),
        ending(Unscorable, Exit.USAGE),
        ending(Unwritable, Exit.UNWRITABLE),
    ):
        written = export(records, output, texts, overwrite)
    mention(written.failed, "records of documents that could not be read, left out")
    mention(written.kept, "workbooks are there already and stay as they are; --overwrite replaces them")
    say(f"{len(written.done)} written.")
    if written.kept:
        return Exit.UNWRITABLE
    return Exit.SOME_FAILED if written.failed else Exit.DONE


@gold.command(name="import")
@click.argument("workbooks", nargs=-1, required=True, metavar="XLSX…")
@click.option("-o", "--output", metavar="FILE", help="Write the records here.  [default: standard output]")
@click.option("--corrections", metavar="FILE", help="Add what was changed to this file instead.")
@click.option("--confirm", is_flag=True, help="What was left as it is counts as confirmed.")
@click.option("--by", default="", metavar="NAME", help="Who corrected them.")
def import_gold(
    workbooks: tuple[str, ...], output: str | None, corrections: str | None, confirm: bool, by: str
) -> Exit:
    """Read corrected workbooks as gold records, or as corrections.

    Each is a file or a folder of them. The records are JSON Lines; where a cell of any workbook is amiss,
    all such are named and nothing is written. With --corrections only what was changed is kept, in a file
    that `apply` and `extract` take. Workbooks of `nianbao overview` that came back filled in give corrections
    as well; what was explained in them goes to standard output, a line each.
    """
    from training.gold.workbooks import NoGold, NotInstalled, imported

    if corrections:
        if output:
            raise click.UsageError("Give -o for gold records or --corrections for corrections, not both.")
        return _add_corrections(workbooks, corrections, by, confirm)
    if confirm or by:
        raise click.UsageError("--confirm and --by are of corrections: add --corrections FILE.")
    with ending(NotInstalled, Exit.USAGE), ending(NoGold, Exit.REFUSED):
        records = imported(workbooks)
    write(output, records)
    return Exit.DONE


def _add_corrections(workbooks: tuple[str, ...], path: str, by: str, confirm: bool) -> Exit:
    """Add what was changed in workbooks to a file of corrections; what it has already is not added again."""
    from nlp.correcting.decisions import news
    from training.gold.workbooks import NoGold, NotInstalled, corrected, explained

    before = read_corrections(path) if Path(path).exists() else []
    with ending(NotInstalled, Exit.USAGE), ending(NoGold, Exit.REFUSED):
        made = corrected(workbooks, by, now(), confirm)
        told = explained(workbooks)
    added = news(before, made)
    add_corrections(path, added)
    say(f"{len(added)} corrections added to {path}; {len(made) - len(added)} were there.")
    for one in told:
        facts = (one.report, one.sheet, one.matter, one.text)
        tell("\t".join(" ".join(fact.split()) for fact in facts) + "\n")
    return Exit.DONE


COMMANDS = (score, stress, gold)


def _write_as(
    files: Mapping[str | None, Callable[[], str]], text: Callable[[Callable[[str], str]], str]
) -> None:
    """Write each file that was asked for; the text goes to standard output unless one of them does."""
    for path, content in files.items():
        if path:
            write(path, content().encode("utf-8"))
    if "-" not in files:
        tell(text(result_in_language))
