"""Drafts -> drafts that know which of them stand for one actor: by apposition, by "X is a party in Y", by a short form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Doc, Token

from dragoman.knowledge.language import Language
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.shorts import Short, is_dash

_PHRASE = frozenset({"ADP", "DET", "NOUN", "PROPN", "ADJ", "NUM", "PART"})
_BETWEEN = frozenset({",", ")", "”", '"'})
_OPENING = ({","}, {",", "("})
"""What opens an aside behind a description, and behind a name."""
_BEING = frozenset({"is", "was", "are", "were", "remains", "became"})
_LINKS = frozenset({"of", "for", "the", "and", "a", "de", "del", "la", "y", "e", "da", "do", "al", "against"})
_NAME_LENGTH = 8
"""Words of the longest name that is told from the apposition next to it alone."""


def apposed(doc: Doc, drafts: Sequence[Draft], shorts: Iterable[Short], language: Language) -> list[Draft]:
    """ "Asha Mwangi, the Kenyan foreign minister, ..." and its mirror image: both drafts stand for one actor."""
    named = sorted([*drafts, *_unseen(doc, drafts)], key=lambda d: d.start)
    return _over(doc, _bodies(_joined(doc, _defined(doc, named, shorts))), language)


# Short forms -------------------------------------------------------------------------------------------------------


def _defined(doc: Doc, drafts: list[Draft], shorts: Iterable[Short]) -> list[Draft]:
    """A short form, where the text introduces it, stands for the long one next to it."""
    at = {d.start: k for k, d in enumerate(drafts)}
    out = list(drafts)
    for short in shorts:
        k = at.get(short.at)
        long = _ending(doc, drafts, short.long_end) if k is not None else None
        if (
            k is not None
            and long is not None
            and long.same_as is None
            and not drafts[k].senses
            and long.start != short.at
        ):
            out[k] = replace(out[k], same_as=long.start)
    return out


def _ending(doc: Doc, drafts: Iterable[Draft], end: int) -> Draft | None:
    """The draft that ends there, or the last before it in the same noun phrase: "the Rwandan party of Democratic Renewal"."""
    before = [d for d in drafts if d.start < end and d.sort in ("name", "role", "person")]
    last = max(before, key=lambda d: d.start, default=None)
    if last is None or end - last.end > 6:
        return None
    return last if all(t.pos_ in _PHRASE for t in doc[last.end : end]) else None


# Appositions -------------------------------------------------------------------------------------------------------


def _joined(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    drafts = _people(doc, drafts)
    out = list(drafts)
    for k, (first, second) in enumerate(pairwise(drafts)):
        if _is_said_to_be(doc, first, second):
            out[k + 1] = replace(second, same_as=_anchor(out[k]))
        elif (
            _is_beside(doc, first, second)
            and _ends(doc, second)
            and _one_person(doc, first, second)
            and _is_aside(doc, first, second)
        ):
            anchor, other = (first, k + 1) if first.sort == "person" else (second, k)
            out[other] = replace(out[other], same_as=anchor.start)
        elif _one_body(first, second) and _is_told(doc, first, second):
            out[k + 1] = replace(second, same_as=_anchor(out[k]))
        elif _is_beside(doc, first, second) and _one_body(second, first) and _closes_off(doc, second.end):
            out[k] = replace(out[k], same_as=_anchor(out[k + 1]))
    return out


def _anchor(draft: Draft) -> int:
    return draft.start if draft.same_as is None else draft.same_as


def _is_beside(doc: Doc, first: Draft, second: Draft) -> bool:
    """A comma between them, behind a role also what is left of its phrase: "the envoy to the bloc in Arusha, Rosa Paredes"."""
    if second.start <= first.end:
        return False
    last, name = doc[second.start - 1], first.sort == "name"
    if not (last.text in _OPENING[name] or (name and is_dash(last))):
        return False
    between = doc[first.end : second.start]
    if name:
        return all(t.text in _BETWEEN | {"("} or is_dash(t) for t in between)
    rest = between[:-1] if first.sort == "role" else between[1:]
    if first.sort == "person" and between[0].text != ",":
        return False
    return len(rest) <= 7 and all(t.pos_ in _PHRASE for t in rest)


def _is_said_to_be(doc: Doc, first: Draft, second: Draft) -> bool:
    """ "The UPFR is a militia", "Ana Quispe, who was Bolivia's justice minister"."""
    if second.sort != "role" or second.plural or not _is_new(first):
        return False
    words = [t.lower_ for t in doc[first.end : second.start] if t.text not in _BETWEEN]
    return bool(words) and words[-1] in _BEING and words[:-1] in ([], ["who"]) and _fits(first, second)


def _is_new(draft: Draft) -> bool:
    """A name that nobody lists."""
    return draft.sort in ("name", "person") and not draft.senses


def _fits(name: Draft, described: Draft) -> bool:
    person = described.role is not None and described.role.kind == "person"
    return person == (name.sort == "person") or (name.sort == "person" and name.role is None)


def _closes(doc: Doc, i: int) -> bool:
    return (
        i >= len(doc)
        or doc[i].text in (",", ".", "—", "–", ";", ")", "”", "and")
        or doc[i].pos_ in ("VERB", "AUX")
        or doc[i].lower_ in ("until", "till")
        or doc[i].is_space
    )


def _closes_off(doc: Doc, i: int) -> bool:
    """Whether the name between two commas ends there, or a bracket with its short form begins."""
    return i < len(doc) and (doc[i].text in (",", "(", ".", ")") or is_dash(doc[i]))


def _ends(doc: Doc, described: Draft) -> bool:
    """Whether the description goes no further, or only says where, of what or who: "a rebel group in Uganda"."""
    i = described.end
    return _closes(doc, i) or doc[i].pos_ in ("ADP", "SCONJ", "PRON") or doc[i].lower_ == "better"


def _is_told(doc: Doc, first: Draft, second: Draft) -> bool:
    """Whether the second stands beside the first, comes to an end, and is no subject of its own."""
    return _is_beside(doc, first, second) and _ends(doc, second) and _is_aside(doc, first, second)


def _is_aside(doc: Doc, first: Draft, second: Draft) -> bool:
    """Not a subject after its adverbial: "under the deal with Patriot, the miners' union invested" is about two."""
    behind_preposition = first.start > 0 and _before(doc, first.start).pos_ == "ADP"
    runs_on = second.end < len(doc) and doc[second.end].pos_ in ("VERB", "AUX")
    return not (behind_preposition and runs_on)


def _before(doc: Doc, i: int) -> Token:
    """The word before the token, less an article."""
    return doc[i - 2] if i > 1 and doc[i - 1].pos_ == "DET" else doc[i - 1]


def _one_body(name: Draft, described: Draft) -> bool:
    """A name nobody lists and what it is: "Maghreb Fil, a Tunisian telephone company"."""
    body = described.sort == "role" and described.role is not None and described.role.kind != "person"
    return body and not described.plural and _is_new(name) and name.role is None


def _one_person(doc: Doc, first: Draft, second: Draft) -> bool:
    sorts = {first.sort, second.sort}
    role = first if first.sort == "role" else second
    one = not role.plural or [t.lower_ for t in doc[max(0, role.start - 2) : role.start]] == ["one", "of"]
    return sorts == {"person", "role"} and role.role is not None and role.role.kind == "person" and one


def _people(doc: Doc, drafts: list[Draft]) -> list[Draft]:
    """What the parse takes for a body and the text calls a minister is a person: "Tshering Dorjee Wangmo, the works minister"."""
    out = list(drafts)
    for k, (first, second) in enumerate(pairwise(drafts)):
        if _is_new(first) and first.sort == "name" and _is_beside(doc, first, second) and _is_office_holder(second):
            words = doc[first.start : first.end]
            if 2 <= len(words) <= 4 and all(t.is_title for t in words):
                out[k] = replace(first, sort="person", label="PERSON")
    return out


def _is_office_holder(draft: Draft) -> bool:
    role = draft.role
    return (
        draft.sort == "role"
        and role is not None
        and role.kind == "person"
        and not draft.plural
        and role.sectors != ("BUS",)
    )


def _bodies(drafts: list[Draft]) -> list[Draft]:
    """What the parse takes for a person and the text calls a company is a body, wherever it is named."""
    by_start = {d.start: d for d in drafts}
    described = {d.same_as: d for d in drafts if d.sort == "role" and d.role is not None and d.role.kind != "person"}
    bodies = {by_start[s].name for s in described if s in by_start and by_start[s].sort == "person"}
    short = {body.partition(" ")[2] for body in bodies} | {body.rpartition(" ")[2] for body in bodies}
    return [
        replace(d, sort="name", label="ORG") if d.sort == "person" and d.name in bodies | short else d for d in drafts
    ]


# Names that only the apposition shows --------------------------------------------------------------------------------


def _unseen(doc: Doc, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Names that nothing has found, next to what they are: "Georgia Kamau, Kenya's water minister, ..."."""
    taken = {i for d in drafts for i in range(d.start, d.end)}
    for draft in drafts:
        if draft.sort != "role" or draft.role is None or draft.plural:
            continue
        person = draft.role.kind == "person"
        if (run := _name_before(doc, draft.start - 1, draft.end, taken)) or (
            run := _name_behind(doc, draft.end, taken)
        ):
            yield _named(doc, *run, person=person)


