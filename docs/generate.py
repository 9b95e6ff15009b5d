"""Write docs/cli.md from the help of the command, so that the two cannot differ."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from dragoman.cli import main

INTRODUCTION = """\
# The command line

`dragoman read` turns news into readings, `dragoman show` and `dragoman sql` look at a record of them. Data goes to standard
output; messages go to standard error, one sentence each. This page is written by `python docs/generate.py` from the help of
the command.

| status | meaning |
|---|---|
| 0 | all was read |
| 1 | something was not read, in whole or in part, and is named on standard error; the rest was |
| 2 | the call is wrong; nothing was done |
| 130 | stopped by Ctrl-C; with `-o` the same command goes on from there |

`NO_COLOR=1` turns colours off, `FORCE_COLOR=1` keeps them in a pipe, as in `FORCE_COLOR=1 dragoman read news.txt --format text |
less -R`. Without colour every mark is a sign: `{source}`, `<cue>`, `[what is said]`, `*event as fact*`, `~event as claim~`,
`_measure_` and `(condition)`; small raised labels (1, e1, m1) tie them to the rows of the tables.
"""


def manual() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *_sections(main)])


def _sections(group: click.Group) -> Iterator[str]:
    with click.Context(group, info_name="dragoman", terminal_width=100, **group.context_settings) as outer:
        yield _section("dragoman", group.get_help(outer))
        for name, command in group.commands.items():
            with click.Context(command, info_name=name, parent=outer) as inner:
                yield _section(f"dragoman {name}", command.get_help(inner))


def _section(title: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return f"## {title}\n\n```\n{lines}\n```\n"


if __name__ == "__main__":
    if "--print" in sys.argv:
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        sys.stdout.write(manual())
    else:
        (Path(__file__).parent / "cli.md").write_text(manual(), encoding="utf-8", newline="\n")
