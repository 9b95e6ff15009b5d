"""A forecast as plain values (`Forecast.to_dict`) -> a table in the terminal with bars, and a self-contained HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, TextIO

from dragoman.views.elements import Markup, element, head
from dragoman.views.marks import visible
from dragoman.views.table import console, grid, put

WIDTH = 20
"""Characters of a bar."""
_STEP, _GAP, _HIGH = 56, 30, 150
"""Of the picture of the Council: a column with its margin, what parts blocs, the height of a sure vote."""
SIGNS = {"yes": "█", "abstain": "▒", "no": "░"}
OUTCOMES = {"adopted": "adopted", "vetoed": "vetoed", "too_few_votes": "too few votes"}

_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid}
svg{width:12rem;height:1rem}.yes{fill:#4a9d6b}.abstain{fill:#c9a94f}.no{fill:#c0544f}blockquote{margin:.3rem 0 .3rem 1rem}
.note{border-left:4px solid #c9a94f;padding-left:.6rem}"""


def write_table(forecast: Mapping[str, Any], out: TextIO) -> None:
    """Outcome, members by bloc with bars, who decides, what would have to change, and the words that moved the forecast."""
    screen = console(out)
    put(screen, visible(forecast["draft"]["title"]) + f", {forecast['draft']['date']}: " + outcome_sentence(forecast))
    rows = [
        (
            m["bloc"],
            m["member"],
            bar(m),
            *(percent(m[v]) for v in SIGNS),
            interval(m),
            percent(m["pivotal"]),
            "; ".join(m["reasons"]),
        )
        for m in forecast["members"]
    ]
    put(
        screen,
        grid(("bloc", "member", "yes █ abstain ▒ no ░", "yes", "abst.", "no", "yes, interval", "decides", "why"), rows),
    )
    if forecast["changes"]:
        changes = [(c["without"], percent(c["adopted"]), percent(c["vetoed"])) for c in forecast["changes"]]
        put(screen, grid(("without the term", "adopted", "vetoed"), changes))
    quotes = [
        (m["member"], s["force"], s["term"]["measure"], _side(s), _quoted(s))
        for m in forecast["members"]
        for s in m["said"]
    ]
    if quotes:
        put(screen, grid(("member", "force", "on the term", "speaks", "words"), quotes))
    put(screen, *(f"Note: {visible(note)}" for note in notes(forecast)))


def write_page(forecast: Mapping[str, Any], out: TextIO) -> None:
    """One HTML page that needs nothing else."""
    title = f"{forecast['draft']['title']}, {forecast['draft']['date']}"
    heads = ("bloc", "member", "", "yes", "abstains", "no", "decides", "why")
    body = (
        element("h1", title),
        element("p", element("strong", outcome_sentence(forecast))),
        *(element("p", note, class_="note") for note in notes(forecast)),
        element("table", element("tr", *(element("th", h) for h in heads)), *map(_row, forecast["members"])),
        element("h2", "Without one of its terms"),
        element("table", *_changes(forecast)),
    )
    out.write(head(title, _STYLE))
    out.write("\n".join(body) + "\n</body>\n</html>\n")


def outcome_sentence(forecast: Mapping[str, Any]) -> str:
    """ "adopted 12 %, vetoed 80 %, too few votes 8 %; decided most often by RUS, CHN." """
    chances = ", ".join(f"{words} {percent(forecast['outcomes'][name])}" for name, words in OUTCOMES.items())
    who = ", ".join(forecast["pivotal"])
    return f"{chances}; decided most often by {who}." if who else f"{chances}."


def notes(forecast: Mapping[str, Any]) -> Iterator[str]:
    """What the forecast could not know, which votes were put in, and which single term would have to change."""
    yield from forecast["notes"]
    if any(high - low >= 0.01 for low, high in forecast["between"].values()):
        yield f"What the stances tell is judged: read low or high, {_between(forecast)}."
    for member, vote in forecast["fixed"].items():
        yield f"{member}'s vote was taken as cast: {vote}."
    adopted = forecast["outcomes"]["adopted"]
    best = forecast["changes"][0] if forecast["changes"] else None
    if best and adopted < 0.5:
        if best["adopted"] >= 0.5:
            yield f"Without {best['without']} it would more likely pass than not ({percent(best['adopted'])})."
        else:
            passes = percent(best["adopted"])
            yield f"No single term decides: without {best['without']}, which helps most, it passes with {passes}."


