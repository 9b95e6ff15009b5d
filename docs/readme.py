"""Write the samples of README.md from what dragoman makes of its own example, so that they are true.

usage:  python docs/readme.py [--check]
"""

from __future__ import annotations

import difflib
import io
import os
import re
import sys
from pathlib import Path

from dragoman import Analysis, Document, Reader, read_path
from dragoman.views.terminal import write_pages

ROOT = Path(__file__).parent.parent
os.environ.pop("COLUMNS", None)
README = ROOT / "README.md"
EXAMPLE = ROOT / "examples" / "press-conference.txt"
ALIKE = 0.95
"""Share of lines that must be the same: processors differ in the last digits of the model."""
LINES = {"page": 18, "tables": 60}
"""How many lines of each part are shown."""


def parts() -> dict[str, str]:
    """The marked-up page and the tables under it, as a pipe would get them."""
    (document,) = (d for d in read_path(EXAMPLE) if isinstance(d, Document))
    analysis: Analysis = Reader().read(document)
    out = io.StringIO()
    write_pages([analysis], out)
    page, _, tables = out.getvalue().partition("\nWho said what")
    return {"page": _head(page, LINES["page"]), "tables": _head("Who said what" + tables, LINES["tables"])}


def _head(text: str, lines: int) -> str:
    rows = [line.rstrip() for line in text.strip().splitlines()]
    return "\n".join(rows[:lines] + ([" [...]"] if len(rows) > lines else []))


def filled(readme: str) -> str:
    """The README with its samples as they are now."""
    for name, text in parts().items():
        block = f"<!-- sample: {name} -->\n```\n{text}\n```\n<!-- /sample -->"
        readme = re.sub(rf"<!-- sample: {name} -->.*?<!-- /sample -->", lambda _, b=block: b, readme, flags=re.DOTALL)
    return readme


def main() -> int:
    now, then = filled(README.read_text(encoding="utf-8")), README.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        alike = difflib.SequenceMatcher(None, now.splitlines(), then.splitlines(), autojunk=False).ratio()
        sys.stderr.writelines(
            difflib.unified_diff(then.splitlines(True), now.splitlines(True), "README.md", "now", n=0)
        )
        return int(alike < ALIKE)
    README.write_text(now, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
