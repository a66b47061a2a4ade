"""Arguments and options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

PATH = click.Path(path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
_ABSOLUTE_FOLDER = click.Path(file_okay=False, path_type=Path, resolve_path=True)
NOT_NEGATIVE = click.IntRange(min=0)
POSITIVE = click.IntRange(min=1)

paths = click.argument("paths", nargs=-1, required=True, metavar="PATH…")
"""The documents to read: files, folders, `-` for standard input."""

label_files = click.argument("labelled", nargs=-1, required=True, type=PATH, metavar="LABELLED…")
"""Label files, or folders of them."""

records = click.argument("records", nargs=-1, required=True, metavar="RECORDS…")
"""Files of records, or folders of them."""

jobs = click.option(
    "--jobs", type=NOT_NEGATIVE, default=1, metavar="N", help="Processes; 0 is one a processor."
)
model = click.option("--model", type=FOLDER, metavar="DIR", help="Use this model.")
absolute_model = click.option("--model", type=_ABSOLUTE_FOLDER, metavar="DIR", help="Use this model.")
"""For work that other machines do: their working directory is another one."""

corrections = click.option("--corrections", metavar="FILE", help="Take these corrections in.")

own_agencies = click.option("--agencies", metavar="FILE", help="Your own agencies (CSV), which go first.")

output_folder = click.option("-o", "--output", type=FOLDER, required=True, metavar="DIR", help="Where to.")
overwrite_labels = click.option(
    "--overwrite", is_flag=True, help="Write over label files that say something else."
)
json_file = click.option("--json", "json_file", metavar="FILE", help="Write every figure here, for programs.")
markdown = click.option("--markdown", metavar="FILE", help="Write the figures here, for a pull request.")
decoded_texts = click.option(
    "--texts", type=FOLDER, metavar="DIR", help="The decoded texts that extract --text wrote."
)

_TABLE_OPTIONS = (
    click.option("--to", metavar="FORMAT", help="The format, where the ending of FILE does not say it."),
    click.option("--table", "tables", multiple=True, metavar="NAME", help="Only this table; repeatable."),
    click.option(
        "--headers", type=click.Choice(["en", "zh"]), default="en", help="Column headers.  [default: en]"
    ),
    click.option(
        "--guard", is_flag=True, help="CSV: put an apostrophe before texts that look like formulas."
    ),
    click.option("--partition", type=click.Choice(["year"]), help="Parquet: a folder a table and year."),
    click.option("--part", metavar="NAME", help="With --partition: name the files after this part.  [0001]"),
)


def table_options(command: Command) -> Command:
    """Give a command the options that say how records are written: from --to to --part."""
    for option in reversed(_TABLE_OPTIONS):
        command = option(command)
    return command
