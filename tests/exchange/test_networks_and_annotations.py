"""GraphML and Web Annotations: well-formed, complete, and every mark leads to the words."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

from dragoman.views.exports import Losses

from ..views import sample
from .conftest import CHAD, MINISTER, NORWAY, SWEDEN, act, written

NAMESPACE = {"g": "http://graphml.graphdrawing.org/xmlns"}


def network(*analyses, losses=None):
    """Nodes by id, and edges, each with their data."""
    root = ET.fromstring(written("graphml", *analyses, losses=losses))
    keys = {key.get("id"): key.get("attr.name") for key in root.findall("g:key", NAMESPACE)}

    def data(element):
        return {keys[d.get("key")]: d.text for d in element.findall("g:data", NAMESPACE)}

    nodes = {n.get("id"): data(n) for n in root.iterfind(".//g:node", NAMESPACE)}
    edges = [(e.get("source"), e.get("target"), data(e)) for e in root.iterfind(".//g:edge", NAMESPACE)]
    return nodes, edges


def annotations(*analyses):
    """The items of the collection."""
    collection = json.loads(written("w3c", *analyses))
    assert collection["total"] == len(collection["first"]["items"])
    return collection["first"]["items"]


def test_every_edge_joins_two_nodes_that_are_there(report):
    """Every key is declared, too: data() would fail."""
    nodes, edges = network(report, act("CONSULT", actors=(NORWAY, SWEDEN)))
    assert edges
    assert {end for source, target, _ in edges for end in (source, target)} == set(nodes)


def test_events_of_a_type_between_two_are_one_edge():
    """With their number, mean score, first and last day, and all places."""
    first = act("ACCUSE", actors=(NORWAY,), recipients=(CHAD,), date="2031-05-01")
    second = act("ACCUSE", mode="allege", actors=(NORWAY,), recipients=(CHAD,), date="2031-06-01", published="2031-06")
    _, ((source, target, edge),) = network(first, second)
    assert (source, target) == ("actor:NOR", "actor:TCD")
    assert (edge["layer"], edge["type"], edge["weight"], edge["score"]) == ("events", "ACCUSE", "2", "-3.25")
    assert (edge["first"], edge["last"]) == ("2031-05-01", "2031-06-01")
    assert edge["evidence"] == f"{first.document.id}:7-11 {second.document.id}:7-11"


def test_a_stance_joins_its_holder_to_a_measure(report):
    """Opposition is minus one."""
    nodes, edges = network(report)
    found = {(s, t, d["type"], d["score"]) for s, t, d in edges if d["layer"] == "stances"}
    assert ("actor:NOR", "measure:troop_deployment", "opposes", "-1.0") in found
    assert nodes["measure:troop_deployment"] == {"label": "troop_deployment", "kind": "measure", "frequency": "1"}


def test_a_node_says_who_it_is():
    """Name, kind, country, sectors and how often it is met."""
    nodes, _ = network(act("ACCUSE", actors=(MINISTER,), recipients=(CHAD,)))
    assert nodes["actor:marta-ilvesk"] == {
        "label": "Marta Ilvesk",
        "kind": "person",
        "country": "NOR",
        "sectors": "GOV",
        "frequency": "1",
    }


def test_undecided_sides_are_counted():
    """A network has no place for somebody."""
    losses = Losses()
    nodes, edges = network(act("ACCUSE", actors=("rebels",), recipients=(CHAD,)), losses=losses)
    assert (nodes, edges) == ({}, [])
    assert losses.lines() == ["events and stances with a side that was not decided, left out: 1"]


def test_names_that_mean_harm_are_escaped():
    """Also control characters, which XML cannot hold at all."""
    hostile = sample.hostile()
    ET.fromstring(written("graphml", hostile))
    ET.fromstring(written("petrarch-xml", hostile))


def test_every_statement_event_and_stance_is_an_annotation(report):
    """Each with an id of its own."""
    items = annotations(report)
    assert len(items) == len(report.statements) + len(report.events) + len(report.stances)
    assert len({i["id"] for i in items}) == len(items)


def test_a_target_quotes_the_document_and_says_where(report):
    """In code points, with what stands around."""
    for item in annotations(report, sample.hostile()):
        text = (report if report.document.id in item["id"] else sample.hostile()).document.text
        for target in item["target"]:
            quote, position = target["selector"]
            start, end = position["start"], position["end"]
            assert text[start:end] == quote["exact"]
            assert text[:start].endswith(quote["prefix"])
            assert text[end:].startswith(quote["suffix"])


def test_a_quotation_that_the_text_interrupts_has_several_targets(report):
    """s2 is parted by "she said"."""
    (item,) = (i for i in annotations(report) if i["id"].endswith(":statement:s2"))
    assert [t["selector"][0]["exact"][:9] for t in item["target"]] == ["“We will ", "“Talks ar"]


def test_the_body_is_the_row_with_its_actors(report):
    """As in the contract."""
    (item,) = (i for i in annotations(report) if i["id"].endswith(":stance:p3"))
    tag, row = item["body"]
    assert tag["value"] == "stance supports"
    assert row["dragoman:row"]["measure"]["type"] == "mediation"
    assert {a["id"] for a in row["dragoman:actors"]} == {"NOR", "tamsk-front"}
    assert item["target"][0]["source"] == "https://wire.invalid/2024/03/12/tamsk"


def test_a_document_without_an_address_has_a_name():
    """That its id makes."""
    analysis = act("AID", actors=(NORWAY,))
    (item,) = annotations(analysis)
    assert item["target"][0]["source"] == f"urn:dragoman:{analysis.document.id}"


def test_an_empty_record_is_an_empty_collection():
    """And an empty network."""
    assert annotations() == []
    assert network() == ({}, [])
