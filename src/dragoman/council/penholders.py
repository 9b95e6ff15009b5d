"""Who brought a draft that the record shows without sponsors: most of 2016-2020, and some of 2011-2015 and 2021.

One member holds the pen on a matter for years, and drafts its resolutions unless another is named here. Who brings a draft is
known before the vote, and every draft on these matters is filled in, whatever came of it. Left out is what is not known for
certain: the European forces in Bosnia, votes of which the record gives two under one symbol, and matters without one pen.
"""

from __future__ import annotations

from collections.abc import Mapping

FIRST_YEAR = 2011
"""Before it hardly a draft lacks its sponsors, and other members held some of these pens."""
_FRANCE, _BRITAIN, _AMERICA, _RUSSIA = "France", "United Kingdom", "United States", "Russian Federation"

PEN: Mapping[str, str] = {
    "Burundi": _FRANCE,
    "Central African Republic": _FRANCE,
    "Cote d'Ivoire": _FRANCE,
    "Democratic Republic of the Congo": _FRANCE,
    "Lebanon": _FRANCE,
    "Mali": _FRANCE,
    "Colombia": _BRITAIN,
    "Cyprus": _BRITAIN,
    "Libya": _BRITAIN,
    "Sierra Leone": _BRITAIN,
    "Somalia": _BRITAIN,
    "Yemen": _BRITAIN,
    "Haiti": _AMERICA,
    "Iraq": _AMERICA,
    "Liberia": _AMERICA,
    "Golan Heights": f"{_RUSSIA},{_AMERICA}",
    "Non-proliferation": _AMERICA,
    "Non-proliferation/DPRK": _AMERICA,
    "Sudan and South Sudan": _AMERICA,
    "Western Sahara": _AMERICA,
}
"""Topic (labels.topic_of) -> the member that holds the pen."""

_PIRACY = ("S/2016/939", "S/2018/990", "S/2019/867", "S/2020/1160")
_DARFUR = (
    "S/2015/482",
    "S/2017/553",
    "S/2018/640",
    "S/2018/693",
    "S/2019/525",
    "S/2020/446",
    "S/2020/486",
    "S/2020/1270",
)
BROUGHT: Mapping[str, str] = {
    **dict.fromkeys(_PIRACY, _AMERICA),
    **dict.fromkeys(_DARFUR, _BRITAIN),
    # Syria
    "S/2016/847": _RUSSIA,
    "S/2016/905": _AMERICA,
    "S/2016/974": _AMERICA,
    "S/2016/1071": _FRANCE,
    "S/2016/1077; S/2016/1057": "Egypt,New Zealand,Spain",
    "S/2016/1138": f"{_RUSSIA},Turkey",
    "S/2017/315": f"{_FRANCE},{_BRITAIN},{_AMERICA}",
    "S/2017/884": _AMERICA,
    "S/2017/968": _RUSSIA,
    "S/2017/970": "Japan",
    "S/2017/1063": "Egypt,Japan,Sweden",
    "S/2018/175": _RUSSIA,
    "S/2018/322": _RUSSIA,
    "S/2018/355": _RUSSIA,
    "S/2018/1110": "Kuwait,Sweden",
    "S/2019/756": "Belgium,Germany,Kuwait",
    "S/2019/757": f"China,{_RUSSIA}",
    "S/2019/961": "Belgium,Germany,Kuwait",
    "S/2019/962": _RUSSIA,
    "S/2020/24": "Belgium,Germany",
    "S/2020/24 amendment": _RUSSIA,
    "S/2020/654": "Belgium,Germany",
    "S/2020/658": _RUSSIA,
    # Elsewhere in the Middle East
    "S/2018/157": _RUSSIA,
    "S/2017/1060": "Egypt",
    "S/2018/516": "Kuwait",
    "S/2018/520": _AMERICA,
    # Ukraine, Venezuela
    "S/2015/117": _RUSSIA,
    "S/2022/155": f"Albania,{_AMERICA}",
    "S/2019/186": _AMERICA,
    "S/2019/190": _RUSSIA,
    # Afghanistan, whose pen goes round
    "S/2012/170": "Germany",
    "S/2012/742": "Germany",
    "S/2013/599": "Australia",
    "S/2015/178": "Spain",
    "S/2016/241": "Spain",
    "S/2017/222": "Japan",
    "S/2018/198": "Netherlands",
    "S/2019/223": "Germany,Indonesia",
    "S/2019/703": "Germany,Indonesia",
    "S/2020/191": _AMERICA,
    "S/2020/903": "Germany,Indonesia",
    # Elsewhere in Africa
    "S/2017/55": "Senegal",
    "S/2017/111": "Senegal",
    "S/2017/522": _FRANCE,
    "S/2017/1022": _FRANCE,
    "S/2018/164": "Côte d'Ivoire",
    "S/2019/187": "Côte d'Ivoire",
    "S/2020/155": "Niger",
    # Tribunals: the chair of the working group
    "S/2012/115": "Guatemala",
    "S/2012/927": "Guatemala",
    "S/2014/907": "Chile",
    "S/2015/1005": "Chile",
    "S/2016/195": "Uruguay",
    "S/2016/7767": "Uruguay",
    "S/2016/959; S/2016/976; S/2016/1054": "Uruguay",
    "S/2018/628": "Peru",
    "S/2020/579": "Viet Nam",
    # Terrorism
    "S/2015/890": _FRANCE,
    "S/2017/104": "Ukraine",
    "S/2019/761": _BRITAIN,
    "S/2020/910": _BRITAIN,
    "S/2019/945": _AMERICA,
    "S/2020/852": "Indonesia",
    "S/2020/1242": _AMERICA,
    "S/2020/1285": _AMERICA,
    # Themes
    "S/2016/235": _AMERICA,
    "S/2016/239 amendment": "Egypt",
    "S/2017/926": "Italy",
    "S/2018/853": _AMERICA,
    "S/2019/328": "Germany",
    "S/2019/788": _BRITAIN,
    "S/2020/607": f"{_FRANCE},Tunisia",
    "S/2020/957": _BRITAIN,
    "S/2020/1158": "South Africa",
}
"""Symbol -> who brought the draft, as the record writes sponsors, where it is not the one that holds the pen."""


def brought(symbol: str, topic: str, date: str) -> str:
    """Who brought a draft that shows no sponsors, as the record writes them; "" where that is not known for certain.

    >>> brought("S/2019/190", "Venezuela", "2019-02-28")
    'Russian Federation'
    >>> brought("S/2016/52", "Central African Republic", "2016-02-09")
    'France'
    """
    if symbol in BROUGHT:
        return BROUGHT[symbol]
    return PEN.get(topic, "") if int(date[:4]) >= FIRST_YEAR else ""