def _between(forecast: Mapping[str, Any]) -> str:
    """ "adopted 50 % to 70 %, vetoed 25 % to 45 %" """
    ranges = {name: forecast["between"][name] for name in ("adopted", "vetoed")}
    return ", ".join(f"{name} {percent(low)} to {percent(high)}" for name, (low, high) in ranges.items())


def bar(member: Mapping[str, Any]) -> str:
    """Yes, abstain and no as a bar of WIDTH characters."""
    yes: int = round(member["yes"] * WIDTH)
    abstain: int = round((member["yes"] + member["abstain"]) * WIDTH)
    return SIGNS["yes"] * yes + SIGNS["abstain"] * (abstain - yes) + SIGNS["no"] * (WIDTH - abstain)


def percent(chance: float) -> str:
    """A chance in percent; never a bare 0 or 100."""
    if chance < 0.005:
        return "<1 %"
    return ">99 %" if chance > 0.995 else f"{chance:.0%}".replace("%", " %")


def interval(member: Mapping[str, Any]) -> str:
    """Of the chance of a yes."""
    return f"{percent(member['yes_low'])} to {percent(member['yes_high'])}"


def picture(member: Mapping[str, Any]) -> Markup:
    """A member's three chances as a bar, for a page."""
    label = ", ".join(f"{vote} {percent(member[vote])}" for vote in SIGNS)
    return _bar([(vote, member[vote]) for vote in SIGNS], label)


def scale(forecast: Mapping[str, Any]) -> Markup:
    """The chances of the outcomes as a bar, for a page."""
    return _bar([(name, forecast["outcomes"][name]) for name in OUTCOMES], outcome_sentence(forecast))


def seats(forecast: Mapping[str, Any]) -> Markup:
    """The Council as columns, bloc by bloc: how much of each is yes, abstention and no. The table below it says the same."""
    parts: list[Markup] = []
    x = 0.0
    for bloc, group in groupby(forecast["members"], key=lambda m: m["bloc"]):
        members = list(group)
        parts.append(element("text", bloc, x=f"{x:.0f}", y=f"{_HIGH + 46}", class_="tick bloc"))
        for member in members:
            parts.append(_column(member, x))
            x += _STEP
        x += _GAP
    return element(
        "svg", *parts, viewBox=f"0 0 {x - _GAP:.0f} {_HIGH + 54}", role="group", aria_label="Members by bloc"
    )


def _column(member: Mapping[str, Any], x: float) -> Markup:
    pieces, top = [], float(_HIGH)
    for vote in SIGNS:
        high = member[vote] * _HIGH
        top -= high
        pieces.append(
            element("rect", x=f"{x:.0f}", y=f"{top:.1f}", width=f"{_STEP - 8}", height=f"{high:.1f}", class_=vote)
        )
    words = f"{member['name']}: " + ", ".join(f"{vote} {percent(member[vote])}" for vote in SIGNS)
    label = element("text", member["member"], x=f"{x + _STEP / 2 - 4:.0f}", y=f"{_HIGH + 20}", class_="tick seat")
    return element("g", element("title", words), *pieces, label)


def _bar(parts: Iterable[tuple[str, float]], label: str) -> Markup:
    pieces, at = [], 0.0
    for name, share in parts:
        pieces.append(element("rect", x=f"{at:.2f}", width=f"{share * 100:.2f}", height="10", class_=name))
        at += share * 100
    return element(
        "svg", *pieces, viewBox="0 0 100 10", preserveAspectRatio="none", role="img", aria_label=label, class_="bar"
    )


def _row(member: Mapping[str, Any]) -> Markup:
    quotes = (
        element("blockquote", _quoted(s), title=f"{s['force']} {_side(s)} {s['term']['measure']}")
        for s in member["said"]
    )
    cells = (
        member["bloc"],
        member["member"],
        picture(member),
        *(percent(member[v]) for v in SIGNS),
        percent(member["pivotal"]),
    )
    return element("tr", *(element("td", c) for c in cells), element("td", " ".join(member["reasons"]), *quotes))


def _changes(forecast: Mapping[str, Any]) -> Iterator[Markup]:
    yield element("tr", *(element("th", h) for h in ("without", "adopted", "vetoed")))
    for change in forecast["changes"]:
        cells = (change["without"], percent(change["adopted"]), percent(change["vetoed"]))
        yield element("tr", *(element("td", c) for c in cells))


def _side(said: Mapping[str, Any]) -> str:
    return "against" if said["against"] else "for"


def _quoted(said: Mapping[str, Any]) -> str:
    origin = ", ".join(filter(None, (said["publisher"], said["published"])))
    return f"“{visible(said['quote'])}”" + (f" ({origin})" if origin else "")
