"""The grammar under the stances: subjects, denial, finiteness, supposition, links and chains."""

from __future__ import annotations

import pytest

from dragoman.document import Document
from dragoman.knowledge.ontology import load_ontology
from dragoman.knowledge.stance_words import load_stance_words
from dragoman.reading.parse import parse
from dragoman.reading.stances.chains import chains
from dragoman.reading.stances.grammar import in_condition, is_finite, is_negated, joined, links, owners, subjects
from dragoman.reading.stances.measures import MeasureFinder


@pytest.fixture(scope="module")
def word(pipeline):
    """The token of a text with that form."""

    def find(text: str, form: str):
        return next(t for t in parse(Document(text), pipeline).doc if t.text == form)

    return find


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Peru rejects talks.", "rejects", ["Peru"]),
        ("Peru and Chile reject talks.", "reject", ["Peru", "Chile"]),
        ("Peru rejected talks and condemned the raid.", "condemned", ["Peru"]),
        ("Peru wants to resume talks.", "resume", ["Peru"]),
        ("Peru urged Chile to resume talks.", "resume", ["Chile"]),
        ("The talks were boycotted by Peru.", "boycotted", ["Peru"]),
        ("The talks boycotted by Peru collapsed.", "boycotted", ["Peru"]),
        ("The minister who opposes sanctions resigned.", "opposes", ["minister"]),
        ("Peru left early, rejecting the plan.", "rejecting", ["Peru"]),
        ("UN-sponsored talks began.", "sponsored", ["UN"]),
        ("The talks were suspended.", "suspended", []),
    ],
)
def test_subjects(word, text, verb, expected):
    """Own, joined, shared, controlled, agents of passives, through relative pronouns."""
    assert [t.text for t in subjects(word(text, verb))] == expected


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("Peru will not send troops.", "send", True),
        ("Peru won't send troops.", "send", True),
        ("Peru will never send troops.", "send", True),
        ("Peru will not send or sell arms.", "sell", True),
        ("No country will send troops.", "send", True),
        ("Peru wants no sanctions.", "sanctions", True),
        ("Peru insists on non-interference.", "interference", True),
        ("Peru is not ready.", "ready", True),
        ("Peru will send troops.", "send", False),
        ("Peru did not refuse but sent troops.", "sent", False),
    ],
)
def test_denial(word, text, form, expected):
    """By "not", "never", "no" and "non-", in the verb, its copula, its subject or the verb it is joined to."""
    assert is_negated(word(text, form)) is expected


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("Peru rejects talks.", "rejects", True),
        ("Peru will reject talks.", "reject", True),
        ("Peru wants to reject talks.", "reject", False),
        ("Peru spoke of rejecting talks.", "rejecting", False),
        ("Peru is rejecting talks.", "rejecting", True),
    ],
)
def test_finiteness(word, text, form, expected):
    """Only finite verbs say something of their subject."""
    assert is_finite(word(text, form)) is expected


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("If Peru rejects the plan, Chile will leave.", "rejects", True),
        ("They asked whether Peru rejects the plan.", "rejects", True),
        ("Does Peru reject the plan?", "reject", True),
        ("Peru rejects the plan.", "rejects", False),
        ("If Peru rejects the plan, Chile will leave.", "leave", False),
    ],
)
def test_supposition(word, text, form, expected):
    """Conditions, indirect and direct questions."""
    assert in_condition(word(text, form)) is expected


@pytest.mark.parametrize(
    ("text", "form", "expected"),
    [
        ("Peru rejects sanctions.", "sanctions", ("rejects", "obj")),
        ("Peru called for sanctions.", "sanctions", ("called", "for")),
        ("Sanctions were lifted.", "Sanctions", ("lifted", "obj")),
        ("Sanctions are wrong.", "Sanctions", ("wrong", "subj")),
        ("Sanctions hurt everybody.", "Sanctions", ("hurt", "subj")),
        ("Peru wants to lift sanctions.", "lift", ("wants", "inf")),
        ("Peru talked about lifting sanctions.", "lifting", ("talked", "about")),
        ("Peru rejects talks and sanctions.", "sanctions", ("rejects", "obj")),
    ],
)
def test_links(word, text, form, expected):
    """What a phrase hangs on, and in which slot."""
    assert expected in [(link.word.text, link.slot) for link in links(word(text, form))]


def test_without_turns_the_link(word):
    """The connection denies what follows it."""
    (link,) = links(word("Peru wants a solution without interference.", "interference"))
    assert (link.word.text, link.turned) == ("solution", True)


def test_joined_nouns_and_owners(word):
    """Who belongs to a noun by "and", by possession and by "of"."""
    assert [t.text for t in joined(word("Peru, Chile and Cuba agreed.", "Peru"))] == ["Peru", "Chile", "Cuba"]
    assert [t.text for t in owners(word("They met Peru's demands.", "demands"))] == ["Peru"]
    assert "Chile" in [t.text for t in owners(word("They met the demands of Chile.", "demands"))]


def test_a_chain_composes(pipeline):
    """Rejected (-) calls (+) to lift (-) is for."""
    doc = parse(Document("Egypt rejected calls to lift the sanctions."), pipeline).doc
    (measure,) = MeasureFinder(load_ontology().measures).find(doc)
    whole = max(chains(measure, doc[measure.head], load_stance_words()), key=lambda c: len(c.steps))
    assert [(s.token.text, s.sign) for s in whole.steps] == [("lift", -1), ("calls", 1), ("rejected", -1)]
    assert whole.sign == 1
