"""Events -> the rows that count once duplicates are left out, and how many there are by period, actor, recipient, type ...

The scale of conflict and cooperation is Goldstein's (1992) as CAMEO has it for each code, and PLOVER's for types and
modes.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Literal, get_args

import pyarrow as pa

from dragoman.errors import UsageError
from dragoman.knowledge.ontology import load_ontology
from dragoman.record.filters import Duplicates, Filters, check_choice, where
from dragoman.record.repetitions import FIRST, same

Pairs = Literal["directed", "undirected"]
Ask = Callable[[str, Any], pa.Table]
"""SQL and its parameters -> the answer of a record."""

PERIODS = {
    "day": "CASE WHEN length(day) >= 10 THEN left(day, 10) END",
    "week": "CASE WHEN length(day) >= 10 THEN strftime(left(day, 10)::DATE, '%G-W%V') END",
    "month": "CASE WHEN length(day) >= 7 THEN left(day, 7) END",
    "quarter": "CASE WHEN length(day) >= 7 THEN left(day, 4) || '-Q' || ((substring(day, 6, 2)::INT + 2) // 3) END",
    "year": "left(day, 4)",
}
"""Units of the calendar, as the text that stands for one; weeks are ISO 8601's."""

_STEPS = {"day": "1 DAY", "week": "7 DAYS", "month": "1 MONTH", "quarter": "3 MONTHS", "year": "1 YEAR"}
BY = (*PERIODS, "actor", "recipient", "type", "mode", "quad", "publisher", "polarity", "modality", "claimed")
"""What counts may be broken down by."""

_ALPHABETICAL = (
    "least(actor, recipient)",
    "if(actor IS NULL OR recipient IS NULL, NULL, greatest(actor, recipient))",
)
"""A pair without direction: the first of the alphabet stands as actor; nobody is never first."""


def events_table(ask: Ask, filters: Filters, duplicates: Duplicates, reviewed: bool) -> pa.Table:
    """The events that count, in the order of their days, with all columns of the view `events` and what counting goes by."""
    rows, given = counted(filters, duplicates, reviewed)
    return ask(
        "SELECT e.*, c.day, c.actor_keys, c.recipient_keys, c.actor_codes, c.recipient_codes, c.story, c.accounts "
        f"FROM ({rows}) c JOIN {'events_reviewed' if reviewed else 'events'} e ON e.document_id = c.document_id AND e.id = c.id "
        "ORDER BY c.day NULLS LAST, e.document_id, e.anchor_start, e.id",
        given,
    )


def counted(filters: Filters, duplicates: Duplicates, reviewed: bool) -> tuple[str, list[Any]]:
    """The SELECT over the rows that count, and its parameters: the first account stands for all of an event."""
    check_choice("duplicates", duplicates, get_args(Duplicates))
    condition, given = where(filters)
    story = "a.story" if duplicates == "story" else "NULL::VARCHAR AS story"
    accounts = "LEFT JOIN stored.story_accounts a ON a.document_id = c.document_id AND a.event = c.id"
    selected = (
        f"SELECT c.* EXCLUDE (party_words), {story}, 1::BIGINT AS accounts FROM stored.coded{'_reviewed' * reviewed} c "
        f"{accounts if duplicates == 'story' else ''} WHERE {condition}"
    )
    return (selected if duplicates == "none" else _first_of_each(selected, same("events", duplicates))), given


def _first_of_each(selected: str, same: str) -> str:
    return (
        f"SELECT * REPLACE (count(*) OVER (PARTITION BY {same}) AS accounts) FROM ({selected}) "
        f"QUALIFY row_number() OVER (PARTITION BY {same} ORDER BY {FIRST}) = 1"
    )


def counts(
    ask: Ask,
    by: Sequence[str],
    filters: Filters,
    duplicates: Duplicates,
    *,
    pairs: Pairs,
    zero_filled: bool,
    reviewed: bool,
) -> pa.Table:
    """One row for each combination of the dimensions that occurs, or that could occur if `zero_filled`.

    `events` counts what counts once, `accounts` the events of the readings behind it; `goldstein` and `score` are
    means over `events`.
    Raises UsageError for a dimension that does not exist or stands there twice.
    """
    check_choice("pairs", pairs, get_args(Pairs))
    _check_dimensions(by)
    rows, given = counted(filters, duplicates, reviewed)
    steps = [f"rows AS ({rows})", f"cells AS ({_cells(by, pairs)})", f"counts AS ({_counts(by)})"]
    answer = "SELECT * FROM counts"
    if zero_filled and by:
        steps.append(f"grid AS ({_grid(by, filters)})")
        answer = _filled(by)
    order = f" ORDER BY {', '.join(f'{name} NULLS LAST' for name in by)}" if by else ""
    return ask(f"WITH {', '.join(steps)} {answer}{order}", given)


def _check_dimensions(by: Sequence[str]) -> None:
    for name in by:
        if name not in BY:
            raise UsageError(
                f"Counts cannot be broken down by {name!r}; write some of {', '.join(BY)}, with commas between."
            )
    if len(set(by)) < len(by):
        raise UsageError(f"by={','.join(by)} names a dimension twice; name each once.")


