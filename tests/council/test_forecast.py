"""Draft and record -> forecast: stances, what-ifs, notes; and the backtest."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from dragoman import Document
from dragoman.analysis import Actor, Analysis, MeasureSpan, Party, Stance
from dragoman.council import Council, Draft, Term
from dragoman.council.backtest import backtest, report, write_predictions
from dragoman.council.chances import Chances
from dragoman.council.forecast import change_of
from dragoman.council.kit import Kit, load, save
from dragoman.council.stances import ELICITED, USUAL, bears, decisive, moved, said
from dragoman.document import Span
from dragoman.errors import InputError, UsageError
from dragoman.knowledge import Gazetteer
from dragoman.record import Record
from dragoman.record.reviews import judge

TEXT = "Russia will veto sanctions on Syria."


def draft(*terms: Term, **changes: object) -> Draft:
    """A western draft on Syria, of February 2012."""
    fields = {"date": "2012-02-04", "topic": "Syria", "region": "Middle East", "lead": "west", "toward": "SYR"}
    return Draft(
        **(fields | {"sponsors": frozenset({"FRA", "GBR"}), "terms": terms or (Term(measure="sanctions"),)} | changes)
    )


@pytest.fixture
def record(tmp_path: Path) -> Callable[..., Record]:
    """A record of one invented page with one stance of Russia on sanctions."""

    def make(published: str | None = "2012-01-20", **changes: object) -> Record:
        document = Document(TEXT, publisher="The Daily Example", published=published)
        stance = {
            "id": "s1",
            "holder": Party(0, 6, "Russia", "RUS"),
            "measure": MeasureSpan(17, 26, "sanctions", "sanctions"),
            "stance": "opposes",
            "force": "veto_threat",
            "toward": "SYR",
            "evidence": Span(0, len(TEXT), TEXT),
        }
        actors = tuple(Actor(id=i, name=n, kind="state", country=i) for i, n in (("RUS", "Russia"), ("SYR", "Syria")))
        page = Analysis(reader="test", document=document, actors=actors, stances=(Stance(**(stance | changes)),))
        found = Record(tmp_path / "record", create=True)
        found.add([page])
        return found

    return make


@pytest.fixture(scope="module")
def council(gazetteer: Gazetteer) -> Council:
    """With what ships."""
    return Council.load(gazetteer)


def member(forecast, id: str):
    """One member's row."""
    return next(m for m in forecast.members if m.member == id)


def test_fifteen_members_and_their_chances(council: Council) -> None:
    """Chances sum to one, permanent members come first, sponsors will vote for it."""
    found = council.forecast(draft())
    assert len(found.members) == 15
    assert [m.bloc for m in found.members[:5]] == ["permanent"] * 5
    assert all(m.yes + m.abstain + m.no == pytest.approx(1) for m in found.members)
    assert all(m.yes_low <= m.yes <= m.yes_high for m in found.members)
    assert (member(found, "FRA").likely, member(found, "FRA").reasons[0]) == ("yes", "It sponsors the draft.")
    assert sum(found.outcomes.values()) == pytest.approx(1)


def test_a_veto_threat_in_the_record_counts(council: Council, record: Callable[..., Record]) -> None:
    """It makes the no likelier, brings its quote, and tightens the interval."""
    silent, heard = council.forecast(draft()), council.forecast(draft(), record())
    assert member(heard, "RUS").no > member(silent, "RUS").no
    assert heard.outcomes["vetoed"] > silent.outcomes["vetoed"]
    assert [s.quote for s in member(heard, "RUS").said] == [TEXT]
    assert "intervals are 2 times as wide" in silent.notes[0]
    assert "known of 1 members" in heard.notes[0]


def test_the_term_that_would_have_to_change(council: Council, record: Callable[..., Record]) -> None:
    """Of two terms the one under threat helps most when left out."""
    found = council.forecast(draft(Term(measure="dialogue"), Term(measure="sanctions")), record())
    assert [c.without for c in found.changes] == ["sanctions", "dialogue"]
    assert found.changes[0].adopted > found.outcomes["adopted"]


@pytest.mark.parametrize(
    "stance",
    [
        {"published": "2012-02-04"},
        {"published": "2012-02-10"},
        {"published": None},
        {"toward": "RUS"},
        {"measure": MeasureSpan(17, 26, "sanctions", "trade")},
        {"holder": Party(0, 6, "Russia", None)},
    ],
)
def test_what_does_not_count(council: Council, record: Callable[..., Record], stance: dict[str, object]) -> None:
    """Of the day of the vote, later, undated, about another state, on another measure, by nobody."""
    assert not any(m.said for m in council.forecast(draft(), record(**stance)).members)


