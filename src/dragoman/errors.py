"""The error tree.

DragomanError
├── InputError          a file, row or setting from the user cannot be used
│   ├── DocumentError   one document cannot be read; the run goes on without it
│   └── UsageError      the call itself is wrong; nothing was done
├── KnowledgeError      an ontology, gazetteer, language pack or model is missing or contradicts itself
└── RecordError         a record on disk cannot be opened, read or written
    └── NewerRecordError  it was written by a later version

Every message is a full sentence that names what, where, which rule, and what to do next.
"""

from __future__ import annotations


class DragomanError(Exception):
    """Anything dragoman raises on purpose."""


class InputError(DragomanError):
    """A file, row or setting from the user cannot be used."""


class DocumentError(InputError):
    """One document cannot be read; the run goes on without it."""


class UsageError(InputError):
    """The call itself is wrong; nothing was done."""


class KnowledgeError(DragomanError):
    """An ontology, gazetteer, language pack or model is missing or contradicts itself."""


class RecordError(DragomanError):
    """A record on disk cannot be opened, read or written."""


class NewerRecordError(RecordError):
    """The record was written by a later version of dragoman."""
