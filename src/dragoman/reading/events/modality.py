"""Predicate -> whether it happened, will, might or was long ago, and whether it is denied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.analysis import Modality, Polarity
from dragoman.reading.events.syntax import ancestors, children

_CARRIES = frozenset(
    ["xcomp", "ccomp", "pcomp", "advcl", "acl", "conj", "dobj", "pobj", "prep", "nsubj", "nsubjpass", "attr", "acomp",
     "relcl", "dep"]
)  # fmt: skip
_CLAUSAL = frozenset({"xcomp", "pcomp", "ccomp", "acl"})


@dataclass(frozen=True, slots=True)
class Manner:
    """How a predicate is put. `governed`: it stands in the complement of a verb that makes it unreal ("refused to meet")."""

    modality: Modality = "actual"
    polarity: Polarity = "affirmed"
    governed: bool = False


@dataclass(frozen=True, slots=True)
class Grammar:
    """Reads tense, mood and negation with the small words of a language."""

    words: Mapping[str, frozenset[str]]

    def manner(self, trigger: Token) -> Manner:
        """The manner of a verb, noun or adjective from its auxiliaries and from what governs it."""
        verb = self._verb_of(trigger)
        polarity: Polarity = "negated" if self._is_negated(trigger) or self._fails(verb) else "affirmed"
        governed = self._is_governed(trigger)
        modality = "hypothetical" if governed else self._foreseen(trigger) or self._modality(verb)
        return Manner(modality, polarity, governed)

    def _foreseen(self, noun: Token) -> Modality | None:
        """What an adjective makes of a noun: "a possible invasion" has not happened, "a planned visit" is to come."""
        modifiers = {c.lower_ for c in children(noun, "amod")}
        if noun.pos_ not in ("NOUN", "PROPN"):
            return None
        return (
            "hypothetical"
            if modifiers & self.words["unreal"]
            else "future"
            if modifiers & self.words["coming"]
            else None
        )

    def failed(self, trigger: Token) -> bool:
        """Whether it was tried or expected and did not come about: "failed to agree"."""
        return self._fails(self._verb_of(trigger))

    def is_willed(self, trigger: Token) -> bool:
        """Whether it is put as what the actor will or would do, or decided to do."""
        verb = self._verb_of(trigger)
        aux = {a.lower_ for a in children(verb, "aux")}
        reported = verb.dep_ in ("ccomp", "conj")
        if aux & self.words["will"] or (reported and aux & self.words["willing"]):
            return True
        return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in self.words["future_governors"]

    def has_duty(self, verb: Token) -> bool:
        """Whether the verb is put as a duty of its subject: "must", "should", "needs to"; what need not be is none."""
        if verb.lemma_ in ("be", "happen") and not any(
            c.lower_ in self.words["dutiful"] for c in children(verb, "acomp")
        ):
            return False
        aux = {a.lower_ for a in children(verb, "aux") if not _is_inverted(a, verb)}
        if aux & (self.words["duty"] - {"have", "need", "shall"}):
            return True
        charged = any(o.lemma_ in self.words["duties"] and any(children(o, "acl")) for o in children(verb, "dobj"))
        if charged and verb.lemma_ in ("have", "bear", "carry") and not self._is_negated(verb):
            return True
        owed = verb.dep_ == "xcomp" and verb.head.lemma_ in ("need", "have", "ought") and "to" in aux
        return owed and not self._is_negated(verb.head)

    def _verb_of(self, trigger: Token) -> Token:
        """The verb whose tense holds for the trigger: itself, the copula of an adjective, the governor of an object noun."""
        if trigger.pos_ in ("VERB", "AUX") and trigger.dep_ not in ("acomp",):
            return self._first_of_coordination(trigger)
        for head in ancestors(trigger, 3):
            if head.pos_ in ("VERB", "AUX"):
                return head
            if head.pos_ == "ADP":
                break
        return trigger

    def _first_of_coordination(self, verb: Token) -> Token:
        while (
            verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX") and not any(children(verb, "aux", "nsubj", "neg"))
        ):
            verb = verb.head
        return verb

    def _is_negated(self, trigger: Token) -> bool:
        verb = self._verb_of(trigger)
        if any(t.lower_ in self.words["negators"] for t in children(verb, "neg", "preconj", "det", "advmod", "aux")):
            return True
        if any(c.lower_ == "no" for o in children(verb, "dobj", "attr") for c in o.children if trigger.i != o.i):
            return bool(verb.i == trigger.i)
        nominal = trigger.pos_ in ("NOUN", "PROPN")
        return nominal and any(c.lower_ in ("no", "without", "non") for c in (*trigger.children, trigger.head))

    def _fails(self, verb: Token) -> bool:
        return verb.dep_ == "xcomp" and verb.head.lemma_.lower() in self.words["failing"]

    def _modality(self, verb: Token) -> Modality:
        if any(m.lower_ in self.words["conditional"] for m in children(verb, "mark")):
            return "hypothetical"
        aux = {a.lower_ for a in children(verb, "aux")}
        if aux & self.words["will"]:
            return "future"
        if aux & self.words["willing"] and _is_promised(verb):
            return "future"
        if aux & self.words["possible"] or aux & (self.words["duty"] - {"have", "shall"}):
            return "hypothetical"
        return self._inherited(verb, aux)

    def _inherited(self, verb: Token, aux: set[str]) -> Modality:
        """What the governor of an infinitive makes of it."""
        head = verb.head
        if verb.dep_ not in ("xcomp", "acl", "advcl", "pcomp") or head.i == verb.i:
            return "actual"
        if "to" in aux and {head.lemma_.lower(), head.lower_} & (self.words["future_governors"] | {"be"}):
            return "hypothetical" if self._is_possible(head) else "future"
        if "to" in aux and verb.dep_ in ("advcl", "acl"):
            return "actual" if head.lemma_.lower() in self.words["contacting"] else "hypothetical"
        return self._modality(head) if verb.dep_ == "xcomp" and head.pos_ in ("VERB", "AUX") else "actual"

    def _is_possible(self, governor: Token) -> bool:
        """Whether it is put as no more than possible: "may be about to", "could be preparing to"."""
        verb = governor.head if governor.pos_ == "ADJ" else governor
        return bool({a.lower_ for a in children(verb, "aux")} & (self.words["possible"] - self.words["willing"]))

    def _is_governed(self, trigger: Token) -> bool:
        """Whether a verb above makes the trigger unreal; a noun with an owner of its own is taken as given."""
        nominal = trigger.pos_ in ("NOUN", "PROPN")
        if nominal and (any(children(trigger, "poss")) or trigger.head.lemma_.lower() in self.words["ceasing"]):
            return False
        below = trigger
        for head in ancestors(trigger):
            if below.dep_ not in _CARRIES or (below.dep_ == "conj" and any(children(below, "nsubj"))):
                return False
            if below.dep_ in ("nsubj", "nsubjpass") or (below.dep_ == "relcl" and not _is_purpose(below)):
                return False
            if below.dep_ == "prep" and below.lower_ in self.words["factual"]:
                return False
            if (
                below.dep_ in ("advcl", "acl", "relcl")
                and _is_purpose(below)
                and head.lemma_.lower() not in self.words["future_governors"] | self.words["contacting"]
            ):
                return True
            if any(m.lower_ in ("whether", "for") for m in children(below, "mark")) or _is_missing(head):
                return True
            unreal = bool({head.lemma_.lower(), head.lower_} & self.words["unreal_governors"])
            unreal = unreal or (below.dep_ in _CLAUSAL and self._makes_unreal(head))
            if unreal and below.dep_ != "conj" and (nominal or below.dep_ in (*_CLAUSAL, "prep")):
                return True
            below = head
        return False

    def _makes_unreal(self, verb: Token) -> bool:
        """Whether the verb orders what its clause tells, or says of what is unreal that it is about: "rumours grow that"."""
        if verb.lemma_.lower() in self.words["unreal_clauses"]:
            return True
        about = verb.lemma_.lower() in self.words["rife"]
        return about and any(
            s.lemma_.lower() in self.words["unreal_governors"] for s in children(verb, "nsubj", "expl")
        )


def _is_purpose(verb: Token) -> bool:
    return any(a.lower_ == "to" for a in children(verb, "aux"))


def _is_promised(verb: Token) -> bool:
    """Whether "would" is the will of yesterday: "Kyiv said it would free ten men", "announced that troops would leave"."""
    said = verb.dep_ == "ccomp" and verb.head.pos_ == "VERB" and verb.head.i < verb.i
    itself = any(s.lower_ in ("it", "he", "she", "they") for s in children(verb, "nsubj"))
    return said and (itself or verb.head.lemma_ in ("announce", "confirm", "pledge", "promise", "vow", "decide"))


def _is_missing(noun: Token) -> bool:
    """Whether a noun is said not to be there: "no sign that", "no plan to"."""
    return noun.pos_ == "NOUN" and any(c.lower_ == "no" for c in children(noun, "det"))


def _is_inverted(auxiliary: Token, verb: Token) -> bool:
    """Whether it stands before its subject: "should it move" is a condition, not a duty."""
    return any(auxiliary.i < subject.i for subject in children(verb, "nsubj", "nsubjpass"))
