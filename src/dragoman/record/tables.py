"""The tables that SQL sees: flat views over the nested rows of the parts.

Names follow one rule. A span X gives `X_quote`, `X_start`, `X_end`, and `substring(text, X_start + 1, X_end - X_start) = X_quote`
holds over the text of its document. Who or what the span stands for is `X` (an actor id, a measure type, the name of a place, a
number), and an actor's name, kind, country and code stand beside its id. Where a row is itself a span, its columns are `quote`,
`quote_start`, `quote_end`.
"""

from __future__ import annotations

from collections.abc import Iterable


def _span(name: str, path: str) -> str:
    return f'{path}.text AS {name}_quote, {path}.start AS {name}_start, {path}."end" AS {name}_end'


def _row_span(path: str) -> str:
    return f'{path}.text AS quote, {path}.start AS quote_start, {path}."end" AS quote_end'


def _actor(name: str, id: str, who: str) -> str:
    return ", ".join((f"{id} AS {name}", *(f"{who}.{f} AS {name}_{f}" for f in ("name", "kind", "country", "code"))))


def _party(name: str, path: str) -> str:
    return f"{_actor(name, f'{path}.actor', f'{path}.who')}, {_span(name, path)}"


def _place(name: str, path: str) -> str:
    facts = ("kind", "country", "province", "latitude", "longitude", "geonames")
    known = (f"{path}.{fact} AS {name}_{fact}" for fact in facts)
    return ", ".join((f"{path}.name AS {name}", *known, _span(name, path)))


def _count(name: str, path: str) -> str:
    return f"{path}.value AS {name}, {path}.least AS {name}_least, {path}.most AS {name}_most, {_span(name, path)}"


def _columns(path: str, names: str) -> str:
    return ", ".join(f"{path}.{name}" for name in names.split())


def _each(field: str) -> str:
    """One row `r` for each item of a nested list, beside the document it belongs to."""
    return f"(SELECT document_id, publisher, published, reader, unnest({field}) AS r FROM stored.readings)"


def _rows(field: str, *columns: str) -> str:
    return f"SELECT document_id, publisher, published, {', '.join(columns)}, reader FROM {_each(field)}"


def _contents() -> str:
    return (
        f"SELECT document_id, publisher, published, r.id AS statement, position, {_row_span('r.content[position]')}, reader "
        f"FROM (SELECT *, unnest(range(1, len(r.content) + 1)) AS position FROM {_each('statements')})"
    )


def _said() -> str:
    """What searches of statements go by: every piece of what is said, and who says it."""
    return (
        "SELECT document_id, publisher, published, r.id AS id, r.content[position].start AS start, "
        "r.content[position].text AS words, r.source.actor AS source, r.source.who.country AS source_country "
        f"FROM (SELECT *, unnest(range(1, len(r.content) + 1)) AS position FROM {_each('statements')})"
    )


def _event_parties(role: str, field: str) -> str:
    return (
        f"SELECT document_id, publisher, published, r.id AS event, r.type AS type, '{role}' AS role, "
        f"{_actor('actor', 'p.actor', 'p.who')}, {_row_span('p')}, {_columns('r', 'polarity modality claimed_in score')}, "
        f"reader FROM (SELECT *, unnest(r.{field}) AS p FROM {_each('events')})"
    )


_NO_STATES = ", ".join(f"'{code}'" for code in ("UNO", "EUR", "IGO", "NGO", "ISM", "IMG", "MNC"))


def _keys(field: str, value: str) -> str:
    return f"list_sort(list_distinct([{value} FOR p IN r.{field} IF p.actor IS NOT NULL]))"


def country_or_id(actor: str, country: str) -> str:
    """The country an actor belongs to; its id where that is no state (PLOVER's UNO, IGO, NGO ... say only what kind it is)."""
    is_state = f"regexp_full_match({country}, '[A-Z]{{3}}') AND {country} NOT IN ({_NO_STATES})"
    return f"CASE WHEN {is_state} THEN {country} ELSE {actor} END"


_COUNTRY = country_or_id("p.actor", "p.who.country")


def coded(events: str) -> str:
    """Events with what counting and linking go by: the day, and their parties as countries, as codes and as words."""
    code = "coalesce(nullif(p.who.code, ''), p.actor)"
    return (
        f"SELECT document_id, publisher, published, r.id AS id, r.type AS type, r.mode AS mode, r.cameo AS cameo, "
        f"r.polarity AS polarity, r.modality AS modality, r.claimed_in AS claimed_in, r.score AS score, r.date AS date, "
        f"coalesce(r.date, left(published, 10)) AS day, {_span('anchor', 'r.anchor')}, {_place('place', 'r.place')}, "
        f"{_keys('actors', _COUNTRY)} AS actor_keys, {_keys('recipients', _COUNTRY)} AS recipient_keys, "
        f"{_keys('actors', code)} AS actor_codes, {_keys('recipients', code)} AS recipient_codes, "
        f"[p.actor FOR p IN r.actors] AS actors, [p.actor FOR p IN r.recipients] AS recipients, "
        f"[p.text FOR p IN list_concat(r.actors, r.recipients)] AS party_words FROM {events}"
    )


