"""Where the statements fail: figures on PolNeAR dev by form, publisher and length of the article, as Markdown.

usage:  python evaluation/breakdown.py
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from evaluate import SUITES, attributions, scorer

from dragoman import Document, Reader

LENGTHS = ((300, "up to 300 words"), (600, "301 to 600"), (1000, "601 to 1,000"), (10**9, "over 1,000"))


def main() -> None:
    module, reader = scorer("polnear"), Reader()
    articles = [json.loads(line) for line in SUITES["statements"][0].read_text(encoding="utf-8").splitlines()]
    counts = [module.score_doc(a, attributions(reader.read(Document(a["text"])))) for a in articles]
    print("| articles | n | content words F1 | content spans F1 | with the right source F1 | cues F1 |")
    print("|---|---|---|---|---|---|")
    table(module, articles, counts, lambda a: "all")
    table(module, articles, counts, publisher)
    table(module, articles, counts, length)
    total = module.summarise(sum(counts, Counter()))["recall_by_type"]
    print("\n| form | content spans in the gold | found |\n|---|---|---|")
    for form, row in total.items():
        print(f"| {form} | {row['gold']} | {row['R']:.1f} % |")


def table(
    module: Any, articles: Iterable[dict[str, Any]], counts: Iterable[Any], group: Callable[[dict[str, Any]], str]
) -> None:
    """One row a group, in order of name."""
    groups: dict[str, list[Any]] = {}
    for article, count in zip(articles, counts, strict=True):
        groups.setdefault(group(article), []).append(count)
    for name, members in sorted(groups.items(), key=lambda g: (len(g[0]) > 20, g[0])):
        s = module.summarise(sum(members, Counter()))
        figures = " | ".join(f"{s[k]['F1']:.1f}" for k in ("content_token", "content_iou50", "attribution", "cue_any"))
        print(f"| {name} | {len(members)} | {figures} |")


def publisher(article: dict[str, Any]) -> str:
    """The outlet, from the name of the file."""
    return re.split(r"_\d{4}", article["doc"])[0]


def length(article: dict[str, Any]) -> str:
    """The band of words the article falls in."""
    words = len(article["text"].split())
    return next(name for limit, name in LENGTHS if words <= limit)


if __name__ == "__main__":
    main()
