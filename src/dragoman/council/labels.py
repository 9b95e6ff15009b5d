"""What the record calls a draft's matter -> one topic and its region.

The record labels a matter in several ways, puts two matters under one label, and in places carries a label over from another row.
What is set right here are facts about drafts that everyone knew before the vote, never what came of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Topic:
    """A matter before the Council, and its region as `drafts.REGIONS` names them."""

    name: str
    region: str


TOPICS: tuple[tuple[Topic, tuple[str, ...]], ...] = (
    (
        Topic("Middle East, including the Palestinian question", "Middle East"),
        ("palestinian", "occupied arab territor"),
    ),
    (Topic("Ukraine", "Europe"), ("ukraine",)),
    (Topic("Sudan and South Sudan", "Africa"), ("sudan",)),
    (Topic("Iraq", "Middle East"), ("iraq",)),
    (Topic("Timor-Leste", "Asia"), ("timor",)),
    (Topic("Bosnia and Herzegovina", "Europe"), ("bosnia",)),
    (Topic("Yemen", "Middle East"), ("yemen",)),
    (Topic("Syria", "Middle East"), ("(syria)",)),
    (Topic("Lebanon", "Middle East"), ("(lebanon)",)),
    (Topic("Non-proliferation/DPRK", "Asia"), ("dprk",)),
    (Topic("Terrorism", "Thematic"), ("terroris",)),
    (Topic("International tribunals", "Thematic"), ("tribunal", "irmct")),
    (Topic("Kosovo and Yugoslavia", "Europe"), ("yugoslavia)", "kosovo", "former yugoslavia")),
    (Topic("Weapons of mass destruction", "Thematic"), ("weapons of mass destruction",)),
    (Topic("Peacekeeping operations", "Thematic"), ("united nations peacekeeping",)),
    (Topic("Regional organizations", "Thematic"), ("regional/subregional", "regional and subregional")),
    (Topic("Sanctions", "Thematic"), ("relating to sanctions", "sanctions ")),
)
"""Topics that are labelled in several ways, and what gives them away in label or agenda item; the first that fits counts."""

GOLAN = Topic("Golan Heights", "Middle East")
"""The observers on the Golan Heights, renewed twice a year since 1974, who share a label with the war in Syria."""
_GOLAN_UNSIGNED = frozenset(
    (
        *("S/2010/346", "S/2010/650", "S/2012/484", "S/2015/474", "S/2015/1004", "S/2017/547", "S/2018/647"),
        *(
            "S/2018/1088; S/2018/1143",
            "S/2019/467; S/2019/521",
            "S/2019/956",
            "S/2020/595",
            "S/2020/1232",
            "S/2022/512",
        ),
    )
)
"""Such renewals whose sponsors, the United States and Russia, the record does not name or names in part."""
_AFRICA = "Africa"
MISFILED: Mapping[str, Topic] = {
    "S/1995/394": Topic("Middle East, including the Palestinian question", "Middle East"),
    "S/2011/630": Topic("Afghanistan", "Asia"),
    "S/2011/636": Topic("International tribunals", "Thematic"),
    "S/2011/540": Topic("Haiti", "Americas"),
    "S/2011/651": Topic("Yemen", "Middle East"),
    "S/2011/650": Topic("Somalia", _AFRICA),
    "S/2011/669": Topic("Libya", _AFRICA),
    "S/2011/673": Topic("Peace consolidation in West Africa", _AFRICA),
    "S/2011/670": Topic("Libya", _AFRICA),
    "S/2011/713": Topic("Bosnia and Herzegovina", "Europe"),
    "S/2011/725": Topic("Somalia", _AFRICA),
    "S/2011/737": Topic("Democratic Republic of the Congo", _AFRICA),
    "S/2011/752": Topic("Libya", _AFRICA),
    "S/2011/744": Topic("Peace and security in Africa", _AFRICA),
    "S/2011/771": Topic("Cyprus", "Europe"),
    "S/2011/769": Topic("Liberia", _AFRICA),
    "S/2011/770": Topic("Sudan and South Sudan", _AFRICA),
}
"""Drafts that the record files under the label of the row before them: Syria's, in the autumn of 2011."""
_PREAMBLE = re.compile(r"^(the )?(sit\w*ion|question) (in|of|concerning) (the )?|^the ", re.IGNORECASE)


def topic_of(label: str, agenda: str, region: str = "") -> Topic:
    """One name for what the record labels in several ways; else the label, or the agenda item where there is none, both without
    "The situation in", with the region that is given."""
    words = f"{label} {agenda}".casefold()
    plain = _PREAMBLE.sub("", label or agenda).strip()
    own = Topic(plain, region if region not in ("", "Other") else "Thematic")
    return next((topic for topic, signs in TOPICS if any(sign in words for sign in signs)), own)


def topic_of_row(row: Mapping[str, str], sponsors: Collection[str]) -> Topic:
    """Of a row of the record: what it says, save for drafts that are misfiled or renew the observers on the Golan Heights."""
    if found := MISFILED.get(row["draft"]):
        return found
    if _on_golan(row, sponsors):
        return GOLAN
    return topic_of(row["topic"], row["agenda_item"], row["region"])


def _on_golan(row: Mapping[str, str], sponsors: Collection[str]) -> bool:
    """Is it such a renewal? Its mandate ends with June and December, with May and November until 2002; from 2009 on America and
    Russia bring it, before that the President of the Council."""
    if row["agenda_item"] != "The situation in the Middle East" or row["topic"] not in ("", "Middle East (Syria)"):
        return False
    if row["draft"] in _GOLAN_UNSIGNED:
        return True
    renewed = row["date"][5:7] in (("05", "06", "11", "12") if row["date"] < "2003" else ("06", "12"))
    return renewed and (row["submitted_by"].startswith("President") or {"RUS", "USA"} <= set(sponsors))
