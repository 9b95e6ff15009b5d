"""Doc + names -> whether a name only looks like somebody: streets, teams, dishes, surnames, plain places."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from dragoman.knowledge import Sense
from dragoman.knowledge.language import Language
from dragoman.reading.actors.draft import Draft
from dragoman.reading.actors.towns import is_town

HONORIFICS = frozenset(
    (
        "mr mr. mrs mrs. ms ms. miss mgr mgr. dr dr. sir lord lady prof prof. "
        "gen gen. col col. sheikh sheik hajji professor rev rev. reverend sgt sgt. constable detective nurse inspector"
    ).split()
)
_SCORE = re.compile(r"\d{1,3}[-–:]\d{1,3}")
_BEHIND_DATELINES = frozenset({":", "(", "-", "–", "—", "--", "/", ","})
_SMALL = frozenset(
    "a an the of in on at to for from by with and or but nor as if vs via per into over than up out off s t d m ll re ve".split()
)
"""Words that headlines write in small letters."""
_MODIFYING = frozenset({"compound", "amod", "nmod", "poss"})


def in_games(doc: Doc, language: Language) -> set[int]:
    """Tokens of sentences about a game: one sure sign of it, or two hints and nothing of politics."""
    out: set[int] = set()
    for sentence in doc.sents:
        text = sentence.text.lower()
        words = {word.strip(".,;:!?“”\"'()") for word in text.split()}
        hints = len(words & language.sport_hint) + any(_SCORE.fullmatch(w) for w in words)
        sure = words & language.sport_sure or any(phrase in text for phrase in language.sport_phrases)
        if sure or (hints >= 2 and not words & language.sport_not):
            out.update(range(sentence.start, sentence.end))
    return out


def plays(doc: Doc, draft: Draft, games: set[int], language: Language) -> bool:
    """Whether a name in a sentence about a game is the team; "Russian football fans" and "Kenyan police" are themselves."""
    if draft.start not in games or not any(_fields_a_team(s, draft.name) for s in draft.senses):
        return False
    return not (draft.via == "demonym" and _has_office(_head(doc, draft), language))


def _fields_a_team(sense: Sense, name: str) -> bool:
    """A state or its capital, but not the palace or the street where it governs."""
    state = sense.entry.kind == "state" and sense.via != "metonym"
    return state or (sense.via == "metonym" and is_town(name))


def is_nobody(doc: Doc, draft: Draft, language: Language) -> bool:
    """Whether the words only look like a state, an organisation or their seat."""
    if _is_named(doc, draft, language):
        return True
    if draft.sort == "person" or not any(s.entry.kind == "state" or s.via == "metonym" for s in draft.senses):
        return False
    checks = (
        is_spoiled,
        _is_elsewhere,
        _is_of_something,
        _is_article,
        _is_animal,
        _heads_a_name,
        _is_surname,
        _has_first_name,
    )
    return any(check(doc, draft, language) for check in checks) or (
        draft.via == "metonym" and _is_place(doc, draft, language)
    )


def is_make(doc: Doc, draft: Draft) -> bool:
    """A maker's name as that of what it has made: "a Boeing 737", "an Airbus A320"."""
    following = _beside(doc, draft.end)
    if following is None or not any("BUS" in s.entry.sectors for s in draft.senses):
        return False
    return following.text[-1].isdigit() and not following.like_num or following.text.isdigit()


def is_direction(doc: Doc, draft: Draft, language: Language) -> bool:
    """A point of the compass that says where in a part of the world: the West of "the West African nation"."""
    following = _beside(doc, draft.end)
    side = doc[draft.end - 1].text in language.compass
    return side and following is not None and following.is_title and following.pos_ in ("ADJ", "PROPN")


def is_spoiled(doc: Doc, draft: Draft, language: Language) -> bool:
    """A dish, a street, a ship: the word behind the name says it, or the noun that the name modifies."""
    before, following = _beside(doc, draft.start - 1), _beside(doc, draft.end)
    if before is not None and before.is_title and before.lower_ in language.nobody_before | language.nobody_within:
        return True
    if following is None:
        return False
    if following.is_title and following.lower_ in language.nobody_capital:
        office = language.role([following.lower_, _lower(doc, draft.end + 1)])
        return office is None or office[1] == 1
    head = _head(doc, draft)
    if head.i >= draft.end and head.lower_ in language.nobody_word:
        return True
    if following.lower_ not in language.nobody_word:
        return False
    described = language.role([*(t.lower_ for t in doc[following.i : head.i]), head.lemma_.lower()])
    return not (head.i > following.i and (_has_office(head, language) or (described is not None and described[1] > 1)))


