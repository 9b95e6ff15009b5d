"""The workbench: pages on which people read a record, check it and correct it. docs/workbench.md says how they are used.

    safety.py      who may ask what
    desk.py        the record, one question at a time
    asking.py      what every page needs of a request
    finding.py     front page, document, search         article.py   a text with its rows marked; facets.py
    overview.py    positions, timeline, stories ...     charts.py    figures as SVG
    reviewing.py   one row at a time                    queue.py     which rows; correcting.py  forms to corrections
    agreeing.py    samples, blind coding, figures       adding.py    new documents
    view.py        a page and its twins in JSON and CSV

Only this package knows the web framework. Pages work without scripts; scripts add keys, lights and completion.
"""

from __future__ import annotations

from dragoman.views.web.application import workbench

__all__ = ["workbench"]
