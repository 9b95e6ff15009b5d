"""Past roll calls -> forecasts made as if on the day before, and how good they were.

Rolling by year: for the votes of a year the model is fitted on all votes before its 1 January, and reads the past up to the day
before each vote. Where the given files hold too few earlier votes to fit one, the model and the past that ship fill in, as far as
they are older than the files.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

import numpy as np

from dragoman.council import scores
from dragoman.council.chances import Chances
from dragoman.council.features import MEMBER_FEATURES, Described, describe
from dragoman.council.joint import draw
from dragoman.council.kit import Kit
from dragoman.council.logit import fit
from dragoman.council.model import FIRST_YEAR, Model, classes, fit_years
from dragoman.council.past import COUNTED, Floats, Past
from dragoman.council.rolls import Roll
from dragoman.council.scores import Figure, Ints
from dragoman.errors import InputError

DRAWS = 4_000
KNOWN_TO_FIT = 250
"""With fewer earlier drafts in the files the shipped models are used."""
COLUMNS = ("src_id", "date", "draft", "member", "yes", "abstain", "no", "vote", "contested", "vetoed", "outcome")


@dataclass(frozen=True, slots=True, eq=False)
class Tested:
    """A roll call with its forecast: chances of the members that voted, and of the outcome."""

    roll: Roll
    described: Described
    chances: Chances
    vetoed: float
    adopted: float

    @property
    def cast(self) -> Ints:
        """How each member voted, as its place in COUNTED."""
        return classes(self.roll, self.described)


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """All roll calls to the end of the test, each described, and the tested ones with their forecasts."""

    rolls: Sequence[Roll]
    described: Mapping[str, Described]
    tested: Sequence[Tested]


def backtest(rolls: Sequence[Roll], kit: Kit, since: str, until: str = "9999") -> Run:
    """Forecasts of the drafts voted on from `since` to `until`, each as if on the day before. InputError where none."""
    wanted = [r for r in rolls if since <= r.draft.date <= until]
    if not wanted:
        raise InputError(
            f"The files hold no usable draft from {since} to {until}. Choose other dates or give other files."
        )
    given = Past.of(rolls, kit.leanings)
    past = kit.past.before(given.entries[0].day).joined(given)
    known = [r for r in rolls if r.draft.date <= until]
    described = [describe(r.draft, voting(r), past, kit.leanings) for r in known]
    years = sorted({r.draft.year for r in wanted})
    models = _models(known, described, years, kit)
    pairs = [(r, d) for r, d in zip(known, described, strict=True) if r.draft.date >= since]
    tested = tuple(_tested(r, d, models[r.draft.year], kit) for r, d in pairs)
    return Run(known, {r.id: d for r, d in zip(known, described, strict=True)}, tested)


def voting(roll: Roll) -> tuple[str, ...]:
    """The members that cast a vote, in order of seats."""
    return tuple(m for m in roll.seats if m in roll.votes)


def _models(rolls: Sequence[Roll], described: Sequence[Described], years: Sequence[int], kit: Kit) -> dict[int, Model]:
    """A model for each year, fitted on the given files where they hold enough, else shipped."""
    enough = [y for y in years if sum(r.draft.year < y for r in rolls) >= KNOWN_TO_FIT]
    fitted = fit_years(rolls, described, enough) if enough else {}
    return {y: fitted.get(y) or kit.model(f"{y}-01-01") for y in years}


def _tested(roll: Roll, described: Described, model: Model, kit: Kit) -> Tested:
    chances = model.chances(described)
    drawn = draw(chances, kit.leanings.each(described.members, roll.draft.year), model.bonds, number=DRAWS)
    outcome = drawn.outcomes(roll.draft.date, procedural=roll.draft.procedural)
    return Tested(roll, described, chances, outcome["vetoed"], outcome["adopted"])


_LEANING = [i for i, name in enumerate(MEMBER_FEATURES) if re.match("leaning|distance|above|below", name)]


def always_yes(_: Sequence[Roll], tested: Sequence[Tested]) -> Floats:
    """Yes, with a hundredth kept for each of the others."""
    return np.tile([0.98, 0.01, 0.01], (sum(len(t.described.members) for t in tested), 1))


def own_majority(rolls: Sequence[Roll], tested: Sequence[Tested]) -> Floats:
    """The member's own frequencies in all its votes before the year, a little of the usual added."""
    counts: dict[int, dict[str, Counter[int]]] = {}
    for year in {t.roll.draft.year for t in tested}:
        counts[year] = defaultdict(Counter)
        for roll in (r for r in rolls if r.draft.year < year):
            for member, vote in roll.votes.items():
                counts[year][member][COUNTED.index(vote)] += 1
    rows = (counts[roll.draft.year][member] for roll, member in _votes(tested))
    found = np.array([[c[0] + 0.95, c[1] + 0.035, c[2] + 0.015] for c in rows])
    return np.asarray(found / found.sum(axis=1, keepdims=True), dtype=float)


def last_on_item(rolls: Sequence[Roll], tested: Sequence[Tested]) -> Floats:
    """The member's last vote on the topic before the day, at 0.9; its own frequencies where there is none."""
    found, last = own_majority(rolls, tested), dict[tuple[str, str], list[tuple[str, int]]]()
    for roll in rolls:
        for member, vote in roll.votes.items():
            last.setdefault((member, roll.draft.topic), []).append((roll.draft.date, COUNTED.index(vote)))
    for i, (roll, member) in enumerate(_votes(tested)):
        before = [vote for on, vote in last.get((member, roll.draft.topic), ()) if on < roll.draft.date]
        if before:
            found[i] = np.where(np.arange(3) == before[-1], 0.9, 0.05)
    return found


