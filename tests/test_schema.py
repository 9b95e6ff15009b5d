"""The published contract: what dragoman writes follows it, and it refuses what does not."""

from __future__ import annotations

import copy
import json
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, example, given, settings
from jsonschema import Draft202012Validator

from dragoman.analysis import Analysis, Direction, Force, Form, Kind, Modality, Polarity, Via
from dragoman.document import Document
from dragoman.ingest import read_path
from dragoman.knowledge.ontology import load_ontology

from .strategies import texts
from .views import sample

EXAMPLES = Path(__file__).parent.parent / "examples"
SCHEMA = json.loads((files("dragoman") / "schema" / "analysis.json").read_text(encoding="utf-8"))
VALID = sample.report().to_dict()


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    """The contract as a validator."""
    return Draft202012Validator(SCHEMA)


def objects(schema: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Every schema of an object in the contract, with its path."""
    below = schema.items() if isinstance(schema, dict) else enumerate(schema) if isinstance(schema, list) else ()
    found = [(path, schema)] if isinstance(schema, dict) and schema.get("type") == "object" else []
    return found + [one for key, value in below for one in objects(value, f"{path}/{key}")]


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    """The valid line with one value changed."""
    line = copy.deepcopy(VALID)
    at: Any = line
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = to
    return line


def test_the_contract_is_a_json_schema():
    """It is itself valid by JSON Schema 2020-12."""
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMA)


def test_every_field_is_described():
    """Each property says in a sentence what it is, itself or where it points."""
    properties = [(path, name, p) for path, one in objects(SCHEMA) for name, p in one.get("properties", {}).items()]
    assert len(properties) > 60
    bare = [f"{path}/{name}" for path, name, p in properties if not (p.get("description") or "$ref" in p)]
    assert bare == []


def test_every_field_is_required():
    """A consumer finds every field that is named, empty or null where there is nothing to say."""
    for path, one in objects(SCHEMA):
        assert set(one.get("required", ())) == set(one["properties"]), path


@pytest.mark.parametrize("analysis", [sample.report(), sample.hostile(), Analysis(reader="r", document=Document(""))])
def test_what_is_written_follows_the_contract(validator, analysis):
    """A full reading, a hostile one and an empty one are valid lines."""
    assert [e.message for e in validator.iter_errors(json.loads(analysis.to_json()))] == []


def test_the_examples_follow_the_contract(validator, reader):
    """Every example, read by the real reader, is a valid line."""
    documents = [one for one in read_path(EXAMPLES) if isinstance(one, Document)]
    assert len(documents) >= 8
    for analysis in reader.read_all(documents):
        faults = [f"{e.json_path}: {e.message}" for e in validator.iter_errors(json.loads(analysis.to_json()))]
        assert faults == [], analysis.document.title


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
@example("“We left,” the Malian minister said in Bamako\x00 on Monday. قال الوزير 🕊")
def test_hostile_texts_follow_the_contract(validator, reader, text):
    """Whatever the text, what is written of it is a valid line."""
    line = json.loads(reader.read(Document(text)).to_json())
    assert [e.message for e in validator.iter_errors(line)] == []


def test_the_contract_names_the_fields_that_are_written():
    """No field is written that the contract does not describe, in any of its objects."""
    defs = SCHEMA["$defs"]
    assert set(VALID) == set(SCHEMA["properties"])
    assert set(VALID["document"]) == set(defs["document"]["properties"])
    for table in ("actors", "mentions", "statements", "events", "stances"):
        assert set(VALID[table][0]) == set(defs[table.removesuffix("s")]["properties"]), table


def test_fields_may_be_added(validator):
    """A line of a later version with more fields stays valid for today's consumers."""
    assert validator.is_valid(changed("later", to=1))
    assert validator.is_valid(changed("events", 0, "later", to=[1]))


@pytest.mark.parametrize(
    "line",
    [
        changed("schema", to="dragoman/2"),
        changed("document", "id", to="not hex"),
        changed("document", "published", to="18 January 2012"),
        changed("actors", 0, "kind", to="country"),
        changed("actors", 0, "country", to="Norway"),
        changed("actors", 1, "sectors", to=["KING"]),
        changed("mentions", 0, "via", to="guess"),
        changed("mentions", 0, "start", to=-1),
        changed("statements", 0, "form", to="quoted"),
        changed("statements", 0, "content", to=[]),
        changed("statements", 0, "source", to="Ilvesk"),
        changed("events", 0, "type", to="FIGHT"),
        changed("events", 0, "mode", to="aerial"),
        changed("events", 0, "cameo", to=129),
        changed("events", 0, "cameo", to="21"),
        changed("events", 0, "contexts", to=["foreign"]),
        changed("events", 0, "polarity", to="not"),
        changed("events", 0, "modality", to="past"),
        changed("events", 0, "score", to=1.2),
        changed("stances", 0, "stance", to="neutral"),
        changed("stances", 0, "force", to="strong"),
        changed("stances", 0, "measure", "type", to="war"),
        changed("stances", 0, "holder", to=None),
        changed("skipped", to=[{"start": 0, "end": 1}]),
        {key: value for key, value in VALID.items() if key != "stances"},
    ],
)
def test_what_breaks_the_contract_is_refused(validator, line):
    """Wrong codes, words of other ontologies, missing fields and wrong types are not valid."""
    assert not validator.is_valid(line)


@pytest.mark.parametrize(
    ("definition", "field", "type_"),
    [
        ("actor", "kind", Kind),
        ("mention", "via", Via),
        ("statement", "form", Form),
        ("event", "polarity", Polarity),
        ("event", "modality", Modality),
        ("stance", "stance", Direction),
        ("stance", "force", Force),
    ],
)
def test_the_values_are_those_of_the_python_types(definition, field, type_):
    """What Python calls a literal type and the contract an enumeration are the same values."""
    assert SCHEMA["$defs"][definition]["properties"][field]["enum"] == list(get_args(type_))


def test_the_codes_are_those_of_the_ontology():
    """Types, modes by type, contexts and measures of the contract are those that dragoman knows."""
    ontology = load_ontology()
    event = SCHEMA["$defs"]["event"]
    assert set(event["properties"]["type"]["enum"]) == set(ontology.types)
    assert set(event["properties"]["contexts"]["items"]["enum"]) == set(ontology.contexts)
    modes = {
        rule["if"]["properties"]["type"]["const"]: rule["then"]["properties"]["mode"]["enum"] for rule in event["allOf"]
    }
    assert {t: set(m) - {None} for t, m in modes.items()} == {t: set(one.modes) for t, one in ontology.types.items()}
    assert set(SCHEMA["$defs"]["measure"]["properties"]["type"]["enum"]) == set(ontology.measures)


def test_the_sectors_are_those_of_the_ontology():
    """Sector codes of actors are PLOVER's."""
    assert set(SCHEMA["$defs"]["actor"]["properties"]["sectors"]["items"]["examples"]) == set(load_ontology().sectors)
