"""`dragoman sample`, `dragoman reviews` and `dragoman agreement`: draw rows to judge, bring verdicts back, see what they say."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dragoman.cli.common import say, stdout, verb, warn_of_damage

if TYPE_CHECKING:
    from dragoman.record import Record
    from dragoman.record.reviews.sheets import Unusable

FORMATS = click.Choice(["table", "csv", "json"])
_LISTED = "decided, reviewer, verdict, kind, publisher, published, document_id, row_id, id, quote, changes, note, state, reason"


@click.command()
@click.argument("record")
@click.option("-n", "size", type=click.IntRange(min=1), default=200, show_default=True, help="How many rows to draw.")
@click.option(
    "--kind",
    type=click.Choice(["events", "stances", "statements"]),
    default="events",
    show_default=True,
    help="Of which rows.",
)
@click.option(
    "--by", default="type", show_default=True, metavar="NAMES", help="What makes the strata, such as type,publisher."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed draws other rows.")
@click.option("-o", "--output", metavar="FILE", help="Write the sheet here instead of to standard output.")
@verb
def sample(record: str, size: int, kind: Any, by: str, seed: int, output: str | None) -> None:
    """Draw a stratified sample of rows to judge, as a sheet (CSV) to fill in.

    Write accept, reject or correct into the column verdict, and for correct change the codes in the row; bring it back with
    dragoman reviews RECORD --import FILE. The record keeps the sample, so that dragoman agreement knows its weights.
    """
    from dragoman.record import Record, sampling
    from dragoman.record.reviews import sheets

    opened = Record(record)
    drawn = sampling.draw(opened.sql, kind, size, by=_names(by), seed=seed, readers=opened.readers[-1:])
    sampling.keep(opened.path, drawn)
    lines = sheets.sheet(drawn, opened.reviewed)
    if output is None:
        _write_sheet(stdout(), sheets.heading(kind), lines)
    else:
        with Path(output).open("w", encoding="utf-8-sig", newline="") as file:
            _write_sheet(file, sheets.heading(kind), lines)
    of = sum(stratum.size for stratum in drawn.strata)
    say(f"Sample {drawn.id}: {len(drawn.rows):,} of {of:,} {kind} in {len(drawn.strata):,} strata.")
    warn_of_damage(opened)


@click.command()
@click.argument("record")
@click.option("--import", "sheet", metavar="FILE", help="Add the verdicts of a sheet that dragoman sample wrote.")
@click.option("--reviewer", metavar="NAME", help="Who judged it, where the sheet has no column reviewer.")
@click.option("--at", metavar="TIME", help="When, such as 2031-05-02T09:30:00Z.  [default: now]")
@click.option("--lost", is_flag=True, help="Only what has lost its words or its document.")
@click.option("--format", type=FORMATS, default="table", show_default=True)
@verb
def reviews(record: str, sheet: str | None, reviewer: str | None, at: str | None, lost: bool, format: str) -> None:
    """List the reviews of a record and what has become of each, or bring verdicts back from a sheet.

    States: valid, superseded (by a later verdict of the same reviewer), overruled (by another reviewer's), undone, outdated (a
    rejection of what is no longer read) and lost (its words are gone).
    """
    from dragoman.record import Record

    opened = Record(record)
    if sheet is not None:
        sys.exit(1 if _import(opened, sheet, reviewer, at) else 0)
    chosen = " WHERE state = 'lost'" if lost else ""
    answer = opened.sql(f"SELECT {_LISTED} FROM reviews{chosen} ORDER BY decided, id")
    values = list(zip(*(column.to_pylist() for column in answer.columns), strict=True))
    _put(format, {"": (answer.column_names, values)})
    for damaged in opened.reviews.damaged:
        say(str(damaged))
    warn_of_damage(opened)


@click.command()
@click.argument("record")
@click.option("--by", default="kind", show_default=True, metavar="NAMES", help="Groups: any of kind,type,publisher.")
@click.option(
    "--confidence",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.95,
    show_default=True,
    help="Of the intervals.",
)
@click.option("--format", type=FORMATS, default="table", show_default=True)
@verb
def agreement(record: str, by: str, confidence: float, format: str) -> None:
    """How good the readings are by what people judged, and how far people agree.

    Precision with its interval, by the sample that was drawn where there is one; Krippendorff's alpha and Cohen's kappa of the
    reviewers on verdicts and fields, and with the machine.
    """
    from dragoman.record import Record
    from dragoman.record import agreement as measured
    from dragoman.record.sampling import kept

    opened = Record(record)
    names = _names(by)
    reviewed = opened.reviewed_documents()
    precise = measured.precision(reviewed, names, kept(opened.path), confidence)
    agreeing = measured.agreement(reviewed, names)
    tables = {
        "precision": _flat(measured.Precision, names, precise),
        "agreement": _flat(measured.Agreement, names, agreeing),
    }
    _put(format, tables)
    if not precise:
        say("No row has been judged yet: dragoman sample RECORD -o SHEET.csv draws rows to judge.")
    if any(one.sample is None for one in precise):
        say("Where no sample was drawn, the precision is that of the rows somebody chose; see dragoman sample.")
    warn_of_damage(opened)


def _names(by: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in by.split(",") if name.strip()))


def _import(opened: Record, sheet: str, reviewer: str | None, at: str | None) -> list[Unusable]:
    """Add what the sheet says and is not in the log yet, and name the lines that say nothing usable."""
    from datetime import UTC, datetime

    from dragoman.record.reviews import Review, sheets

    when = at or datetime.now(UTC).isoformat()
    with Path(sheet).open(encoding="utf-8-sig", newline="") as file:
        found = list(sheets.verdicts(file, opened.reviewed, reviewer=reviewer, at=when))
    given = [one for one in found if isinstance(one, Review)]
    unusable = [one for one in found if not isinstance(one, Review)]
    new = sheets.new(given, opened.reviewed)
    opened.reviews.add(new)
    for one in unusable:
        say(f"{sheet}, {one}")
    say(
        f"{sheet}: {len(new):,} verdicts added, {len(given) - len(new):,} there before, {len(unusable):,} lines not usable."
    )
    return unusable


def _flat(kind: type, names: Sequence[str], found: Iterable[Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Results as columns and rows, the group taken apart."""
    own = [f.name for f in fields(kind) if f.name != "group"]
    return [*names, *own], [(*one.group, *(asdict(one)[name] for name in own)) for one in found]


def _put(format: str, tables: Mapping[str, tuple[Sequence[str], list[tuple[Any, ...]]]]) -> None:
    """One table or several: as JSON an object of lists, as CSV one table with the name of its part in front."""
    import json

    from dragoman.views import table

    out = stdout()
    if format == "json":
        rows = {
            name: [dict(zip(columns, v, strict=True)) for v in values] for name, (columns, values) in tables.items()
        }
        json.dump(rows if len(rows) > 1 else next(iter(rows.values())), out, ensure_ascii=False, indent=2)
        out.write("\n")
    elif format == "csv":
        columns = list(dict.fromkeys(c for names, _ in tables.values() for c in names))
        heading = [*(["part"] if len(tables) > 1 else []), *columns]
        lines = ((n, dict(zip(names, v, strict=True))) for n, (names, values) in tables.items() for v in values)
        table.write_csv(heading, ([{**row, "part": part}.get(c) for c in heading] for part, row in lines), out)
    else:
        screen = table.console(out)
        table.put(
            screen, *(table.grid(names, values, title=title or None) for title, (names, values) in tables.items())
        )


def _write_sheet(file: Any, heading: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(lines)
