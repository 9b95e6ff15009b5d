"""Score a weights folder on PolNeAR's development articles, as it ships (int8), and write the figures into its config.json.

usage: python -m training.statements.evaluate DEV.jsonl WEIGHTS SCORER [--boot 1000]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from dragoman.reading.attribution import Tagger
from dragoman.reading.attribution.tagger import CONFIG
from training.statements.corpus import articles
from training.statements.score import FIGURES, figures, scorer


def record(gold: Path, folder: Path, scorer_path: Path, boot: int) -> dict[str, Any]:
    """All figures of the scorer; the main ones are kept in config.json under `figures`."""
    tagger = Tagger(folder)
    result = figures(scorer(scorer_path), articles(gold), lambda article: tagger.tag(article["text"]), boot)
    config = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    config["figures"] = {gold.stem: {name: result[name]["F1"] for name in FIGURES}}
    (folder / CONFIG).write_text(json.dumps(config, indent=1) + "\n", encoding="utf-8")
    return result


def shown(result: dict[str, Any]) -> str:
    """The figures as lines of text: precision, recall, F1 and where there is one the bootstrap interval."""
    lines = []
    for name, row in result.items():
        if isinstance(row, dict) and "F1" in row:
            interval = result.get("boot95_F1", {}).get(name, "")
            lines.append(f"{name:28s} P {row['P']:6.2f}  R {row['R']:6.2f}  F1 {row['F1']:6.2f}  {interval}")
    lines += [f"recall {kind:9s} {row['R']} of {row['gold']}" for kind, row in result["recall_by_type"].items()]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("weights", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--boot", type=int, default=1000)
    args = parser.parse_args()
    print(shown(record(args.gold, args.weights, args.scorer, args.boot)))


if __name__ == "__main__":
    main()
