"""Encoded windows -> attributions: runs of words, linked around their cues, and what stands inside their contents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import tanh

import numpy as np

from dragoman.reading.attribution.encoder import Encoded
from dragoman.reading.attribution.heads import Heads, Projected
from dragoman.reading.attribution.labels import OUTSIDE, Floats, Run, runs
from dragoman.reading.attribution.spans import Attribution, Span
from dragoman.reading.attribution.windows import Window

_QUOTES = frozenset("\"“„«'‘")
_FAR = 200
"""Code points between a quotation and the attribution it continues, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Chosen on articles kept aside from training; kept in the weights folder beside the layers they belong to.

    `readiness` is added to the scores of the labels of source, cue and content. `calibration` (`inner_calibration` inside
    contents) turns an attribution's evidence (see Draft) into its score: one weight for each piece of evidence, then a constant,
    all inside a logistic function. `firm` is the probability of a link from which on a content joins others of the same cue.
    Attributions with a score under `least` (inner ones: `inner_least`) are left out.
    """

    readiness: tuple[float, float, float]
    firm: float
    calibration: tuple[float, ...]
    inner_calibration: tuple[float, ...]
    least: float
    inner_least: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An attribution in words of one window.

    `evidence` holds mean log-probabilities: of the labels of its contents, of the labels of its cue, of the links from its
    contents to the cue, of the link from the cue to the source (0 where there is no such part); then 1 where there is no cue,
    and 1 where there is no source, else 0.
    """

    source: Run | None
    cue: Run | None
    contents: tuple[Run, ...]
    evidence: tuple[float, ...]


def assemble(text: str, encoded: Iterable[Encoded], heads: Heads, settings: Settings) -> tuple[Attribution, ...]:
    """All attributions of a document, in the order of their contents, outer before inner."""
    found: list[Attribution] = []
    last: int | None = None
    for part in encoded:
        words = heads.project(part)
        for draft in outer(words, heads, settings):
            attribution = _attribution(part.window, draft, settings.calibration)
            if last is not None and not draft.cue and _continues(text, found[last], attribution):
                found[last] = replace(found[last], content=found[last].content + attribution.content)
            elif attribution.score >= settings.least:
                last = len(found)
                found.append(attribution)
            else:
                continue
            drafts = inner(words, heads, settings, draft.contents)
            nested = (_attribution(part.window, d, settings.inner_calibration) for d in drafts)
            found += [replace(a, within=last) for a in nested if a.score >= settings.inner_least]
    return _sorted(found)


def outer(words: Projected, heads: Heads, settings: Settings) -> list[Draft]:
    """The attributions of a window that stand in no other's content."""
    path, sure = heads.outer.path(words, (0, len(words.window)), settings.readiness)
    return _drafts(words, heads, runs(path), sure, settings.firm)


def inner(words: Projected, heads: Heads, settings: Settings, contents: Sequence[Run]) -> list[Draft]:
    """The attributions inside the content of one attribution: another layer of labels, read within `contents` only."""
    path = np.full(len(words.window), OUTSIDE, dtype=np.int64)
    sure = np.zeros(len(words.window), dtype=np.float32)
    for start, end in contents:
        path[start:end], sure[start:end] = heads.inner.path(words, (start, end))
    return [draft for draft in _drafts(words, heads, runs(path), sure, settings.firm) if draft.cue]


def _drafts(words: Projected, heads: Heads, found: dict[str, list[Run]], sure: Floats, firm: float) -> list[Draft]:
    """Each cue with the contents that choose it and the source it chooses; contents that choose none stand alone.

    So do contents whose choice is not `firm`, unless a cue has nothing better: with its source, but without the cue.
    """
    cues, contents, sources = found["cue"], found["content"], found["source"]
    if not contents:
        return []
    to_cue = heads.cues(words, contents, cues)
    to_source = heads.sources(words, cues, sources)
    picks = to_cue.argmax(1) - 1
    drafts = [_draft(sure, None, None, [contents[j]], (to_cue[j, 0], 0.0)) for j in np.flatnonzero(picks < 0)]
    for i, cue in enumerate(cues):
        own = np.flatnonzero(picks == i)
        if not len(own):
            continue
        links = to_cue[own, i + 1]
        firmly = links >= min(np.log(firm), links.max())
        pick = int(to_source[i].argmax())
        source, chance = sources[pick - 1] if pick else None, to_source[i, pick]
        drafts.append(_draft(sure, source, cue, [contents[j] for j in own[firmly]], (links[firmly].mean(), chance)))
        for j, link in zip(own[~firmly], links[~firmly], strict=True):
            drafts.append(_draft(sure, source, None, [contents[j]], (link, chance)))
    return sorted(drafts, key=lambda draft: draft.contents[0])


def _draft(
    sure: Floats, source: Run | None, cue: Run | None, contents: Sequence[Run], links: tuple[float, float]
) -> Draft:
    labels = (_mean(sure, contents), _mean(sure, [cue]) if cue else 0.0)
    evidence = (*labels, float(links[0]), float(links[1]), float(cue is None), float(source is None))
    return Draft(source=source, cue=cue, contents=tuple(contents), evidence=evidence)


def _mean(sure: Floats, words: Sequence[Run]) -> float:
    return float(np.concatenate([sure[a:b] for a, b in words]).mean())


def _attribution(window: Window, draft: Draft, calibration: Sequence[float]) -> Attribution:
    *weights, constant = calibration
    logit = constant + sum(w * e for w, e in zip(weights, draft.evidence, strict=True))
    return Attribution(
        source=_spans(window, [draft.source] if draft.source else []),
        cue=_spans(window, [draft.cue] if draft.cue else []),
        content=_spans(window, draft.contents),
        score=(1 + tanh(logit / 2)) / 2,
    )


def _spans(window: Window, words: Sequence[Run]) -> tuple[Span, ...]:
    return tuple((int(window.spans[a, 0]), int(window.spans[b - 1, 1])) for a, b in words)


def _continues(text: str, before: Attribution, quote: Attribution) -> bool:
    """Whether a quotation without cue follows another attribution with nothing between but that one's own cue and source."""
    start = quote.content[0][0]
    end = before.content[-1][1]
    if text[start] not in _QUOTES or not 0 <= start - end <= _FAR:
        return False
    own = {i for a, b in before.source + before.cue for i in range(a, b)}
    return not any(text[i].isalnum() for i in range(end, start) if i not in own)


def _sorted(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    order = sorted(range(len(found)), key=lambda i: (found[i].content[0][0], found[i].within is not None))
    place = {i: k for k, i in enumerate(order)}
    return tuple(_moved(found[i], place) for i in order)


def _moved(attribution: Attribution, place: dict[int, int]) -> Attribution:
    return attribution if attribution.within is None else replace(attribution, within=place[attribution.within])