def test_an_undated_page_that_does_not_count_is_named(council: Council, record: Callable[..., Record]) -> None:
    """Who forgot the date learns why nothing was heard; who asked for such pages, or dated them, does not."""
    hint = "Pages without a date hold 1 that do not count: ask with --undated, or read them with --published."
    assert hint in council.forecast(draft(), record(published=None)).notes
    assert hint not in council.forecast(draft(), record(published=None), undated=True).notes


def test_an_undated_page_counts_when_asked(council: Council, record: Callable[..., Record]) -> None:
    """With half its weight."""
    assert not member(council.forecast(draft(), record(published=None)), "RUS").said
    (one,) = member(council.forecast(draft(), record(published=None), undated=True), "RUS").said
    assert one.weight == 0.5


def test_a_draft_against_what_a_member_opposes_pleases_it(gazetteer: Gazetteer, record: Callable[..., Record]) -> None:
    """It opposes sanctions, and the draft rules them out."""
    (one,) = said(record(), draft(Term(measure="sanctions", does="against")), ("RUS",), gazetteer)
    assert not one.against
    assert one.force_of_no < 0


def test_a_stance_that_a_person_rejected_is_not_heard(gazetteer: Gazetteer, record: Callable[..., Record]) -> None:
    """Forecasts go by the rows as people put them right, like every answer of a record."""
    kept = record()
    (page,) = kept.documents
    kept.reviews.add([judge(kept.reviewed(page), "stances", "s1", "reject", reviewer="ada", at="2031-05-03T10:00:00Z")])
    assert said(kept, draft(), ("RUS",), gazetteer) == ()


def test_who_is_as_usual_votes_as_elicited(gazetteer: Gazetteer, record: Callable[..., Record]) -> None:
    """A member of usual habits, heard with full weight, votes as ELICITED says; with half of it, half the way there."""
    from dataclasses import replace

    (threat,) = said(record(), draft(), ("RUS",), gazetteer)
    no, abstain = USUAL
    usual = Chances(("RUS",), 0.5, np.array([[1 - 2 * (no + abstain), 2 * abstain, 2 * no]]))
    elicited = ELICITED[True]["veto_threat"][1][0]
    assert moved(usual, [replace(threat, weight=1.0)]).votes[0, 2] == pytest.approx(elicited)
    assert moved(usual, [replace(threat, weight=0.5)]).votes[0, 2] == pytest.approx((elicited + no) / 2)


def test_the_stance_most_against_a_draft_decides(gazetteer: Gazetteer, record: Callable[..., Record]) -> None:
    """Said twice it counts once, and liking the rest takes nothing back; without it the likes count."""
    from dataclasses import replace

    (threat,) = said(record(), draft(), ("RUS",), gazetteer)
    liked = replace(threat, term=Term(measure="dialogue"), against=False)
    assert decisive([liked, threat, threat]) == {"RUS": threat}
    assert decisive([liked]) == {"RUS": liked}


def test_the_readings_of_a_stance_bound_the_outcome(council: Council, record: Callable[..., Record]) -> None:
    """A forecast with stances says how far it hangs on what was judged; without, there is nothing to say."""
    heard, silent = council.forecast(draft(), record()), council.forecast(draft())
    low, high = heard.between["vetoed"]
    assert low < heard.outcomes["vetoed"] < high
    assert silent.between["vetoed"] == (silent.outcomes["vetoed"],) * 2


@pytest.mark.parametrize("against", [True, False])
def test_every_force_has_its_chances(against: bool) -> None:
    """Low, middle and high rise, leave room for a yes, and lie on the right side of the usual."""
    for answers in ELICITED[against].values():
        noes = [no for no, _ in answers]
        assert noes == sorted(noes)
        assert all(no + abstain < 1 for no, abstain in answers)
        assert (noes[0] > USUAL[0]) == against


def test_interference_speaks_to_intervention() -> None:
    """A word on interference bears on troops, not on dialogue."""
    assert (bears("interference", "troop_deployment"), bears("interference", "dialogue"), bears("aid", "aid")) == (
        1.0,
        0.0,
        1.0,
    )


