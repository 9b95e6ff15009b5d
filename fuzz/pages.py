"""Texts as pages of news hold them, damaged word by word, for the fuzzer.

Sentences are those of our own training rows without their marks, so that statements, events and stances are really sought in
them; between them stands what pages have around prose: lists of links, bylines, captions, tables, menus.
"""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import strategies as st

ROWS = Path(__file__).parent.parent / "training" / "data"
_MARK = re.compile(r"\[\d+ |\{[a-z] |[\]}]")
_BULLETS = ("- ", "* ", "• ", "‣ ", "– ", "— ", "· ", "» ", "> ", "1. ", "a) ", "| ", "[+] ", "-", "•")
_FURNITURE = (
    "READ MORE:",
    "By Invented Correspondent and Agencies",
    "LEADEN BAY (Invented Wire) —",
    "Photo: Invented Wire/Handout",
    "Home > World > Talks",
    "Share | Tweet | Print | Email",
    "Updated 14:05 GMT, 3 May 2031",
    "Q: And the embargo?",
    "A: We oppose it.",
    "Result: Norway 3, Kenya 1 (aet)",
    "In favour: 12. Against: 1. Abstaining: 2.",
    "(a) Decides to remain seized;",
    "MINISTER REJECTS SANCTIONS, VOWS VETO",
    "Envoy: no troops; talks ‘on’",
    "http://a.example/b?c=d&e=%20f",
    "© 2031",
    "* * *",
)
_WORD = (
    "not",
    "not only",
    "said",
    "“",
    "”",
    "'",
    ",",
    ";",
    "--",
    "and",
    "who",
    "which",
    "by",
    "to",
    "of",
    "'s",
    "the",
    "his",
    "’s rejection of",
    "according to",
    "if",
    "would",
    "12",
    "Mr.",
    "U.N.",
    "\n",
    "\n\n",
    "\t",
    "\u00a0",
)


def sentences() -> list[str]:
    """Every sentence of our own rows, without the marks of its parties, measures and verbs."""
    lines = [line for path in sorted(ROWS.glob("*/*.tsv")) for line in path.read_text("utf-8").splitlines()]
    return [_MARK.sub("", line.split("\t")[0]) for line in lines if " " in line.split("\t")[0]]


@st.composite
def damaged_sentence(draw: st.DrawFn) -> str:
    """A sentence with a few words cut out, put in, doubled, moved or set in capitals."""
    words = draw(st.sampled_from(_SENTENCES)).split(" ")
    for _ in range(draw(st.integers(0, 4))):
        at, end = sorted(draw(st.tuples(st.integers(0, len(words)), st.integers(0, len(words)))))
        match draw(st.sampled_from(("cut", "put", "double", "move", "capitals", "repeat"))):
            case "cut":
                del words[at : min(end, at + 4)]
            case "put":
                words.insert(at, draw(st.sampled_from(_WORD)))
            case "double":
                words[at:at] = words[at:end]
            case "move":
                words = [*words[end:], *words[at:end], *words[:at]]
            case "capitals":
                words[at:end] = [word.upper() for word in words[at:end]]
            case _:
                words[at:end] = words[at : at + 1] * draw(st.integers(2, 40))
    return " ".join(words)


def listed(lines: list[str], bullet: str) -> str:
    """Lines as the links of a page stand below each other."""
    return "\n" + "\n".join(bullet + line for line in lines) + "\n"


_SENTENCES = sentences()
_lines = st.lists(
    st.sampled_from(_SENTENCES).map(lambda s: s[:60]) | st.sampled_from(_FURNITURE), min_size=1, max_size=12
)
links = st.builds(listed, _lines, st.sampled_from(_BULLETS))
joints = st.sampled_from((" ", "\n", "\n\n", "", "\r\n", "\t|\t", " — "))
pages = st.builds(
    lambda joint, parts: joint.join(parts),
    joints,
    st.lists(damaged_sentence() | links | st.sampled_from(_FURNITURE), min_size=1, max_size=6),
)
"""A page: prose, lists and furniture, joined as pages join them, or glued."""