def ideal_points_only(run: Run) -> Floats:
    """A logit of the member's leaning and its distances to the sponsors and the five, fitted on the votes before the year."""
    parts = []
    for year in sorted({t.roll.draft.year for t in run.tested}):
        before = [(r, run.described[r.id]) for r in run.rolls if FIRST_YEAR <= r.draft.year < year]
        rows = np.vstack([d.each[:, _LEANING] for _, d in before])
        model = fit(rows, np.concatenate([classes(r, d) for r, d in before]), kinds=3, ridge=1.0)
        parts += [model.probabilities(t.described.each[:, _LEANING]) for t in run.tested if t.roll.draft.year == year]
    return np.vstack(parts)


def _votes(tested: Sequence[Tested]) -> Iterator[tuple[Roll, str]]:
    yield from ((t.roll, m) for t in tested for m in t.described.members)


FIGURES: tuple[tuple[str, Callable[[Floats, Ints], float]], ...] = (
    ("log loss", scores.log_loss),
    ("accuracy", scores.accuracy),
    ("macro-F1", scores.macro_f1),
    ("Brier", scores.brier),
    ("calibration error", scores.calibration_error),
)


@dataclass(frozen=True, slots=True)
class Report:
    """Figures by set of drafts, then by model; vetoes; the picture of calibration; the worst misses."""

    drafts: int
    votes: int
    sets: Mapping[str, Mapping[str, Mapping[str, Figure]]]
    vetoes: Mapping[str, Figure]
    calibration: Mapping[str, Sequence[tuple[float, float, int]]]
    worst: Sequence[tuple[str, str, str, str, str, float]]


def report(run: Run) -> Report:
    """All figures of these forecasts, with the baselines beside them; a baseline that has nothing to be fitted on is left out."""
    rolls, tested = run.rolls, run.tested
    p, cast = np.vstack([t.chances.votes for t in tested]), np.concatenate([t.cast for t in tested])
    of = np.repeat(np.arange(len(tested)), [len(t.described.members) for t in tested])
    contested = np.array([t.roll.contested for t in tested])[of]
    forecasts = {"model": p, "always yes": always_yes(rolls, tested), "own frequencies": own_majority(rolls, tested)}
    forecasts["last on topic"] = last_on_item(rolls, tested)
    if any(FIRST_YEAR <= r.draft.year < tested[0].roll.draft.year for r in rolls):
        forecasts["ideal points only"] = ideal_points_only(run)
    sets = {"all drafts": np.ones(len(cast), bool), "contested drafts": contested}
    return Report(
        drafts=len(tested),
        votes=len(cast),
        sets={
            name: {m: _figures(q[rows], cast[rows], of[rows]) for m, q in forecasts.items()}
            for name, rows in sets.items()
            if rows.any()
        },
        vetoes=_vetoes(tested),
        calibration={kind: scores.curve(p[:, k], cast == k) for k, kind in enumerate(COUNTED)},
        worst=_worst(tested),
    )


def _figures(p: Floats, cast: Ints, of: Ints) -> dict[str, Figure]:
    return {name: scores.bootstrap(lambda i, f=f: f(p[i], cast[i]), of) for name, f in FIGURES}  # type: ignore[misc]


def _vetoes(tested: Sequence[Tested]) -> dict[str, Figure]:
    """Ranking and half-and-half forecasts of vetoes, and of drafts not adopted."""
    score, each = np.array([t.vetoed for t in tested]), np.arange(len(tested))
    vetoed = np.array([t.roll.decision.outcome == "vetoed" for t in tested])
    failed = np.array([t.roll.decision.outcome != "adopted" for t in tested])
    fails = np.array([t.adopted < 0.5 for t in tested])
    figures: dict[str, Callable[[Ints], float]] = {
        "veto ROC AUC": lambda i: scores.roc_auc(score[i], vetoed[i]),
        "veto average precision": lambda i: scores.average_precision(score[i], vetoed[i]),
        "veto precision": lambda i: scores.precision_recall(score[i] >= 0.5, vetoed[i])[0],
        "veto recall": lambda i: scores.precision_recall(score[i] >= 0.5, vetoed[i])[1],
        "not adopted, precision": lambda i: scores.precision_recall(fails[i], failed[i])[0],
        "not adopted, recall": lambda i: scores.precision_recall(fails[i], failed[i])[1],
        "outcome accuracy": lambda i: float((fails[i] == failed[i]).mean()),
    }
    return {name: scores.bootstrap(figure, each) for name, figure in figures.items()} if vetoed.any() else {}


def _worst(tested: Sequence[Tested], number: int = 10) -> list[tuple[str, str, str, str, str, float]]:
    """The votes that were given the least chance: date, draft, topic, member, vote, chance; one of each draft."""
    found = []
    for t in tested:
        chance = t.chances.votes[np.arange(len(t.cast)), t.cast]
        i = int(chance.argmin())
        found.append(
            (
                t.roll.draft.date,
                t.roll.draft.symbol,
                t.roll.draft.topic,
                t.described.members[i],
                COUNTED[t.cast[i]],
                float(chance[i]),
            )
        )
    return sorted(found, key=lambda row: row[-1])[:number]


def write_predictions(tested: Sequence[Tested], out: TextIO) -> None:
    """One CSV row per draft and member: the three chances, the vote, and the draft's chances of dissent and of a veto."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for t in tested:
        draft = t.roll.draft
        for member, chances in zip(t.described.members, t.chances.votes, strict=True):
            yes, abstain, no, contested, vetoed = (f"{c:.6f}" for c in (*chances, t.chances.contested, t.vetoed))
            row = (t.roll.id, draft.date, draft.symbol, member, yes, abstain, no, t.roll.votes[member])
            writer.writerow((*row, contested, vetoed, t.roll.decision.outcome))