def test_what_ifs_in_words() -> None:
    """Drop and add; anything else is refused."""
    one = draft(Term(measure="sanctions"), Term(measure="dialogue"))
    assert [t.measure for t in change_of("drop sanctions", one, ("sanctions",)).terms] == ["dialogue"]
    assert change_of("add aid", one, ("aid",)).terms[-1].measure == "aid"
    for words, error, rule in (("be nice", UsageError, "no what-if"), ("add x", InputError, "no measure type")):
        with pytest.raises(error, match=rule):
            change_of(words, one, ("aid",))


def test_a_vote_taken_as_cast(council: Council) -> None:
    """It is certain, and a permanent no leaves nothing to adopt; one without a seat is refused."""
    found = council.forecast(draft(), fixed={"RUS": "no"})
    assert member(found, "RUS").no == 1.0
    assert found.outcomes["adopted"] == 0.0
    with pytest.raises(UsageError, match="BRA has no seat"):
        council.forecast(draft(), fixed={"BRA": "no"})


def test_what_it_cannot_know_is_noted(council: Council) -> None:
    """No sponsors; a topic that is new; votes that are old; none at all."""
    unknown = council.forecast(draft(sponsors=frozenset(), lead="unknown", topic="Ruritania", date="2026-12-01"))
    words = " ".join(unknown.notes)
    assert "Without sponsors" in words
    assert "hardly voted on 'Ruritania'" in words
    assert "days older than this one" in words
    with pytest.raises(UsageError, match="No vote before 1950-06-01"):
        council.forecast(draft(date="1950-06-01"))


def test_newer_votes_take_the_place_of_what_ships(gazetteer: Gazetteer, council: Council, rolls, kit: Kit) -> None:
    """Five Russian vetoes in a week that never were make the next one likelier."""
    from dragoman.council.past import Past

    days = (f"2012-01-{day}" for day in range(10, 15))
    invented = rolls(*((day, "Syria", "France", {"Russian Federation": "No"}) for day in days))
    other = Council.load(gazetteer, Past.of(invented, kit.leanings))
    assert other.forecast(draft()).outcomes["vetoed"] > council.forecast(draft()).outcomes["vetoed"] * 1.3


def test_the_kit_comes_back_as_it_was_written(kit: Kit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Models with their bonds, past with its topics, leanings."""
    import dragoman.council.kit as module

    (tmp_path / "weights").mkdir()
    save(kit, tmp_path / "weights" / module.FILE)
    monkeypatch.setattr(module, "files", lambda _: tmp_path)
    again = load.__wrapped__()
    assert again.past.entries[:50] == kit.past.entries[:50] or str(again.past.entries[:50]) == str(
        kit.past.entries[:50]
    )
    year = max(kit.models)
    assert again.models[year].bonds == kit.models[year].bonds
    assert again.past.topics == kit.past.topics
    assert np.array_equal(again.models[year].vote.weights, kit.models[year].vote.weights)


@pytest.fixture
def small(rolls):
    """Twelve invented drafts of 2012, two of them vetoed."""
    return rolls(
        *(
            (f"2012-{m:02}-05", "Syria" if m % 2 else "Mali", "France", {"China": "No"} if m in (5, 9) else {})
            for m in range(1, 13)
        )
    )


def test_a_backtest_forecasts_each_vote_of_its_days(small, kit: Kit) -> None:
    """From a date to a date, with shipped models where the files hold too little; none is an error."""
    run = backtest(small, kit, "2012-05-01", "2012-10-31")
    assert [t.roll.draft.date[5:7] for t in run.tested] == ["05", "06", "07", "08", "09", "10"]
    with pytest.raises(InputError, match="no usable draft from 2020"):
        backtest(small, kit, "2020-01-01")


def test_a_report_has_its_baselines_and_misses(small, kit: Kit) -> None:
    """Model and baselines side by side with intervals; the surest vote that came otherwise is named."""
    found = report(backtest(small, kit, "2012-05-01"))
    assert {"model", "always yes", "own frequencies", "last on topic"} <= set(found.sets["contested drafts"])
    loss = found.sets["all drafts"]["model"]["log loss"]
    assert loss.low <= loss.value <= loss.high
    assert found.worst[0][3:5] == ("CHN", "no")
    assert 0 <= found.vetoes["veto ROC AUC"].value <= 1


def test_predictions_are_a_row_per_draft_and_member(small, kit: Kit) -> None:
    """With three chances that sum to one."""
    run, out = backtest(small, kit, "2012-11-01"), io.StringIO()
    write_predictions(run.tested, out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert len(rows) == 30
    assert all(sum(float(r[k]) for k in ("yes", "abstain", "no")) == pytest.approx(1, abs=1e-5) for r in rows)