def _name_before(doc: Doc, comma: int, end: int, taken: set[int]) -> tuple[int, int] | None:
    if comma < 2 or doc[comma].text != ",":
        return None
    start = comma
    while start > 0 and (_in_name(doc[start - 1], taken) or _links(doc, start - 1, taken)):
        start -= 1
    while start < comma and not doc[start].is_title:
        start += 1
    closed = end >= len(doc) or doc[end].text in (",", ".", "(", ";")
    return _as_run(doc, start, comma) if closed and doc[max(0, start - 1)].pos_ != "ADP" else None


def _name_behind(doc: Doc, comma: int, taken: set[int]) -> tuple[int, int] | None:
    if comma + 1 >= len(doc) or doc[comma].text != ",":
        return None
    end = comma + 1
    while end < len(doc) and _in_name(doc[end], taken):
        end += 1
    return _as_run(doc, comma + 1, end) if _closes_off(doc, end) else None


def _in_name(token: Token, taken: set[int]) -> bool:
    written = token.is_title and token.is_alpha and token.pos_ in ("PROPN", "NOUN", "ADJ", "X")
    return token.i not in taken and (written or token.text == "-")


def _links(doc: Doc, i: int, taken: set[int]) -> bool:
    """A small word inside a name: "of" and "a" in "Coalition for a Clean Danube"."""
    small = doc[i].lower_ in _LINKS and i not in taken and i > 0
    return small and (_in_name(doc[i - 1], taken) or doc[i - 1].lower_ in _LINKS)


def _as_run(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    words = end - start
    return (start, end) if 2 <= words <= _NAME_LENGTH and doc[start].is_title and doc[end - 1].is_title else None


def _named(doc: Doc, start: int, end: int, *, person: bool) -> Draft:
    label = "PERSON" if person else "ORG"
    name = doc[start:end].text
    return Draft(
        start=start, end=end, sort="person" if person else "name", head=end - 1, via="name", name=name, label=label
    )


# Tenures that are over -----------------------------------------------------------------------------------------------


def _over(doc: Doc, drafts: list[Draft], language: Language) -> list[Draft]:
    """Whoever was minister until some day in the past is a former official."""
    return [replace(d, sectors=("ELI",)) if _has_ended(doc, d, language) else d for d in drafts]


def _has_ended(doc: Doc, draft: Draft, language: Language) -> bool:
    official = draft.role is not None and draft.role.kind == "person" and not draft.plural
    following = doc[draft.end].lower_ if draft.end < len(doc) else ""
    return official and (following in language.ended)
