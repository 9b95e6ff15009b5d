"""The ontology: PLOVER, CAMEO and the measures, checked against each other and against the facts they are taken from."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.ontology import Ontology, _acts, _codes, check, load_ontology


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


# ------------------------------------------------------------------------------------------------------------- PLOVER


def test_plover_has_sixteen_types_with_definitions(ontology):
    """All 16 types are there, each with a sentence that says what it is."""
    verbal = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
    material = {"COOPERATE", "AID", "RETREAT", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
    assert set(ontology.types) == verbal | material
    assert all(t.definition.endswith(".") and len(t.definition.split()) > 8 for t in ontology.types.values())


@pytest.mark.parametrize(
    ("quad", "types"),
    [
        (1, {"AGREE", "CONSULT", "SUPPORT", "CONCEDE"}),
        (2, {"COOPERATE", "AID", "RETREAT"}),
        (3, {"REQUEST", "ACCUSE", "REJECT", "THREATEN"}),
        (4, {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}),
    ],
)
def test_each_type_is_in_its_quad_class(ontology, quad, types):
    """Verbal and material cooperation, verbal and material conflict; SANCTION is material, as its section of the manual says."""
    assert {name for name, t in ontology.types.items() if t.quad == quad} == types


def test_modes_belong_to_types(ontology):
    """Fifteen kinds of assault, seven of step back, none of agreement."""
    assert len(ontology.types["ASSAULT"].modes) == 15
    assert list(ontology.types["RETREAT"].modes) == ["withdraw", "release", "disarm", "ceasefire", "access", "resign"]
    assert not ontology.types["AGREE"].modes


def test_a_mode_has_its_own_score(ontology):
    """A ceasefire scores 7.5, a retreat in general 6.5."""
    assert ontology.score("RETREAT", "ceasefire") == 7.5
    assert ontology.score("RETREAT") == 6.5


def test_a_mode_without_a_score_takes_its_types(ontology):
    """PLOVER gives no score for vandalism; it counts as protest."""
    assert ontology.score("PROTEST", "vandalize") == ontology.score("PROTEST")


def test_accusations_score_negative(ontology):
    """The manual prints +3 for ACCUSE, though all its modes are negative: the minus sign was lost."""
    assert ontology.score("ACCUSE") == -3.0


def test_scores_agree_with_the_quad_class(ontology):
    """Cooperation scores above zero, material conflict below."""
    for t in ontology.types.values():
        scores = [t.score, *(m.score for m in t.modes.values())]
        if t.quad in (1, 2):
            assert min(scores) > 0, t.name
        if t.quad == 4:
            assert max(scores) < 0, t.name


def test_two_modes_bring_their_context(ontology):
    """A cyber attack is always in the context cyber, disinformation in misinformation."""
    assert ontology.mode("COERCE", "cyber").contexts == ("cyber",)
    assert ontology.mode("COERCE", "misinformation").contexts == ("misinformation",)


def test_contexts_and_sectors_have_plain_words(ontology):
    """37 contexts and 25 sectors, each with words a reader understands."""
    assert len(ontology.contexts) == 37
    assert len(ontology.sectors) == 25
    assert ontology.sectors["MED"] == "medical"
    assert ontology.sectors["JRN"] == "journalists and media"
    assert all(" " in words or words.isalpha() for words in (*ontology.contexts.values(), *ontology.sectors.values()))


# -------------------------------------------------------------------------------------------------------------- CAMEO


def test_cameo_has_316_codes(ontology):
    """20 roots, 149 codes of three digits and 147 of four."""
    assert Counter(map(len, ontology.codes)) == {2: 20, 3: 149, 4: 147}


@pytest.mark.parametrize(
    ("root", "below"),
    zip(
        [f"{n:02}" for n in range(1, 21)],
        [10, 27, 28, 7, 8, 5, 6, 25, 5, 27, 12, 26, 22, 26, 6, 13, 13, 14, 9, 7],
        strict=True,
    ),
)
def test_each_root_has_its_codes(ontology, root, below):
    """As many codes below each root as the codebook lists."""
    assert sum(code.startswith(root) and code != root for code in ontology.codes) == below


def test_a_leading_zero_matters(ontology):
    """ "010" is a statement, "10" a demand."""
    assert ontology.codes["010"].label == "Makes a statement, not specified"
    assert ontology.codes["10"].label == "Demands"


@pytest.mark.parametrize(
    ("code", "goldstein"),
    [
        ("057", 8.0),
        ("0334", 6.0),
        ("0333", 5.2),
        ("0874", 10.0),
        ("0871", 9.0),
        ("129", -5.0),
        ("1385", -7.0),
        ("1823", -10.0),
        ("130", -4.4),
    ],
)
def test_goldstein_values(ontology, code, goldstein):
    """Values as in the lookup table; a code of four digits has its parent's unless it has its own."""
    assert ontology.codes[code].goldstein == goldstein


