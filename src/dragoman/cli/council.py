"""`dragoman council ...`: would this draft pass? Forecasts, composition, history, and how good the forecasts were."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dragoman.cli.common import Verbs, say, stdout, verb

if TYPE_CHECKING:
    from dragoman.council.backtest import Report
    from dragoman.council.forecast import Council, Forecast
    from dragoman.council.past import Past
    from dragoman.council.rolls import Roll
    from dragoman.record import Record
    from dragoman.views.web.council import Forecasting


@click.group(cls=Verbs)
def council() -> None:
    """Would this draft pass? The Security Council's votes: forecast, tested on the past, and looked up."""


def tables(required: bool) -> Callable[[Any], Any]:
    """The options that name the voting tables."""

    def add(command: Any) -> Any:
        drafts = click.option("--drafts", type=click.Path(), required=required, help="CSV of drafts, one row each.")
        return click.option("--votes", type=click.Path(), required=required, help="CSV of votes, one row each.")(
            drafts(command)
        )

    return add


@council.command()
@click.argument("draft", type=click.Path())
@click.option("--record", type=click.Path(), help="A record, for what the members have said about the draft's terms.")
@click.option("--date", help="The day of the vote; only what is older is used. Default: the date in the draft.")
@tables(required=False)
@click.option(
    "--what-if", "what_if", multiple=True, metavar="TEXT", help='"drop MEASURE" or "add MEASURE"; may be repeated.'
)
@click.option("--without", multiple=True, metavar="MEASURE", help="Leave out a term; may be repeated.")
@click.option("--vote", "fixed", multiple=True, metavar="MEMBER=VOTE", help="Take a vote as cast, as in CHN=abstain.")
@click.option("--undated", is_flag=True, help="Count pages of the record that carry no date.")
@click.option("--format", type=click.Choice(["table", "json", "html"]), default="table", show_default=True)
@verb
def forecast(
    draft: str,
    record: str | None,
    date: str | None,
    votes: str | None,
    drafts: str | None,
    what_if: tuple[str, ...],
    without: tuple[str, ...],
    fixed: tuple[str, ...],
    undated: bool,
    format: str,
) -> None:
    """Forecast the vote on a draft: each member, the outcome, who decides, and which term would have to change.

    DRAFT is a TOML file with the draft's topic, sponsors and terms; docs/council.md shows one.
    """
    from dragoman.council.drafts import draft_text
    from dragoman.council.question import Question, answer
    from dragoman.knowledge.ontology import load_ontology
    from dragoman.record import Record

    made, names = _council(votes, drafts)
    question = Question(
        text=draft_text(draft), where=draft, date=date, what_if=what_if, without=without, votes=fixed, undated=undated
    )
    opened = Record(record) if record else None
    _show(answer(question, made, names, tuple(load_ontology().measures), opened), format)


def forecasting() -> Forecasting:
    """What the workbench asks for a forecast; the council is made when the first one is wanted."""
    made: list[tuple[Council, Any]] = []

    def forecast(text: str, record: Record, **asked: Any) -> Mapping[str, Any]:
        from dragoman.council.question import Question, answer
        from dragoman.knowledge.ontology import load_ontology

        if not made:
            made.append(_council(None, None))
        council, names = made[0]
        question = Question(text=text, where="The draft", **asked)
        return answer(question, council, names, tuple(load_ontology().measures), record).to_dict()

    return forecast


def _council(votes: str | None, drafts: str | None) -> tuple[Council, Any]:
    from dragoman.council import Council, Names
    from dragoman.council.past import Past
    from dragoman.knowledge import Gazetteer

    names = Names(Gazetteer.load())
    rolls = _rolls(votes, drafts, names)
    made = Council.load(names.gazetteer)
    return (Council.load(names.gazetteer, Past.of(rolls, made.kit.leanings)) if rolls else made), names


def _rolls(votes: str | None, drafts: str | None, names: Any) -> tuple[Roll, ...]:
    from dragoman.council import read_rolls

    if bool(votes) != bool(drafts):
        raise click.UsageError("--votes and --drafts go together: one holds the votes, the other the drafts.")
    return read_rolls(votes, drafts, names) if votes and drafts else ()


def _show(made: Forecast, format: str) -> None:
    from json import dumps

    from dragoman.views import council as views

    row = made.to_dict()
    match format:
        case "json":
            stdout().write(dumps(row, ensure_ascii=False, indent=2) + "\n")
        case "html":
            views.write_page(row, stdout())
        case _:
            views.write_table(row, stdout())


@council.command()
@click.option("--date", required=True, help="A day since 17 January 1946.")
@verb
def members(date: str) -> None:
    """List who sat on the Council on a day."""
    from dragoman.knowledge import Gazetteer
    from dragoman.knowledge.seats import PERMANENT, seated
    from dragoman.views import table

    gazetteer = Gazetteer.load()
    rows = [
        (m, gazetteer.entries(m)[0].name, "permanent" if m in PERMANENT else "elected") for m in seated(gazetteer, date)
    ]
    out = stdout()
    table.put(
        table.console(out),
        table.grid(("member", "name", "seat"), sorted(rows, key=lambda r: (r[2] != "permanent", r[0]))),
    )


