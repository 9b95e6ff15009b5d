"""`dragoman show` and `dragoman sql`: look at a record."""

from __future__ import annotations

from dataclasses import asdict

import click

from dragoman.cli.common import WRITERS, machine, stdout, verb, warn_of_damage, write


@click.command()
@click.argument("record")
@click.option("--readings", is_flag=True, help="Show the readings themselves instead of the figures.")
@click.option(
    "--format",
    type=click.Choice(["auto", *WRITERS]),
    default="auto",
    show_default=True,
    help="Figures: table (auto) or json. Readings: as for dragoman read.",
)
@machine
@verb
def show(record: str, readings: bool, format: str, machine: bool) -> None:
    """Summarise a record: what it holds, from whom, and from when."""
    from dragoman.record import Record

    opened = Record(record)
    if readings:
        write(format, opened.analyses(reviewed=not machine))
    elif format in ("auto", "table"):
        from dragoman.views.overview import overview
        from dragoman.views.table import console, put

        put(console(stdout()), *overview(opened.summary(reviewed=not machine)))
    elif format == "json":
        from json import dumps

        stdout().write(
            dumps(asdict(opened.summary(reviewed=not machine)), ensure_ascii=False, indent=2, default=str) + "\n"
        )
    else:
        raise click.UsageError(f"The figures of a record are a table or json; for {format} add --readings.")
    warn_of_damage(opened)


@click.command()
@click.argument("record")
@click.argument("query")
@click.option("--format", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@verb
def sql(record: str, query: str, format: str) -> None:
    """Answer an SQL query over the tables of a record.

    Tables: documents, actors, mentions, statements, contents, events, stances, skipped and more; docs/record.md lists them.
    """
    from dragoman.record import Record
    from dragoman.views import table

    opened = Record(record)
    answer = opened.sql(query)
    names, values = answer.column_names, zip(*(column.to_pylist() for column in answer.columns), strict=True)
    out = stdout()
    match format:
        case "csv":
            table.write_csv(names, values, out)
        case "json":
            table.write_objects(names, values, out)
        case _:
            table.put(table.console(out), table.grid(names, values))
    warn_of_damage(opened)
