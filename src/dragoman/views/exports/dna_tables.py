"""The tables of a DNA 3 database, as DNA 3.0.7 to 3.1.2 make them, and what a new one holds.

Texts marked `short` may have 190 characters: DNA checks that, so a writer has to cut them.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata

VERSION = "3.0.11"
SHORT = 190
ROUNDS = 100_000

_FLAGS = (
    *("AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements"),
    *("DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations"),
    *("ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements"),
)
_RELATIONS = ("viewStatements", "editStatements", "viewDocuments", "editDocuments")


def _short(name: str, default: str = "") -> str:
    return f"{name} TEXT NOT NULL {default} CHECK (LENGTH({name}) < {SHORT + 1})"


def _within(name: str, least: int, most: int, default: int | None = None) -> str:
    preset = "" if default is None else f"NOT NULL DEFAULT {default}"
    return f"{name} INTEGER {preset} CHECK ({name} BETWEEN {least} AND {most})"


def _colours(default: int | None = 0) -> list[str]:
    return [_within(name, 0, 255, default) for name in ("Red", "Green", "Blue")]


def _to(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


_ID = "ID INTEGER NOT NULL PRIMARY KEY"


def _value(type: str) -> list[str]:
    """The columns of the four tables that hold the values of statements."""
    return [
        _ID,
        "StatementId INTEGER NOT NULL",
        "VariableId INTEGER NOT NULL",
        type,
        _to("StatementId", "STATEMENTS"),
        _to("VariableId", "VARIABLES"),
        "UNIQUE (StatementId, VariableId)",
    ]


TABLES: dict[str, list[str]] = {
    "SETTINGS": ["Property TEXT PRIMARY KEY", "Value TEXT NOT NULL"],
    "CODERS": [
        _ID,
        _short("Name"),
        *_colours(),
        _within("Refresh", 0, 9999, 0),
        _within("FontSize", 1, 99, 14),
        _short("Password"),
        "PopupWidth INTEGER CHECK (PopupWidth BETWEEN 100 AND 9999) DEFAULT 300",
        _within("ColorByCoder", 0, 1, 0),
        _within("PopupDecoration", 0, 1, 0),
        _within("PopupAutoComplete", 0, 1, 1),
        *(_within(f"Permission{flag}", 0, 1, 1) for flag in _FLAGS),
    ],
    "DOCUMENTS": [
        _ID,
        _short("Title"),
        "Text TEXT NOT NULL",
        "Coder INTEGER",
        *(_short(name, "DEFAULT ''") for name in ("Author", "Source", "Section")),
        "Notes TEXT NOT NULL DEFAULT ''",
        _short("Type", "DEFAULT ''"),
        "Date INTEGER NOT NULL",
        _to("Coder", "CODERS"),
    ],
    "STATEMENTTYPES": [_ID, _short("Label"), *_colours()],
    "VARIABLES": [
        _ID,
        _short("Variable"),
        "DataType TEXT NOT NULL CHECK (DataType IN ('boolean', 'integer', 'long text', 'short text')) DEFAULT 'short text'",
        "StatementTypeId INTEGER",
        _to("StatementTypeId", "STATEMENTTYPES"),
        "UNIQUE (Variable, StatementTypeId)",
    ],
    "VARIABLELINKS": [
        _ID,
        "SourceVariableId INTEGER",
        "TargetVariableId INTEGER",
        "CHECK (TargetVariableId != SourceVariableId)",
        _to("SourceVariableId", "VARIABLES"),
        _to("TargetVariableId", "VARIABLES"),
    ],
    "REGEXES": [f"Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < {SHORT + 1})", *_colours()],
    "CODERRELATIONS": [
        _ID,
        "Coder INTEGER CHECK (Coder > 0)",
        "OtherCoder INTEGER CHECK (OtherCoder > 0)",
        *(_within(name, 0, 1, 1) for name in _RELATIONS),
        "CHECK (Coder != OtherCoder)",
        _to("Coder", "CODERS"),
        _to("OtherCoder", "CODERS"),
    ],
    "STATEMENTS": [
        _ID,
        "StatementTypeId INTEGER",
        "DocumentId INTEGER",
        "Start INTEGER NOT NULL CHECK (Start >= 0)",
        "Stop INTEGER NOT NULL CHECK (Stop >= 0)",
        "Coder INTEGER",
        "CHECK (Start < Stop)",
        _to("StatementTypeId", "STATEMENTTYPES"),
        _to("Coder", "CODERS"),
        _to("DocumentId", "DOCUMENTS"),
    ],
    "ENTITIES": [
        _ID,
        "VariableId INTEGER NOT NULL",
        _short("Value", "DEFAULT ''"),
        *_colours(None),
        "ChildOf INTEGER CHECK (ChildOf > 0)",
        "UNIQUE (VariableId, Value)",
        _to("ChildOf", "ENTITIES"),
        _to("VariableId", "VARIABLES"),
    ],
    "DATABOOLEAN": _value("Value INTEGER NOT NULL DEFAULT 1"),
    "DATAINTEGER": _value("Value INTEGER NOT NULL DEFAULT 0"),
    "DATASHORTTEXT": [*_value("Entity INTEGER NOT NULL"), _to("Entity", "ENTITIES")],
    "DATALONGTEXT": _value("Value TEXT DEFAULT ''"),
    "ATTRIBUTEVARIABLES": [
        _ID,
        "VariableId INTEGER NOT NULL",
        _short("AttributeVariable"),
        "UNIQUE (VariableId, AttributeVariable)",
        _to("VariableId", "VARIABLES"),
    ],
    "ATTRIBUTEVALUES": [
        _ID,
        "EntityId INTEGER NOT NULL",
        "AttributeVariableId INTEGER NOT NULL",
        _short("AttributeValue", "DEFAULT ''"),
        "UNIQUE (EntityId, AttributeVariableId)",
        _to("EntityId", "ENTITIES"),
        _to("AttributeVariableId", "ATTRIBUTEVARIABLES"),
    ],
}
"""Name -> columns and constraints; a constraint stands after all columns."""


def statements() -> list[str]:
    """The SQL that makes the tables."""
    return [f"CREATE TABLE {name} ({', '.join(_constraints_last(parts))})" for name, parts in TABLES.items()]


def _constraints_last(parts: list[str]) -> list[str]:
    return sorted(parts, key=lambda part: part.startswith(("FOREIGN", "UNIQUE", "CHECK")))


def password_hash(password: str, salt: bytes) -> str:
    """What DNA stores for a password: Base64 of the salt of 16 bytes and a digest that was digested 100,000 times."""
    digest = hashlib.sha256(salt + unicodedata.normalize("NFC", password).encode()).digest()
    for _ in range(ROUNDS - 1):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()
