"""Opening, asking and joining a record of many documents: seconds and memory.

usage:  python bench/record.py [--documents N] [--folder DIR] [--stories] [--json OUT.json]

Makes a record of invented rows (a million documents by default, about 600 characters, three statements, two events
and one stance
each) with DuckDB, unless the folder holds one already, and measures each step in a process of its own. `--stories`
finds stories too.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pyarrow as pa

from dragoman import Record
from dragoman.record import catalogue, parts, schema

_PART = 20_000
_DOCUMENTS = """
    SELECT left(sha256(publisher || chr(31) || published || chr(31) || text), 16) AS document_id, * FROM (
    SELECT 'Wire ' || (h % 12) AS publisher,
        strftime(DATE '2001-01-01' + (i // 120)::INTEGER, '%Y-%m-%d') AS published, 'Report ' || i AS title, 'en' AS
        language,
        NULL AS url,
        'Delegate ' || (h % 180) || ' rejects sanctions on ' || ((h // 180) % 180) || ' in note ' || i || '. '
            || array_to_string([substring(sha256((h % 50000 * 37 + k)::VARCHAR), 1, 3 + k % 8) FOR k IN range(80)], '
            ') AS text
    FROM (SELECT i, hash(i) % 4294967296 AS h FROM range({start}, {stop}) t(i)))
"""
_STATE = "chr(65 + (({0}) // 26) % 26) || chr(65 + ({0}) % 26) || chr(65 + (({0}) * 7) % 26)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="keep the record here, and use it if it is there")
    parser.add_argument("--stories", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        print(json.dumps(measure(arguments.step, arguments.folder)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary) / "record"
        if not (folder / "record.json").exists():
            build(folder, arguments.documents)
        results = [run(step, folder) for step in STEPS if step != "stories" or arguments.stories]
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


def run(step: str, folder: Path) -> dict[str, object]:
    """Measure one step in a new process and print it."""
    command = [sys.executable, __file__, "--folder", str(folder), "--step", step]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    result: dict[str, object] = json.loads(out)
    print(
        f"{step:12s} {result['seconds']:7.2f} s  {result['cpu']:7.2f} CPU-s  {result['megabytes']:7,.0f} MB  {result['note']}",
        flush=True,
    )
    return result


def measure(step: str, folder: Path) -> dict[str, object]:
    """Seconds and the most memory of one step; all but opening itself begin with an open record."""
    if step != "open":
        record = Record(folder)
        record.sql("SELECT 1")
    start, busy = time.perf_counter(), time.process_time()
    note = STEPS[step](Record(folder) if step == "open" else record)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))[1]) / 1024
    return {"step": step, "seconds": seconds, "cpu": busy, "megabytes": peak, "note": note}


def build(folder: Path, documents: int) -> None:
    """Write the parts, 20,000 documents each."""
    record = Record(folder, create=True)
    start = time.perf_counter()
    for first in range(0, documents, _PART):
        made = made_documents(first, min(first + _PART, documents))
        parts.write(record.path / catalogue.DOCUMENTS, made.select(schema.DOCUMENTS.names).cast(schema.DOCUMENTS))
        readings = made_readings(made)
        parts.write(catalogue.readings_folder(record.path, "bench-1"), readings)
    size = sum(p.stat().st_size for p in folder.rglob("*.parquet")) / 1e6
    print(
        f"{'build':12s} {time.perf_counter() - start:7.0f} s  {size:7,.0f} MB on the disk, {documents:,} documents",
        flush=True,
    )


def made_documents(start: int, stop: int) -> pa.Table:
    """Documents with numbers of parties beside them."""
    return duckdb.sql(_DOCUMENTS.format(start=start, stop=stop)).to_arrow_table()


def made_readings(documents: pa.Table) -> pa.Table:
    """What a reader might make of them, in the layout of the present version."""
    connection = duckdb.connect()
    connection.register("d", documents)
    connection.register("layout", schema.READINGS.empty_table())
    types = {row[0]: row[1] for row in connection.execute("DESCRIBE layout").fetchall()}
    columns = ", ".join(f"{_COLUMNS[name]}::{types[name]} AS {name}" for name in schema.READINGS.names)
    return connection.sql(f"SELECT {columns} FROM ({_PARTIES})").to_arrow_table().cast(schema.READINGS)


def _party(side: str) -> str:
    who = f"{{'name': 'State ' || {side}, 'kind': 'state', 'country': {side}, 'code': {side} || 'GOV'}}"
    return f"{{'start': 0, 'end': 8, 'text': left(text, 8), 'actor': {side}, 'who': {who}}}"


_WORDS = "{'start': 0, 'end': 8, 'text': left(text, 8)}"
_PARTIES = (
    f"SELECT *, {_STATE.format('h % 180')} AS one, {_STATE.format('(h // 180) % 180')} AS two "
    "FROM (SELECT *, (hash(text) % 100000000)::INTEGER AS h FROM d)"
)
_TYPES = "['AGREE','CONSULT','SUPPORT','ACCUSE','REJECT','THREATEN','PROTEST','SANCTION','COERCE','ASSAULT']"
_MEASURES = "['sanctions','dialogue','ceasefire','aid','arms_transfer','withdrawal','recognition','trade']"
_COLUMNS = {
    "document_id": "document_id",
    "publisher": "publisher",
    "published": "published",
    "reader": "'bench-1'",
    "actors": (
        "[{'id': k, 'name': 'State ' || k, 'kind': 'state', 'country': k, 'code': k || 'GOV', 'sectors': ['GOV']} "
        "FOR k IN [one, two]]"
    ),
    "mentions": f"[{_party('one')}, {_party('two')}]",
    "statements": (
        f"[{{'id': 's' || k, 'source': {_party('one')}, 'cue': {_WORDS}, 'content': [{_WORDS}], "
        "'form': 'indirect', 'score': 0.9} FOR k IN range(3)]"
    ),
    "events": (
        f"[{{'id': 'e' || k, 'type': {_TYPES}[1 + (h // 7 + k) % 10], 'anchor': {_WORDS}, 'actors': [{_party('one')}], "
        f"'recipients': [{_party('two')}], 'contexts': [], 'polarity': 'affirmed', "
        "'modality': if((h + k) % 4 = 0, 'future', 'actual'), "
        "'claimed_in': if(k = 1, 's1', NULL), 'score': 0.4 + (h % 60) / 100} FOR k IN range(2)]"
    ),
    "stances": (
        f"[{{'id': 't0', 'holder': {_party('one')}, 'measure': {{'start': 0, 'end': 8, 'text': left(text, 8), "
        f"'type': {_MEASURES}[1 + (h // 11) % 8]}}, 'stance': if(h % 3 = 0, 'supports', 'opposes'), 'evidence': {_WORDS}, "
        "'toward': two, 'force': 'plain', 'statement': 's0', 'score': 0.8}]"
    ),
    "skipped": "[]",
}

_POSITION = "SELECT holder_country, measure, stance, left(published, 4) AS year, count(*) FROM stances GROUP BY ALL"


def _positions(record: Record) -> str:
    from dragoman.record import Selection

    return f"positions of one actor: {len(record.positions(Selection(actors='AAA'))):,}"


STEPS = {
    "open": lambda record: f"{record.sql('SELECT count(*) AS n FROM documents').to_pylist()[0]['n']:,} documents",
    "stances": lambda record: f"by country, measure, stance and year: {record.sql(_POSITION).num_rows:,} rows",
    "positions": _positions,
    "counts": lambda record: f"by year and type: {record.counts(('year', 'type'), duplicates='none').num_rows:,} rows",
    "dyads": lambda record: f"by month, actor, recipient, type: {record.counts(duplicates='none').num_rows:,} rows",
    "search": lambda record: f"a word: {record.search('delegate sanctions').num_rows:,} passages",
    "summary": lambda record: str(record.summary()).splitlines()[0],
    "check": lambda record: f"faults: {sum(f.count for f in record.check()):,}",
    "stories": lambda record: (
        f"stories: {record.sql('SELECT count(DISTINCT story) AS n FROM story_accounts').to_pylist()[0]['n']:,}"
    ),
}

if __name__ == "__main__":
    main()