AROUND = 200
"""Code points before and behind the words of an event that are searched with it."""


def _told() -> str:
    """What searches of events go by: the passage around each, and who has a part in it."""
    start = f"greatest(0, anchor_start - {AROUND})"
    return (
        f"SELECT document_id, e.publisher, e.published, id, {start} AS start, "
        f"substring(text, {start} + 1, anchor_end - anchor_start + {2 * AROUND}) AS words, type, "
        "list_concat(actors, recipients) AS parties, list_concat(actor_keys, recipient_keys) AS party_keys "
        f"FROM ({coded(_each('events'))}) e JOIN stored.documents USING (document_id)"
    )


VIEWS = {
    "documents": (
        "SELECT document_id, publisher, published, title, language, url, length(text) AS length, text FROM stored.documents"
    ),
    "actors": _rows("actors", _columns("r", "id name kind country sectors code")),
    "mentions": _rows("mentions", _actor("actor", "r.actor", "r.who"), "r.via", _row_span("r")),
    "statements": _rows(
        "statements",
        "r.id",
        _party("source", "r.source"),
        _span("cue", "r.cue"),
        "array_to_string([c.text FOR c IN r.content], ' … ') AS content",
        _columns("r", "form within score"),
    ),
    "contents": _contents(),
    "events": _rows(
        "events",
        _columns("r", "id type mode contexts cameo"),
        _span("anchor", "r.anchor"),
        "[p.actor FOR p IN r.actors] AS actors",
        "[p.actor FOR p IN r.recipients] AS recipients",
        "r.date",
        _place("place", "r.place"),
        *(_count(name, f"r.{name}") for name in ("dead", "injured", "arrested")),
        _columns("r", "polarity modality claimed_in score"),
    ),
    "event_parties": f"{_event_parties('actor', 'actors')} UNION ALL {_event_parties('recipient', 'recipients')}",
    "stances": _rows(
        "stances",
        "r.id",
        _party("holder", "r.holder"),
        "r.stance",
        "r.force",
        "r.measure.type AS measure",
        _span("measure", "r.measure"),
        _actor("toward", "r.toward", "r.toward_who"),
        _span("condition", "r.condition"),
        _span("evidence", "r.evidence"),
        _columns("r", "statement score"),
    ),
    "copies": "SELECT document_id, original, similarity FROM stored.copies",
    "story_accounts": (
        "SELECT story, document_id, publisher, published, event, type, day, actor_keys AS actors, recipient_keys AS recipients, "
        "anchor_quote, anchor_start, anchor_end, score FROM stored.story_accounts a "
        "JOIN stored.coded e USING (document_id) WHERE e.id = a.event"
    ),
    "story_reports": (
        "SELECT story, document_id, publisher, published, likeness, rests_on "
        "FROM stored.story_reports JOIN documents USING (document_id)"
    ),
    "stories": (
        "SELECT story, any_value(type) AS type, list_sort(list_distinct(flatten(list(actors)))) AS actors, "
        "list_sort(list_distinct(flatten(list(recipients)))) AS recipients, min(day) AS day, min(published) AS first, "
        "max(published) AS last, count(*) AS accounts, count(DISTINCT document_id) AS documents, "
        "count(DISTINCT publisher) AS publishers FROM story_accounts GROUP BY story"
    ),
    "skipped": _rows("skipped", 'r.start AS skipped_start, r."end" AS skipped_end, r.reason'),
}
"""Name -> SELECT over `stored.documents` and `stored.readings`, the rows of the parts that count."""


FLAT = {"stances": VIEWS["stances"], "coded": coded(_each("events")), "said": _said(), "told": _told()}
"""The tables of which large parts have flat copies (flat.py): the SELECT over `stored.readings` that makes one."""

PLACES = {"stances": "main.stances", "coded": "stored.coded", "said": "stored.said", "told": "stored.told"}
"""Where each of these stands."""

HIDDEN = ("coded", "said", "told")
"""Those of them that no list of tables shows."""


def reviewed(table: str) -> str:
    """The rows of a table in FLAT as people put them right: those of documents with reviews come from `stored.laid`."""
    over_laid = FLAT[table].replace("stored.readings", "stored.laid")
    return f"SELECT * FROM {PLACES[table]} ANTI JOIN stored.laid USING (document_id) UNION ALL BY NAME {over_laid}"


def statements(sources: Iterable[tuple[str, str]]) -> Iterable[str]:
    """The SQL that makes all views; `sources` gives the SELECT for each of the stored tables."""
    yield from (f"CREATE VIEW stored.{name} AS {select}" for name, select in sources)
    yield from (f"CREATE VIEW stored.{name} AS {FLAT[name]}" for name in HIDDEN)
    yield from (f"CREATE VIEW {name} AS {select}" for name, select in VIEWS.items())