def _head(doc: Doc, draft: Draft) -> Token:
    """The noun that the name modifies, in a compound its last word; the name's own last word where there is none."""
    token = doc[draft.end - 1]
    while token.dep_ in _MODIFYING and token.head.i > token.i:
        token = token.head
    return token


def _has_office(token: Token, language: Language) -> bool:
    """Whether the word is what somebody in politics is called."""
    found = language.role([token.lemma_.lower()]) or language.role([token.lower_])
    if found is None or not found[0].sectors:
        return False
    return token.lower_ not in language.sport_hint or found[0].sectors == ("CVL",)


def _is_elsewhere(doc: Doc, draft: Draft, language: Language) -> bool:
    """Another place's name: among words of that place (Georgia, the US state), or before it ("Peru, Indiana")."""
    if draft.via in ("name", "metonym") and _beside(doc, draft.end + 1) is not None and doc[draft.end].text == ",":
        region = language.region(doc[draft.end + 1].text)
        if region is not None and region not in {s.entry.country for s in draft.senses}:
            return True
    other = language.elsewhere.get(draft.name)
    if other is None:
        return False
    words = {t.lower_ for t in doc}
    return bool(words & other[0]) and not words & other[1]


def _is_of_something(doc: Doc, draft: Draft, language: Language) -> bool:
    """ "The Gulf of Guinea", "the Treaty of Lisbon", "the Greek province of Macedonia": no state."""
    of, what = _beside(doc, draft.start - 1), _beside(doc, draft.start - 2)
    if of is None or what is None or of.lower_ != "of":
        return False
    return (what.is_title and what.lower_ in language.nobody_capital) or what.lower_ in language.nobody_of


def _is_article(doc: Doc, draft: Draft, language: Language) -> bool:
    """ "The Jordan" is a river, "the Germany of the Kaisers" no state of today."""
    before, following = _beside(doc, draft.start - 1), _beside(doc, draft.end)
    if draft.via != "name" or before is None or before.lower_ != "the" or draft.end - draft.start > 1:
        return False
    alone = doc[draft.start].dep_ not in _MODIFYING
    river = draft.name.lower() in language.rivers and alone
    thing = alone and draft.name.istitle() and draft.name.lower() not in language.articled
    return river or thing or (following is not None and following.lower_ == "of" and before.is_lower)


def _is_named(doc: Doc, draft: Draft, language: Language) -> bool:
    """A barge "called Malta Queen", Mr. Jordan, "her son Jordan", "the ship Mavi Anadolu"."""
    first = draft.start
    while first > 0 and is_written_as_name(doc[first - 1]) and doc[first - 1].lower_ not in HONORIFICS:
        first -= 1
    before = _beside(doc, first - 1)
    if before is None or draft.via == "demonym":
        return before is not None and before.lower_ in HONORIFICS
    return before.lower_ in HONORIFICS or before.lower_ in language.naming


def _is_animal(doc: Doc, draft: Draft, language: Language) -> bool:
    """ "Sudan, the last white rhino, ...": what stands in apposition is no state."""
    return any(c.dep_ == "appos" and c.lemma_.lower() in language.naming for c in doc[draft.end - 1].children)


def _heads_a_name(doc: Doc, draft: Draft, language: Language) -> bool:
    """The first word of a longer name that is no office: the ship Malta Queen, the plumber Jordan Mensah-Okai."""
    following = _beside(doc, draft.end)
    if draft.via == "demonym" or draft.end - draft.start > 1 or following is None or not is_written_as_name(following):
        return False
    last = doc[draft.end - 1]
    joined: bool = last.dep_ in ("compound", "nmod", "amod") and last.head.i >= draft.end
    role = language.role([following.lower_]) or language.role([following.lower_, _lower(doc, draft.end + 1)])
    return joined and role is None and following.lower_ not in language.modifiers and not is_headline(last)


def is_written_as_name(token: Token) -> bool:
    """Whether the word can be part of a name: a proper noun with a capital."""
    return bool(token.pos_ == "PROPN" and (token.is_title or token.is_upper) and token.is_alpha)


def _lower(doc: Doc, i: int) -> str:
    return doc[i].lower_ if i < len(doc) else ""