@pytest.mark.parametrize(
    ("code", "parent"), [("155", "15"), ("176", "17"), ("1834", "183"), ("1951", "195"), ("1952", "195")]
)
def test_newer_codes_inherit_goldstein(ontology, code, parent):
    """Codes that were added after the scale take the value above them."""
    assert ontology.codes[code].goldstein == ontology.codes[parent].goldstein


@pytest.mark.parametrize(
    ("code", "quad", "penta"),
    [
        ("010", 1, 0),
        ("057", 1, 1),
        ("061", 2, 2),
        ("084", 2, 2),
        ("090", 3, 3),
        ("139", 3, 3),
        ("140", 4, 4),
        ("204", 4, 4),
    ],
)
def test_quad_class_follows_from_the_root(ontology, code, quad, penta):
    """Roots 01-05, 06-08, 09-13 and 14-20; public statements have a class of their own among five."""
    assert (ontology.codes[code].quad, ontology.codes[code].penta) == (quad, penta)


def test_labels_are_distinct(ontology):
    """No two codes of one length carry the same words."""
    for length in (2, 3, 4):
        labels = [c.label for c in ontology.codes.values() if len(c.code) == length]
        assert len(labels) == len(set(labels))


# --------------------------------------------------------------------------------------------------- CAMEO and PLOVER


@pytest.mark.parametrize(
    ("code", "type", "mode"),
    [
        ("129", "REJECT", "yield"),
        ("163", "COERCE", "restrict"),
        ("1712", "ASSAULT", "destroy"),
        ("175", "ASSAULT", None),
        ("191", "COERCE", "restrict"),
        ("192", "COERCE", "seize"),
        ("0813", "RETREAT", None),
        ("081", "CONCEDE", None),
        ("084", "RETREAT", None),
        ("0872", "RETREAT", "withdraw"),
        ("105", "REQUEST", "change"),
        ("1056", "REQUEST", "yield"),
        ("055", "SUPPORT", None),
        ("08", "CONCEDE", None),
    ],
)
def test_conversion_follows_the_published_table(ontology, code, type, mode):
    """Also where the table surprises: sanctions coerce, a blockade is no fighting, an apology supports."""
    assert (ontology.codes[code].type, ontology.codes[code].mode) == (type, mode)


def test_statements_and_appeals_are_dropped(ontology):
    """PLOVER has no type for roots 01 and 02, and one for every other code."""
    assert {c.root for c in ontology.codes.values() if c.type is None} == {"01", "02"}
    assert all(c.type is None for c in ontology.codes.values() if c.root in ("01", "02"))


@pytest.mark.parametrize(
    ("code", "mode", "published"),
    [
        ("186", "targeted", "mode=assassinate"),
        ("1722", "restrict", "mode=ban"),
        ("0842", "release", "mode=return"),
        ("085", None, "mode=ease"),
    ],
)
def test_words_of_the_old_table_are_brought_to_plover_2(ontology, code, mode, published):
    """Modes that PLOVER 2.0 dropped are mapped, and the published word is kept beside."""
    assert (ontology.codes[code].mode, ontology.codes[code].published) == (mode, published)


@pytest.mark.parametrize(
    ("written", "found"), [("1214", "121"), ("1213", "121"), ("13y", "13"), ("057", "057"), ("20429", "2042")]
)
def test_codes_outside_the_list_go_to_their_ancestor(ontology, written, found):
    """Data in the wild contain codes that CAMEO does not list; they count as the nearest code above."""
    assert ontology.code(written).code == found


@pytest.mark.parametrize("written", ["", "1", "99", "AB", "210"])
def test_what_is_no_code_is_refused(ontology, written):
    """A text without any CAMEO ancestor raises, and the message says what would do."""
    with pytest.raises(KnowledgeError, match="roots are 01 to 20"):
        ontology.code(written)


def test_plover_goes_to_cameo_and_comes_back(ontology):
    """Every type and mode has a CAMEO code that means the same type, but for two that CAMEO files elsewhere."""
    astray = {
        (t.name, mode)
        for t in ontology.types.values()
        for mode in (None, *t.modes)
        if ontology.codes[ontology.cameo(t.name, mode)].type != t.name
    }
    assert astray == {("RETREAT", "resign"), ("SANCTION", "convict")}


@pytest.mark.parametrize(
    ("type", "modality", "polarity", "rewritten"),
    [
        ("AID", "future", "affirmed", "AGREE"),
        ("ASSAULT", "future", "affirmed", "THREATEN"),
        ("CONSULT", "actual", "negated", "REJECT"),
        ("AID", "future", "negated", "REJECT"),
        ("SANCTION", "future", "negated", "AGREE"),
        ("AID", "actual", "negated", "SANCTION"),
        ("ASSAULT", "actual", "affirmed", "ASSAULT"),
        ("REJECT", "future", "affirmed", "REJECT"),
    ],
)
def test_tense_and_negation_rewrite_types(ontology, type, modality, polarity, rewritten):
    """Aid to come is an agreement, force to come a threat, help denied a refusal."""
    assert ontology.rewritten(type, modality, polarity) == rewritten


