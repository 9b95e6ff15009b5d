"""A draft, the members, the past before its day -> the numbers that the model reads.

The past is seen through eleven glasses: each weighs the entries of the past by likeness to the draft (its topic, its region, who
brings it) and by age. Through each we count how drafts fared, how the member voted, and how members of like leaning voted. A
count of votes becomes the log of odds with a little of the usual added, so that nothing is certain and nothing is undefined.

Only entries older than the day of the vote are counted: drafts of the same day do not know of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dragoman.council.drafts import LEADS, REGIONS, Draft
from dragoman.council.leanings import Leanings
from dragoman.council.past import COUNTED, FIVE, RATES, Floats, Past, day_of, sponsor_leaning
from dragoman.knowledge.seats import PERMANENT

GLASSES = (
    "all",
    "recent",
    "topic",
    "topic and sponsors",
    "sponsors",
    "region and sponsors",
    "last on topic",
    "last like it",
    "this season",
    "half a year ago",
    "a year ago",
)
"""What each glass looks at. Half-lives: 2 years, 4 months, then 4, 4, 2 and 4 years; two see one day each; "this season" has a
half-life of 45 days; the last two see the topic half a year and a year earlier, when a mandate that is now renewed was given."""
_FIVE_THROUGH = ("topic and sponsors", "last on topic", "sponsors", "topic")
_LIKE_SPONSORS = 0.5
"""Leanings of sponsors this far apart are alike to 1/e."""
_LIKE_MEMBERS = 0.35
_LONG_AGO = 4000.0
"""Days to a vote that never was."""
_USUAL = {
    "contested": (0.05, 0.5),
    "opposed": (0.01, 0.5),
    "failed": (0.02, 0.5),
    "dissent": (0.015, 0.5),
    "own": (0.015, 0.5),
    "like": (0.025, 1.0),
}
"""Of each rate: how much of the event, and how many trials, are added to the counts."""

DRAFT_FEATURES = (
    *(f"{rate}: {glass}" for glass in GLASSES for rate in ("drafts", *RATES)),
    *("days since topic", "days since like it", "days since contested", "days since failed"),
    *("a month ago", "a quarter ago", "this week", "failed this week", "rivals this week"),
    *(f"lead {lead}" for lead in LEADS),
    *(f"region {region}" for region in REGIONS),
    *("sponsors", "sponsors' leaning", "highest leaning", "lowest leaning", "amendment", "elected sponsors"),
    *("sponsors outside", "share of sponsors outside"),
    *(f"{five} sponsors" for five in FIVE),
    *(f"{five} {vote}: {glass}" for five in FIVE for glass in _FIVE_THROUGH for vote in ("no", "abstain")),
)
MEMBER_FEATURES = (
    *("leaning", "distance to sponsors", "above sponsors", "below sponsors", "is a sponsor"),
    *(f"distance to {five}" for five in FIVE),
    *(f"is {five}" for five in FIVE),
    *(f"agrees with {five}" for five in FIVE),
    *("days since own no on topic", "days since own no"),
    *(f"own {vote}: {glass}" for glass in GLASSES for vote in ("no", "abstain", "votes")),
    *(f"like-minded {vote}: {glass}" for glass in GLASSES for vote in ("no", "abstain")),
)
VOTE_FEATURES = (
    *(f"{rate}: topic and sponsors" for rate in ("opposed", "contested")),
    *(f"lead {lead}" for lead in ("west", "east", "both", "other")),
    *("leaning", "distance to sponsors", "is a sponsor"),
    *(f"is {five}" for five in FIVE),
    *(f"own {vote}: {glass}" for glass in ("topic", "sponsors") for vote in ("no", "abstain")),
    *(f"like-minded {vote}: {glass}" for glass in ("topic and sponsors", "sponsors") for vote in ("no", "abstain")),
)
"""The few of both that say how a member votes where there is dissent: so few drafts were contested that more of them mislead."""
_OF_DRAFT = [DRAFT_FEATURES.index(name) for name in VOTE_FEATURES if name in DRAFT_FEATURES]
_OF_MEMBER = [MEMBER_FEATURES.index(name) for name in VOTE_FEATURES if name in MEMBER_FEATURES]


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """A draft as numbers: one row for the draft, and one for each member in the order of `members`.

    `known` is the number of earlier drafts on its topic, fading with age; 0 says that nothing like it was ever voted on.
    """

    members: tuple[str, ...]
    draft: Floats
    each: Floats
    known: float

    @property
    def whole(self) -> Floats:
        """The draft's row with the members' mean: what says whether there will be dissent at all."""
        return np.concatenate([self.draft, np.nan_to_num(self.each).mean(axis=0)])

    @property
    def rows(self) -> Floats:
        """A row for each member, of VOTE_FEATURES: what says how it votes where there is dissent."""
        shared = np.repeat(self.draft[None, _OF_DRAFT], len(self.members), axis=0)
        return np.hstack([shared, self.each[:, _OF_MEMBER]])


def describe(draft: Draft, members: Sequence[str], past: Past, leanings: Leanings) -> Described:
    """The draft and these members as numbers, from the entries before its day."""
    age = day_of(draft.date) - past.days
    sponsor = sponsor_leaning(draft, leanings)
    likeness = _likeness(draft, float(sponsor[0]), past)
    weights = _weights(draft, age, likeness, past)
    counts = (weights @ past.votes.reshape(len(past.days), -1)).reshape(len(GLASSES), -1, 3)
    sizes = weights @ past.sizes
    row = np.concatenate(
        [
            _rates(sizes),
            _gaps(draft, age, likeness, past),
            _lately(draft, age, past),
            _shape(draft, members, sponsor),
            _five(counts, past),
        ]
    )
    each = _members(draft, members, sponsor, counts, _bearing(draft, age, weights[0], members, past), past, leanings)
    return Described(tuple(members), row, each, known=float(sizes[GLASSES.index("topic"), 0]))


def _likeness(draft: Draft, leaning: float, past: Past) -> Floats:
    """How like its sponsors those of each entry are, 0 to 1; a half where they are not recorded."""
    if draft.lead == "unknown":
        return np.full(len(past.days), 0.5)
    same = past.lead == draft.lead
    near = np.exp(-np.abs(past.leaning - leaning) / _LIKE_SPONSORS)
    return np.where(same, 1.0, 0.3) * np.where(np.isnan(near), np.where(same, 1.0, 0.3), near)


def _weights(draft: Draft, age: Floats, likeness: Floats, past: Past) -> Floats:
    """The glasses: one row each, a weight for every entry, 0 for those not yet known."""
    topic, region = past.topic == draft.topic, past.region == draft.region
    two, four, recent = (_fading(age, days) for days in (730, 1460, 120))
    return np.array(
        [
            two,
            recent,
            four * topic,
            four * topic * likeness,
            two * likeness,
            four * region * likeness,
            _last(age, topic),
            _last(age, topic & (likeness > 0.5)),
            _fading(age, 45) * topic,
            _about(age, 182, 10) * topic,
            _about(age, 365, 12) * topic,
        ]
    )


def _fading(age: Floats, half_life: float) -> Floats:
    return np.where(age > 0, 0.5 ** (np.maximum(age, 0) / half_life), 0.0)


def _about(age: Floats, days: float, give: float) -> Floats:
    """1 for entries of just that age, fading on either side of it."""
    return np.where(age > 0, np.exp(-np.abs(age - days) / give), 0.0)


def _last(age: Floats, among: Floats | np.ndarray) -> Floats:
    """1 for the entries of the latest day among these, 0 for all others."""
    seen = (age > 0) & among.astype(bool)
    return (seen & (age == age[seen].min())).astype(float) if seen.any() else np.zeros(len(age))


def _rates(sizes: Floats) -> Floats:
    drafts = sizes[:, 0]
    rates = [_odds(sizes[:, i], drafts, kind) for i, kind in enumerate(RATES, start=1)]
    return np.column_stack([np.log1p(drafts), *rates]).ravel()


def _odds(events: Floats, trials: Floats, kind: str) -> Floats:
    """Log odds of a rate, with the usual added to both counts."""
    plus, of = _USUAL[kind]
    rate = np.clip((events + plus) / (trials + of), 1e-3, 0.995)
    return np.log(rate / (1 - rate))


def _gaps(draft: Draft, age: Floats, likeness: Floats, past: Past) -> Floats:
    seen = (age > 0) & (past.topic == draft.topic)
    contested, failed = (past.sizes[:, 1 + RATES.index(kind)] > 0 for kind in ("contested", "failed"))
    found = (seen, seen & (likeness > 0.5), seen & contested, seen & failed)
    return np.log1p([age[f].min(initial=_LONG_AGO) for f in found])


def _lately(draft: Draft, age: Floats, past: Past) -> Floats:
    """Drafts on the topic a month and a quarter ago, when a short mandate was given; and in the week before: how many (log), did
    one fail, did others bring one."""
    topic = past.topic == draft.topic
    ago = [(_about(age, days, 6) * topic) @ past.sizes[:, 0] for days in (30, 91)]
    week = topic & (age > 0) & (age <= 7)
    failed, rival = past.sizes[:, 1 + RATES.index("failed")] > 0, past.lead != draft.lead
    return np.array([*ago, np.log1p(week.sum()), float((week & failed).any()), float((week & rival).any())])


def _shape(draft: Draft, members: Sequence[str], sponsor: Floats) -> Floats:
    elected = len(draft.sponsors & set(members) - PERMANENT) / 10
    outside = len(draft.sponsors - set(members))
    return np.array(
        [
            *(float(draft.lead == lead) for lead in LEADS),
            *(float(draft.region == region) for region in REGIONS),
            np.log1p(len(draft.sponsors)),
            *sponsor,
            float(draft.amendment),
            elected,
            np.log1p(outside),
            outside / max(len(draft.sponsors), 1),
            *(float(five in draft.sponsors) for five in FIVE),
        ]
    )


def _five(counts: Floats, past: Past) -> Floats:
    """How each of the five voted, through four glasses."""
    found = []
    for five in FIVE:
        cast = counts[:, past.members.index(five)] if five in past.members else np.zeros((len(GLASSES), 3))
        for glass in map(GLASSES.index, _FIVE_THROUGH):
            found += [_odds(cast[glass, 2], cast[glass].sum(), "own"), _odds(cast[glass, 1], cast[glass].sum(), "own")]
    return np.array(found)


def _members(
    draft: Draft,
    members: Sequence[str],
    sponsor: Floats,
    counts: Floats,
    bearing: Floats,
    past: Past,
    leanings: Leanings,
) -> Floats:
    leaning = leanings.each(members, draft.year)
    five = leanings.each(FIVE, draft.year)
    column = {m: i for i, m in enumerate(past.members)}
    own = np.array([counts[:, column[m]] if m in column else np.zeros((len(GLASSES), 3)) for m in members])
    near = np.exp(-(((leaning[:, None] - leanings.each(past.members, draft.year)) / _LIKE_MEMBERS) ** 2))
    like = np.einsum("sm,gmv->sgv", np.nan_to_num(near), counts)
    return np.column_stack(
        [
            leaning,
            np.abs(leaning - sponsor[0]),
            leaning - sponsor[1],
            sponsor[2] - leaning,
            [float(m in draft.sponsors) for m in members],
            np.abs(leaning[:, None] - five),
            [[float(m == f) for f in FIVE] for m in members],
            bearing,
            _cast(own, "own", with_total=True),
            _cast(like, "like", with_total=False),
        ]
    )


def _cast(counts: Floats, kind: str, *, with_total: bool) -> Floats:
    """Members x glasses x votes -> log odds of no and of abstaining, glass by glass, and the log of the number of votes."""
    total = counts.sum(axis=2)
    columns = [_odds(counts[..., 2], total, kind), _odds(counts[..., 1], total, kind)]
    if with_total:
        columns.append(np.log1p(total))
    return np.stack(columns, axis=2).reshape(len(counts), -1)


def _bearing(draft: Draft, age: Floats, weights: Floats, members: Sequence[str], past: Past) -> Floats:
    """How each member agrees with the five, and how long ago it last voted no, on the topic and at all."""
    noes = _columns(past.votes, past, members)[..., COUNTED.index("no")] > 0
    known, topic = age > 0, past.topic == draft.topic
    ago = [
        [age[noes[:, i] & seen].min(initial=_LONG_AGO) for seen in (known & topic, known)] for i in range(len(members))
    ]
    return np.hstack([_agreement(weights, members, past), np.log1p(np.array(ago))])


def _agreement(weights: Floats, members: Sequence[str], past: Past) -> Floats:
    """Log odds of voting as each of the five does, where there was dissent, entry by entry."""
    contested = weights * (past.sizes[:, 1] > 0)
    mine, theirs = (_columns(past.shares, past, who) for who in (members, FIVE))
    same = sum((contested[:, None] * mine[..., v]).T @ theirs[..., v] for v in range(mine.shape[2]))
    both = (contested[:, None] * mine.sum(axis=2)).T @ theirs.sum(axis=2)
    rate = np.clip((same + 0.7) / (both + 1), 0.005, 0.995)
    return np.asarray(np.log(rate / (1 - rate)), dtype=float)


def _columns(shares: Floats, past: Past, who: Sequence[str]) -> Floats:
    """The columns of these members; zeros for one that never voted."""
    padded = np.concatenate([shares, np.zeros((len(shares), 1, shares.shape[2]))], axis=1)
    return padded[:, [past.members.index(m) if m in past.members else -1 for m in who]]
