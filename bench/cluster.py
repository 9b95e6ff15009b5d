"""How the reading grows with the nodes of a Ray cluster: the same documents on one raylet and on several, all on this machine.

usage:  python bench/cluster.py [--texts N] [--nodes N] [--json OUT.json]

Each node has one processor and one reader. Seconds run from the call to the finished record, models and processes opened on the
way included; `reading` leaves out what a run over one document takes. Needs the extra `ray`.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import ray  # noqa: E402
from ray.cluster_utils import Cluster  # noqa: E402

from dragoman import Reader, Record  # noqa: E402
from dragoman.ingest import Options  # noqa: E402
from dragoman.run.on_ray import read_on_ray  # noqa: E402
from reading import sample  # noqa: E402

_FILES = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=64)
    parser.add_argument("--nodes", type=int, default=2)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    texts = sample(arguments.texts)
    words = sum(len(text.split()) for text in texts)
    results = []
    for nodes in range(1, arguments.nodes + 1):
        whole, opening, size = on(nodes, texts)
        results.append(
            {"nodes": nodes, "seconds": whole, "reading": whole - opening, "words": words, "record_bytes": size}
        )
        print(
            f"{nodes} nodes: {whole:.1f} s, {whole - opening:.1f} s of reading, {words / (whole - opening):,.0f} words a second"
        )
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    print(
        f"load {load}, {words:,} words in {len(texts)} texts; record {results[0]['record_bytes'] / words:.1f} bytes a word"
    )
    if arguments.json:
        arguments.json.write_text(json.dumps({"load": load, "results": results}, indent=1) + "\n", encoding="utf-8")


def on(nodes: int, texts: Sequence[str]) -> tuple[float, float, int]:
    """Seconds for all texts, seconds for one of them, and bytes of the record."""
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "object_store_memory": 100 * 2**20})
    for _ in range(nodes - 1):
        cluster.add_node(num_cpus=1, object_store_memory=100 * 2**20)
    ray.init(address=cluster.address, log_to_driver=False)
    try:
        run(texts[:1])  # workers are started, files come into the cache
        opening, _ = run(texts[:1])
        whole, size = run(texts)
        return whole, opening, size
    finally:
        ray.shutdown()
        cluster.shutdown()


def run(texts: Sequence[str]) -> tuple[float, int]:
    """Read the texts from several files into a new record; seconds, and bytes of the record."""
    with tempfile.TemporaryDirectory() as temporary:
        inbox, record = Path(temporary) / "inbox", Path(temporary) / "record"
        inbox.mkdir()
        for number in range(min(_FILES, len(texts))):
            lines = (json.dumps({"text": text}) for text in texts[number::_FILES])
            (inbox / f"{number}.jsonl").write_text("\n".join(lines), encoding="utf-8")
        began = time.perf_counter()
        read_on_ray(record, [str(inbox)], Reader, Options(), batch=8)
        seconds = time.perf_counter() - began
        assert len(Record(record).documents) == len(set(texts))
        return seconds, sum(file.stat().st_size for file in record.rglob("*") if file.is_file())


if __name__ == "__main__":
    sys.exit(main())