@council.command()
@click.option("--country", required=True, help="A state, by name or alpha-3 code.")
@click.option("--topic", help="Words of the Council's topic, as in Syria. Default: all topics, summed.")
@tables(required=False)
@verb
def history(country: str, topic: str | None, votes: str | None, drafts: str | None) -> None:
    """Show how a member voted: each vote where --votes and --drafts are given, else counts by two years as they ship."""
    from dragoman.council import Names
    from dragoman.council.kit import load
    from dragoman.errors import UsageError
    from dragoman.knowledge import Gazetteer
    from dragoman.views import table

    names = Names(Gazetteer.load())
    member = names.state(country, "2025-01-01")
    if member is None:
        raise UsageError(f"{country!r} is no state. Write its name or its alpha-3 code, as in RUS.")
    rolls = _rolls(votes, drafts, names)
    columns, rows = _votes_of(rolls, member, topic) if rolls else _counts_of(load().past, member, topic)
    if not rows:
        raise UsageError(
            f"No vote of {member}{f' on {topic!r}' if topic else ''} is known. Try other words, or leave --topic out."
        )
    out = stdout()
    table.put(table.console(out), table.grid(columns, rows))


def _votes_of(rolls: tuple[Roll, ...], member: str, topic: str | None) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    found = [r for r in rolls if member in r.votes and (not topic or topic.casefold() in r.draft.topic.casefold())]
    rows = [(r.draft.date, r.draft.symbol, r.draft.topic, r.votes[member], r.decision.outcome) for r in found]
    return ("date", "draft", "topic", "vote", "outcome"), rows


def _counts_of(past: Past, member: str, topic: str | None) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    from datetime import date

    found = [e for e in past.entries if member in e.votes and (not topic or topic.casefold() in e.topic.casefold())]
    if topic:
        rows = [(date.fromordinal(e.day).isoformat(), e.topic, e.lead, *e.votes[member]) for e in found]
        return ("until", "topic", "brought by", "yes", "abstain", "no"), rows
    by_topic: dict[str, list[tuple[int, int, int]]] = {}
    for entry in found:
        by_topic.setdefault(entry.topic, []).append(entry.votes[member])
    sums = [(t, *(sum(v) for v in zip(*votes, strict=True))) for t, votes in by_topic.items()]
    return ("topic", "yes", "abstain", "no"), sorted(sums, key=lambda r: (-r[3] - r[2], r[0]))


@council.command()
@tables(required=True)
@click.option("--since", required=True, help="First day of the test.")
@click.option("--until", default="9999", help="Last day of the test. Default: the end of the files.")
@click.option(
    "--predictions", type=click.Path(), help="Write the chances, one row per draft and member, to this CSV file."
)
@click.option("--format", type=click.Choice(["table", "json"]), default="table", show_default=True)
@verb
def backtest(votes: str, drafts: str, since: str, until: str, predictions: str | None, format: str) -> None:
    """Forecast past votes, each as if on the day before it, and say how good that was."""
    from dragoman.council import Names
    from dragoman.council.backtest import backtest as test
    from dragoman.council.backtest import report, write_predictions
    from dragoman.council.kit import load
    from dragoman.knowledge import Gazetteer

    run = test(_rolls(votes, drafts, Names(Gazetteer.load())), load(), since, until)
    if predictions:
        with Path(predictions).open("w", encoding="utf-8", newline="") as out:
            write_predictions(run.tested, out)
        say(f"{sum(len(t.described.members) for t in run.tested)} predictions are in {predictions}.")
    _report(report(run), format)


def _report(found: Report, format: str) -> None:
    from dataclasses import asdict
    from json import dumps

    from dragoman.views import table

    out = stdout()
    if format == "json":
        out.write(dumps(asdict(found), indent=2) + "\n")
        return
    screen = table.console(out)
    for name, models in found.sets.items():
        figures = next(iter(models.values()))
        rows = [(model, *(str(figure) for figure in values.values())) for model, values in models.items()]
        table.put(screen, table.grid((name, *figures), rows))
    table.put(screen, table.grid(("outcome", "figure [95 %]"), [(k, str(v)) for k, v in found.vetoes.items()]))
    bins = [(vote, f"{c:.3f}", f"{h:.3f}", n) for vote, curve in found.calibration.items() for c, h, n in curve]
    table.put(screen, table.grid(("vote", "mean chance", "came true", "votes"), bins))
    table.put(
        screen,
        table.grid(
            ("date", "draft", "topic", "member", "vote", "its chance"), [(*w[:5], f"{w[5]:.4f}") for w in found.worst]
        ),
    )
    say(f"{found.drafts} drafts, {found.votes} votes; intervals by bootstrap over drafts.")
