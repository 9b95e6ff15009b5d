"""Positions, changes, red lines and networks on the screen, in files and in pictures."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import UsageError
from dragoman.record import NetworkSettings, Record
from dragoman.views import matrix_page, networks, positions
from dragoman.views.matrix import matrix

from ..record.positions.debate import BRAZIL, CHAD, IRAN, MINISTER, NORWAY, record_of, says


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """Norway threatens a veto against sanctions on Chad and turns; it offers talks on a condition; Brazil is for sanctions."""
    return record_of(
        tmp_path / "r",
        says(MINISTER, "opposes", toward=CHAD, on="2024-01-01", force="veto_threat", words="We shall veto them."),
        says(NORWAY, "supports", toward=CHAD, on="2024-03-01", words="Oslo now wants sanctions."),
        says(NORWAY, "supports", "dialogue", on="2024-03-01", force="offer", condition="if the guns fall silent"),
        says(BRAZIL, "supports", toward=CHAD, on=None, title="An undated leader"),
    )


def text(write: Callable[..., None], rows: Any) -> str:
    """What a writer writes."""
    out = io.StringIO()
    write(rows, out)
    return out.getvalue()


def folded(written: str) -> str:
    return " ".join(written.split())


def test_the_table_shows_stance_words_turning_points_and_what_lacks_a_date(record: Record):
    """Everything quotes its evidence."""
    shown = folded(text(positions.write_tables(positions.position_tables), record.positions()))
    assert "sanctions → Chad" in shown
    assert "+ supports" in shown
    assert "Turning points" in shown
    assert "We shall veto them." in shown.replace("\n", " ")
    assert "An undated leader (Fjord Wire (invented))" in shown


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        (positions.position_tables, "holds no stance of this selection"),
        (positions.change_tables, "Nothing moved"),
        (positions.red_line_tables, "No red line"),
    ],
)
def test_where_there_is_nothing_a_sentence_says_so(tables: Any, words: str):
    """An empty table would look like a fault."""
    assert words in text(positions.write_tables(tables), ())


def test_the_csv_has_a_line_for_each_passage(record: Record):
    """Beside the position it belongs to, and whether it belongs to the current stance."""
    rows = list(csv.DictReader(io.StringIO(text(positions.write_position_csv, record.positions()))))
    sanctions = [r for r in rows if r["actor"] == "NOR" and r["measure"] == "sanctions"]
    assert [(r["words"], r["current"], r["stance"]) for r in sanctions] == [
        ("We shall veto them.", "no", "supports"),
        ("Oslo now wants sanctions.", "yes", "supports"),
    ]


def test_json_has_all_the_evidence(record: Record):
    """Each passage names its document, and quotes it by offsets."""
    rows = json.loads(text(positions.write_json, record.positions()))
    (held,) = [r for r in rows if r["actor"] == "NOR" and r["measure"] == "sanctions"]
    assert [t["before"]["words"] for t in held["turns"]] == ["We shall veto them."]
    for passage in held["evidence"]:
        document = record.documents[passage["document"]]
        assert document.text[passage["start"] : passage["end"]] == passage["words"]


def test_changes_show_old_and_new_words(record: Record):
    """In the table and in the file."""
    moved = record.changes("2024-02")
    shown = folded(text(positions.write_tables(positions.change_tables), moved))
    assert "turned" in shown
    rows = list(csv.DictReader(io.StringIO(text(positions.write_change_csv, moved))))
    assert ("We shall veto them.", "Oslo now wants sanctions.") in {(r["old_words"], r["new_words"]) for r in rows}
    assert {r["moved"] for r in json.loads(text(positions.write_json, moved))} == {"turned", "new"}


def test_red_lines_show_their_fate(record: Record):
    """With the passage that contradicts."""
    lines = record.red_lines()
    assert "contradicted" in text(positions.write_tables(positions.red_line_tables), lines)
    (row,) = csv.DictReader(io.StringIO(text(positions.write_red_line_csv, lines)))
    assert (row["echo"], row["later_words"], row["force"]) == (
        "contradicts",
        "Oslo now wants sanctions.",
        "veto_threat",
    )
    (line,) = json.loads(text(positions.write_json, lines))
    assert line["later"][0]["words"] == "Oslo now wants sanctions."


def test_a_cell_that_differs_by_target_is_mixed(tmp_path: Path):
    """For sanctions on one and against those on another has no one sign."""
    record = record_of(tmp_path / "r", says(NORWAY, "opposes", toward=CHAD), says(NORWAY, "supports", toward=IRAN))
    cell = matrix(record.positions()).cells["NOR", "sanctions"]
    assert (cell.stance, cell.differs, len(cell.positions)) == ("mixed", True, 2)


def test_a_matrix_keeps_the_actors_with_most_passages(record: Record):
    """And says how many it leaves out."""
    small = matrix(record.positions(), 1)
    assert ([name for _, name in small.actors], small.left_out) == (["Norway"], 1)


def test_the_page_leads_from_a_cell_to_its_words(record: Record, parsed: Callable[[str], Any]):
    """Every link of the grid has its place on the page, every passage is there, and signs stand beside colours."""
    page = parsed(text(matrix_page.write_matrix_page, matrix(record.positions())))
    places = {e.attributes["id"] for e in page.find("*") if "id" in e.attributes}
    links = [a.attributes["href"].removeprefix("#") for a in page.find("a")]
    assert links
    assert set(links) <= places
    assert [td.text() for td in page.find("td", class_="held")] == ["+", "+", "+o"]
    assert "We shall veto them." in page.text()
    assert "On condition: if the guns fall silent" in page.text()


def test_the_page_obeys_no_text(tmp_path: Path, parsed: Callable[[str], Any]):
    """Names and words that look like markup are shown as they are."""
    bad = replace(NORWAY, name="<script>alert(1)</script>")
    record = record_of(tmp_path / "r", says(bad, "opposes", words="<b onclick='x'>No</b> & never."))
    written = text(matrix_page.write_matrix_page, matrix(record.positions()))
    page = parsed(written)
    assert not page.find("script")
    assert "<b onclick='x'>No</b> & never." in page.text()


@pytest.mark.parametrize("format", ["png", "svg"])
def test_pictures_of_matrix_and_network_come_out_the_same_twice(record: Record, format: str):
    """The same record draws the same bytes; a picture of words holds the words."""
    pytest.importorskip("matplotlib")
    pytest.importorskip("networkx")
    from dragoman.views.matrix_picture import write_matrix_picture
    from dragoman.views.network_picture import write_network_picture

    (network,) = record.networks(NetworkSettings(aggregation="subtract"))
    for write, drawn in ((write_matrix_picture, matrix(record.positions())), (write_network_picture, network)):
        first, second = io.BytesIO(), io.BytesIO()
        write(drawn, first, format)
        write(drawn, second, format)
        assert first.getvalue() == second.getvalue()
        if format == "svg":
            assert b"Norway" in first.getvalue()


@pytest.mark.parametrize(
    "choices", [{}, {"nodes": "both"}, {"nodes": "both", "aggregation": "combine"}, {"aggregation": "ignore"}]
)
def test_an_empty_record_still_draws(tmp_path: Path, choices: dict[str, str]):
    """Nothing to show is no error."""
    pytest.importorskip("matplotlib")
    pytest.importorskip("networkx")
    from dragoman.views.matrix_picture import write_matrix_picture
    from dragoman.views.network_picture import write_network_picture

    empty = Record(tmp_path / "r", create=True)
    out = io.BytesIO()
    write_matrix_picture(matrix(empty.positions()), out, "png")
    write_network_picture(empty.networks(NetworkSettings(**choices))[0], out, "png")
    assert out.getvalue().startswith(b"\x89PNG")


def test_the_matrix_file_is_as_dna_writes_it(record: Record):
    """Semicolons, labels in quotes, whole numbers or six decimals."""
    (network,) = record.networks(NetworkSettings(nodes="both"))
    assert text(networks.write_matrix, network).splitlines() == [
        '"";"dialogue";"sanctions"',
        '"Brazil";0;1',
        '"Norway";1;0',
    ]
    (shares,) = record.networks(NetworkSettings(nodes="both", normalisation="activity", aggregation="ignore"))
    assert text(networks.write_matrix, shares).splitlines()[2] == '"Norway";0.333333;0.666667'


def test_graphml_can_be_read_back(record: Record):
    """Nodes with their attributes, ties with weight and what they rest on."""
    networkx = pytest.importorskip("networkx")
    (network,) = record.networks()
    graph = networkx.parse_graphml(text(networks.write_graphml, network))
    assert [graph.nodes[n]["name"] for n in graph] == ["Brazil", "Norway"]
    (tie,) = graph.edges(data=True)
    assert (tie[2]["weight"], tie[2]["agreed"], tie[2]["disputed"]) == (1.0, "sanctions", "sanctions")


def test_graphml_keeps_actors_and_measures_apart(record: Record):
    """Two kinds of nodes, ties only between them."""
    networkx = pytest.importorskip("networkx")
    (network,) = record.networks(NetworkSettings(nodes="both", aggregation="ignore"))
    graph = networkx.parse_graphml(text(networks.write_graphml, network))
    kinds = networkx.get_node_attributes(graph, "kind")
    assert sorted(kinds.values()) == ["measure", "measure", "state", "state"]
    assert all((kinds[a] == "measure") != (kinds[b] == "measure") for a, b in graph.edges)


def test_json_of_networks_names_ties_by_the_ids_of_nodes(record: Record):
    """With the settings that made them."""
    (network,) = json.loads(text(networks.write_json, record.networks()))
    (tie,) = network["ties"]
    assert (tie["one"], tie["other"], tie["weight"]) == ("BRA", "NOR", 1.0)
    assert network["settings"]["aggregation"] == "congruence"


def test_the_table_of_ties_says_on_what_they_rest(record: Record):
    """The strongest first."""
    (network,) = record.networks()
    shown = text(lambda n, out: positions.write_tables(networks.tie_tables)(n, out), network)
    assert "Actors: congruence, 2024-01-01 to 2024-03-01" in shown
    assert "sanctions" in shown


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    """A bare installation does everything else."""
    import sys

    from dragoman.views.pictures import needed

    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(UsageError, match=r"needs networkx.*pip install 'dragoman\[pictures\]'"):
        needed("networkx")


def test_the_lines_of_json_say_what_the_objects_say(record: Record):
    """The text that is written fast is that of the objects: positions, changes, red lines, with all that is in them."""
    held, lines = record.positions(), record.red_lines()
    moved = record.changes("2024-01-01")
    assert any(p.turns for p in held) and any(x.later for x in lines) and moved
    for rows in (held, lines, moved):
        assert [json.loads(line) for line in positions.json_lines(rows)] == [
            json.loads(json.dumps(positions.as_object(r))) for r in rows
        ]
        assert [list(json.loads(line)) for line in positions.json_lines(rows)] == [
            list(positions.as_object(r)) for r in rows
        ]


def plain(row: Any) -> Any:
    """The object of a row as JSON would have it."""
    return json.loads(json.dumps(positions.as_object(row)))


def test_words_with_signs_of_json_are_written(tmp_path: Path):
    """Quotation marks, line ends, percent signs and control characters stay what they are."""
    odd = 'a "b"\n\\ %s \u2028 \x00 {}'
    (held,) = record_of(tmp_path / "odd", says(NORWAY, "supports", on="2024-03-01", words=odd)).positions()
    (line,) = positions.json_lines([held])
    assert {e["words"] for e in json.loads(line)["evidence"]} == {odd} and "\n" not in line
