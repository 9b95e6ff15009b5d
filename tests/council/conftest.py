"""An invented voting record, and who is who."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.council import Names, Roll, read_rolls
from dragoman.council.kit import Kit, load
from dragoman.knowledge import Gazetteer

HEADS = {
    "drafts": "src_id,date,draft,agenda_item,region,topic,submitted_by,usable,usable_note",
    "votes": "src_id,member,vote,usable",
}
COUNCIL_2012 = (
    "Azerbaijan,China,Colombia,France,Germany,Guatemala,India,Morocco,Pakistan,Portugal,Russian Federation,South Africa,Togo,"
    "United Kingdom,United States"
).split(",")


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The one that ships."""
    return Gazetteer.load()


@pytest.fixture(scope="session")
def names(gazetteer: Gazetteer) -> Names:
    """Names of states, looked up in it."""
    return Names(gazetteer)


@pytest.fixture(scope="session")
def kit() -> Kit:
    """The models and the past that ship."""
    return load()


@pytest.fixture
def tables(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """Drafts as (date, topic, sponsors, {member: vote}) -> the two files; members left out vote Yes."""

    def write(*drafts: tuple[str, str, str, dict[str, str]]) -> tuple[Path, Path]:
        votes, heads = [HEADS["votes"]], [HEADS["drafts"]]
        for number, (date, topic, sponsors, dissent) in enumerate(drafts, start=1):
            heads.append(f'{number},{date},S/2012/{number},Item,Middle East,{topic},"{sponsors}",Y,')
            votes += [f"{number},{m},{dissent.get(m, 'Yes')},Y" for m in COUNCIL_2012 if dissent.get(m) != "absent"]
        files = tmp_path / "votes.csv", tmp_path / "drafts.csv"
        for file, lines in zip(files, (votes, heads), strict=True):
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return files

    return write


@pytest.fixture
def rolls(tables: Callable[..., tuple[Path, Path]], names: Names) -> Callable[..., tuple[Roll, ...]]:
    """The same as roll calls."""
    return lambda *drafts: read_rolls(*tables(*drafts), names)