def is_headline(token: Token) -> bool:
    """Whether all words of the sentence but small ones are in capitals, so that a capital says nothing."""
    return all(t.is_title or t.is_upper or t.lower_ in _SMALL for t in token.sent if t.is_alpha)


def _has_first_name(doc: Doc, draft: Draft, language: Language) -> bool:
    """A surname behind a first name that the parse has not seen: "Brittany Ireland"."""
    first, last = _beside(doc, draft.start - 1), doc[draft.end - 1]
    if first is None or draft.via == "demonym" or draft.end - draft.start > 1 or not is_written_as_name(first):
        return False
    known = (
        language.role([first.lower_]) is not None or first.lower_ in language.modifiers or first.text in language.sides
    )
    joined: bool = first.dep_ == "compound" and first.head.i == last.i
    if _ends_a_name(doc, draft, language):
        return True
    return joined and first.ent_type_ not in ("GPE", "LOC", "NORP") and not known and not is_headline(last)


def _ends_a_name(doc: Doc, draft: Draft, language: Language) -> bool:
    """The last of three words in capitals behind a comma that are nobody else's: "the speaker, Eduardo Tavares Lima"."""
    words = doc[max(0, draft.start - 2) : draft.start]
    plain = all(is_written_as_name(t) and language.role([t.lower_]) is None for t in words)
    return len(words) == 2 and plain and _lower(doc, draft.start - 3) == "," and not is_headline(doc[draft.start])


def _is_surname(doc: Doc, draft: Draft, language: Language) -> bool:
    """Part of somebody's name: the parse sees a person, or a name of two words, that reaches beyond the draft, in capitals."""
    if doc[draft.start].ent_type_ not in ("PERSON", "ORG") or draft.via not in ("name", "metonym"):
        return False
    entity = next(e for e in doc[draft.start].sent.ents if e.start <= draft.start < e.end)
    if entity.label_ == "ORG" and (len(entity) > 2 or entity.end != draft.end):
        return False
    rest = [t for t in entity if not draft.start <= t.i < draft.end and t.tag_ != "POS" and t.pos_ != "DET"]
    return bool(rest) and all(t.is_title for t in rest)


def _is_place(doc: Doc, draft: Draft, language: Language) -> bool:
    """A seat of government in its plain sense: somebody is in it, near it, on the way to it."""
    if _is_of_town(doc, draft, language) or _lower(doc, draft.end) == "state" or _is_dateline(doc, draft):
        return True
    before, after = _beside(doc, draft.start - 1), _beside(doc, draft.end)
    if after is not None and after.text == "," and before is not None and before.text == ",":
        return True
    if _lower(doc, draft.end) == "," and _lower(doc, draft.end + 1) == "where":
        return _lower(doc, draft.start - 2) != "according"
    if _lower(doc, draft.end) == "as" and "capital" in (_lower(doc, draft.end + 1), _lower(doc, draft.end + 2)):
        return True
    if after is not None and after.pos_ == "PROPN" and after.is_title and after.dep_ != "punct":
        return True
    if doc[draft.end - 1].dep_ == "dobj" and doc[draft.end - 1].head.lemma_.lower() in language.reached:
        return True
    if before is None or before.lower_ not in language.locative:
        return False
    return (
        before.lower_ not in language.direction or before.is_sent_start or before.head.lemma_.lower() in language.motion
    )


def _is_dateline(doc: Doc, draft: Draft) -> bool:
    """A town in capitals from which a report is sent, at the head of a line: "MOSCOW: The ministry said"."""
    heads = draft.start == 0 or "\n" in doc[draft.start - 1].text
    return heads and doc[draft.start : draft.end].text.isupper() and _lower(doc, draft.end) in _BEHIND_DATELINES


def _is_of_town(doc: Doc, draft: Draft, language: Language) -> bool:
    """A town as what tells one thing from another: "the Minsk agreements", "the Delhi metro"."""
    before, head = _beside(doc, draft.start - 1), _head(doc, draft)
    if head.i != draft.end or head.pos_ != "NOUN" or not head.is_lower:
        return False
    told = before is not None and before.pos_ == "DET"
    if not told and not (head.tag_ == "NNS" and head.dep_ in ("nsubj", "nsubjpass")):
        return False
    known = language.role([head.lower_]) or language.role([head.lemma_.lower()])
    return known is None and is_town(draft.name)


def _beside(doc: Doc, i: int) -> Token | None:
    return doc[i] if 0 <= i < len(doc) else None