# ------------------------------------------------------------------------------------------------------------ measures


def test_there_are_28_measures(ontology):
    """The measure types of the contract, in its order, the last one for the rest."""
    assert len(ontology.measures) == 28
    assert list(ontology.measures)[:3] == ["sanctions", "arms_embargo", "arms_transfer"]
    assert list(ontology.measures)[-1] == "other"


def test_every_measure_has_words(ontology):
    """Each is defined, named in plain words and found by at least ten triggers."""
    for m in ontology.measures.values():
        assert m.definition.endswith(".")
        assert len(m.nouns) + len(m.verbs) + len(m.phrases) + len(m.acts) >= 10, m.type


def test_triggers_name_one_measure(ontology):
    """No noun, verb or phrase by itself names two measures."""
    for kind in ("nouns", "verbs", "phrases"):
        count = Counter(trigger for m in ontology.measures.values() for trigger in getattr(m, kind))
        assert [t for t, n in count.items() if n > 1] == []


def test_triggers_are_lower_case_words(ontology):
    """Triggers are compared with lower-case words and lemmas, so none has a capital or a stray space."""
    for m in ontology.measures.values():
        words = [*m.nouns, *m.verbs, *m.undo, *(w for p in (*m.phrases, *m.negatives) for w in p)]
        assert all(w == w.lower().strip() and w for w in words), m.type


def test_sets_stand_for_their_words(ontology):
    """ "deploy @force" is "deploy" with troops, ships and whatever else the set lists."""
    deploy = [act for act in ontology.measures["troop_deployment"].acts if act.verb == "deploy"]
    assert any({"troop", "warship"} <= act.objects for act in deploy)


def test_an_embargo_on_arms_is_not_a_sanction_in_general(ontology):
    """What looks like one measure's trigger and means another's is among the first one's negatives."""
    assert ("arms", "embargo") in ontology.measures["sanctions"].negatives
    assert ("arms", "embargo") in ontology.measures["arms_embargo"].phrases


# ---------------------------------------------------------------------------------------------------------- the checks


def broken(ontology: Ontology, code: str, **changes: object) -> Ontology:
    return replace(ontology, codes={**ontology.codes, code: replace(ontology.codes[code], **changes)})


@pytest.mark.parametrize(
    ("code", "changes", "complaint"),
    [
        ("129", {"type": "VETO"}, "CAMEO 129 is VETO, which is no PLOVER type"),
        ("129", {"mode": "ban"}, "CAMEO 129: REJECT has no mode ban"),
        ("129", {"contexts": ("humanitarian",)}, "CAMEO 129: no context humanitarian"),
        ("129", {"type": None}, "CAMEO 129 has no PLOVER type"),
    ],
)
def test_a_code_that_fits_nothing_is_named(ontology, code, changes, complaint):
    """The check names the code and what is wrong with it."""
    with pytest.raises(KnowledgeError, match=complaint):
        check(broken(ontology, code, **changes))


def test_a_missing_code_is_counted(ontology):
    """The lists must be complete."""
    without = replace(ontology, codes={k: v for k, v in ontology.codes.items() if k != "2042"})
    with pytest.raises(KnowledgeError, match="147 codes of 4 digits, the file 146"):
        check(without)


def test_a_rewrite_to_no_type_is_named(ontology):
    """Rewrites go between types that exist."""
    wrong = replace(ontology, rewrite=replace(ontology.rewrite, future={"AID": "PROMISE"}))
    with pytest.raises(KnowledgeError, match="rewrite AID -> PROMISE"):
        check(wrong)


def test_the_same_code_twice_is_refused():
    """A second line would silently replace the first."""
    header = "code\tlabel\tgoldstein\ttype\tmode\tcontexts\tpublished\n"
    with pytest.raises(KnowledgeError, match="lists 01 twice"):
        _codes(header + "01\tPublic statement\t0\t\t\t\t\n" * 2)


def test_an_act_needs_an_object():
    """A verb alone belongs among the verbs."""
    with pytest.raises(KnowledgeError, match="write a verb and an object"):
        list(_acts("trade", ["sell"], {}))


def test_an_act_cannot_use_an_unknown_set():
    """The sets are named in the message."""
    with pytest.raises(KnowledgeError, match="@weapon"):
        list(_acts("trade", ["sell @boats"], {"@weapon": frozenset({"tank"})}))


def test_the_ontology_is_loaded_once():
    """Loading is cached: every reader shares one object that nobody can change."""
    assert load_ontology() is load_ontology()
    with pytest.raises(AttributeError):
        load_ontology().types = {}  # type: ignore[misc]
