"""`dragoman relate`: pairs in, what the text reports from the one to the other out."""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

import click

from dragoman.cli.common import say, stdout, verb
from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.ingest import Source, Unread
    from dragoman.reading.relations import Relator

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the input. Spans are code points of `text`, half-open; `id` is whatever the line says, or None."""

    id: object
    text: str
    actor: Span | None
    recipient: Span | None


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@verb
def relate(paths: tuple[str, ...]) -> None:
    """Type given pairs: which PLOVER type does a text report from an actor to a recipient?

    FILE is JSON Lines, also .gz, or - for standard input, a pair on each line: {"id", "text", "actor": [start, end],
    "recipient": [start, end]}. Positions count characters (Unicode code points) from 0, end excluded; one of the two may be
    null. A line {"id", "type", "scores"} goes to standard output for each, in the order of the input: one of PLOVER's 16
    types, or NONE where nothing passes in this direction, and the probability of each.

    A line that cannot be used is named on standard error and passed over. Exit status: 0 all were typed, 1 some were not.
    """
    from dragoman.ingest import Options, Unread
    from dragoman.ingest.paths import sources
    from dragoman.reading.relations import Relator

    relator, out, missed = Relator(), stdout(), 0
    for path in paths:
        for source in sources(path, Options()):
            for found in [source] if isinstance(source, Unread) else _answers(source, relator):
                missed += _put(found, out)
    sys.exit(1 if missed else 0)


def _put(found: Unread | str, out: TextIO) -> int:
    """Write an answer, or say what could not be used; the number of things missed."""
    if isinstance(found, str):
        out.write(found)
        return 0
    say(str(found))
    return 1


def _answers(source: Source, relator: Relator) -> Iterator[Unread | str]:
    """A line of output for each line of input that asks something, and an Unread for each that cannot be used."""
    try:
        for line in source.lines():
            if line.fault is not None:
                yield source.unread(line.fault, line=line.number)
            elif line.text.strip():
                try:
                    yield _answer(asked(line.text), relator)
                except InputError as error:
                    yield source.unread(str(error), line=line.number)
    except InputError as error:
        yield source.unread(str(error))
    except (OSError, EOFError, zlib.error) as error:
        yield source.unread(f"The file breaks off or cannot be read: {error}. Fetch it anew, or check its permissions.")


def _answer(pair: Asked, relator: Relator) -> str:
    from dragoman.ingest.source import clean

    relation = relator.relate(pair.text, pair.actor, pair.recipient)
    scores = {type: round(score, 6) for type, score in relation.scores.items()}
    return clean(json.dumps({"id": pair.id, "type": relation.type, "scores": scores}, ensure_ascii=False)) + "\n"


def asked(line: str) -> Asked:
    """What a line of JSON asks. Raises InputError with the rule that it breaks and what to do."""
    row = _object(line)
    text = row.get("text")
    if not isinstance(text, str):
        raise InputError('It has no text; put the sentence under "text", as a string.')
    return Asked(row.get("id"), text, _span(row, "actor"), _span(row, "recipient"))


def _object(line: str) -> Mapping[str, object]:
    try:
        row = json.loads(line, strict=False)
    except (ValueError, RecursionError):
        raise InputError("It is not valid JSON; write one object on each line.") from None
    if not isinstance(row, dict):
        raise InputError('It is not a JSON object; write {"id": ..., "text": ..., "actor": [start, end], ...}.')
    return row


def _span(row: Mapping[str, object], name: str) -> Span | None:
    value = row.get(name)
    if value is None:
        return None
    match value:
        case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
            return start, end
    raise InputError(f"The {name} is no pair of whole numbers; write [start, end] in characters of the text, or null.")