def _cells(by: Sequence[str], pairs: Pairs) -> str:
    """Each event once in every cell that it belongs to: one with two actors is in the cells of both.

    Keys of actors and of recipients are distinct, so only pairs without direction can meet twice.
    """
    one, other = ("actor", "recipient") if pairs == "directed" else _ALPHABETICAL
    named = {"actor": one, "recipient": other, "quad": "quad", "claimed": "claimed_in IS NOT NULL", **PERIODS}
    columns = "".join(f", {named.get(name, name)} AS {name}" for name in by)
    parties = {"actor", "recipient"}.intersection(by)
    if pairs == "undirected" and parties:
        parties = {"actor", "recipient"}
    exploded = "".join(f", unnest(if(len({p}_keys) = 0, [NULL], {p}_keys)) AS {p}" for p in sorted(parties))
    return (
        f"SELECT {'DISTINCT' if pairs == 'undirected' else ''} document_id AS of_document, id AS of_event, "
        f"accounts AS of_accounts, coalesce(own.goldstein, near.goldstein) AS goldstein, plover{columns} "
        f"FROM (SELECT * EXCLUDE (actors, recipients){exploded} FROM rows) "
        f"LEFT JOIN ({_plover()}) p ON p.of_type = type AND p.of_mode IS NOT DISTINCT FROM mode "
        f"LEFT JOIN ({_goldstein()}) own ON own.code = cameo AND coalesce(own.meant, type) = type "
        f"LEFT JOIN ({_goldstein()}) near ON near.code = p.nearest"
    )


def _counts(by: Sequence[str]) -> str:
    names = "".join(f"{name}, " for name in by)
    figures = (
        "count(*) AS events, coalesce(sum(of_accounts), 0)::BIGINT AS accounts, avg(goldstein) AS goldstein, "
        "avg(plover) AS score"
    )
    return f"SELECT {names}{figures} FROM cells" + (f" GROUP BY {', '.join(by)}" if by else "")


@cache
def _plover() -> str:
    """Type and mode with PLOVER's score, quad class and the nearest CAMEO code, as a SELECT."""
    ontology = load_ontology()
    kinds = [(type, mode) for type, kind in ontology.types.items() for mode in (None, *kind.modes)]
    rows = (
        f"('{type}', {_text(mode)}, {ontology.score(type, mode)}::DOUBLE, {ontology.types[type].quad}, "
        f"'{ontology.cameo(type, mode)}')"
        for type, mode in kinds
    )
    return f"FROM (VALUES {', '.join(rows)}) AS t(of_type, of_mode, plover, quad, nearest)"


@cache
def _goldstein() -> str:
    """CAMEO's codes with their PLOVER type, null where they have none, and their values on Goldstein's scale, as a SELECT."""
    codes = load_ontology().codes.items()
    rows = (f"('{code}', {_text(found.type)}, {found.goldstein}::DOUBLE)" for code, found in codes)
    return f"FROM (VALUES {', '.join(rows)}) AS t(code, meant, goldstein)"


def _text(value: str | None) -> str:
    return "NULL" if value is None else f"'{value}'"


def _grid(by: Sequence[str], filters: Filters) -> str:
    """Every cell that could be: every period from the first to the last, every pair and every other value that occurs."""
    axes = [_periods(name, filters) for name in by if name in PERIODS]
    pair = [name for name in by if name in ("actor", "recipient")]
    axes += [f"(SELECT DISTINCT {', '.join(pair)} FROM cells)"] if pair else []
    axes += [f"(SELECT DISTINCT {name} FROM cells)" for name in by if name not in (*PERIODS, *pair)]
    return f"SELECT {', '.join(by)} FROM {' CROSS JOIN '.join(axes)}"


def _periods(name: str, filters: Filters) -> str:
    """The periods of a unit from `since`, or the first event, to `until`, or the last one."""
    first = f"any_value('{_first_day(filters.since)}'::DATE)" if filters.since else f"min({_DAY})"
    last = f"any_value('{_last_day(filters.until)}'::DATE)" if filters.until else f"max({_DAY})"
    days = f"generate_series(date_trunc('{name}', first), last, INTERVAL {_STEPS[name]})"
    span = f"(SELECT {first} AS first, {last} AS last FROM rows)"
    return f"(SELECT {PERIODS[name]} AS {name} FROM (SELECT strftime(unnest({days}), '%Y-%m-%d') AS day FROM {span}))"


_DAY = "left(day || substring('0000-01-01', length(day) + 1), 10)::DATE"
"""The day of an event; the first day of its month or year where no more is known."""


def _first_day(date: str) -> str:
    return date + "0000-01-01"[len(date) :]


def _last_day(date: str) -> str:
    """The last day of a year, a month or a day."""
    if len(date) == 7:
        return f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]:02d}"
    return date + "0000-12-31"[len(date) :]


def _filled(by: Sequence[str]) -> str:
    """The grid with its counts, nothing counting 0, and what has no date after it."""
    same = " AND ".join(f"grid.{name} IS NOT DISTINCT FROM counts.{name}" for name in by)
    figures = "coalesce(events, 0) AS events, coalesce(accounts, 0) AS accounts, goldstein, score"
    undated = " OR ".join(f"{name} IS NULL" for name in by if name in PERIODS)
    rest = f" UNION ALL BY NAME SELECT * FROM counts WHERE {undated}" if undated else ""
    return f"SELECT {', '.join(f'grid.{name}' for name in by)}, {figures} FROM grid LEFT JOIN counts ON {same}{rest}"
