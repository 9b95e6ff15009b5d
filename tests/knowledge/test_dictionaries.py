"""Dictionaries as files: opened, refused, kept between runs, and never in the way."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.knowledge import Gazetteer, dictionaries, kept
from dragoman.knowledge.dictionaries import digest, read_layer

PHOENIX = Path(__file__).parents[3] / "shared" / "data" / "dictionaries"
ACTORS = tuple(PHOENIX / f"Phoenix.{name}.actors.txt" for name in ("Countries", "International", "MilNonState"))


@pytest.fixture(autouse=True)
def caches(tmp_path, monkeypatch) -> Path:
    """A cache directory of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    return tmp_path / "caches" / "dragoman"


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "own.actors.txt"
    path.write_text("ORSIN_TAVELLI_\n\t[KENGOV 20100101-20130101]\n\t[KEN 1]\n", encoding="utf-8")
    return path


def never() -> Gazetteer:
    """Stands for a gazetteer that must not be needed."""
    raise AssertionError("the dictionary was read anew")


def names(layer) -> list[str]:
    return [actor.split("\t")[1] for actor in layer.actors]


def test_a_second_reading_comes_from_the_cache(file):
    """The gazetteer is not even asked, and faults are remembered."""
    first = read_layer(file)
    second = read_layer(file, never)
    assert (names(second), second.faults) == (["Orsin Tavelli"], first.faults)
    assert [fault.line for fault in second.faults] == [3]


def test_other_content_is_read_anew(file):
    """The path is not the key."""
    read_layer(file)
    file.write_text("MIRA_DOLENZ [UGAMIL]", encoding="utf-8")
    assert names(read_layer(file)) == ["Mira Dolenz"]


def test_another_version_reads_anew(file, monkeypatch):
    """What an older dragoman kept is not used."""
    read_layer(file)
    monkeypatch.setattr(dictionaries, "_code_digest", lambda: b"another version")
    with pytest.raises(AssertionError, match="read anew"):
        read_layer(file, never)


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole.replace(b"Orsin", b"Other"),
        lambda whole: b"\x80\x04" + whole,
        lambda whole: kept._seal(b'{"actors": 1}') + b'\n{"actors": 1}',
        lambda whole: kept._seal(b"[]") + b"\n[]",
    ],
    ids=["empty", "half", "changed", "binary", "other fields", "a list"],
)
def test_a_damaged_cache_is_not_believed(file, caches, damage):
    """The dictionary is read anew and the cache is whole again."""
    read_layer(file)
    (cached,) = caches.iterdir()
    whole = cached.read_bytes()
    cached.write_bytes(damage(whole))
    assert names(read_layer(file)) == ["Orsin Tavelli"]
    assert cached.read_bytes() == whole


def test_nothing_is_half_written(file, caches, monkeypatch):
    """A write that fails leaves no file, whole or part."""
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("no space")))
    assert names(read_layer(file)) == ["Orsin Tavelli"]
    assert list(caches.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_not_needed(file, tmp_path, monkeypatch):
    """A file stands where the directory would be."""
    (tmp_path / "taken").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "taken"))
    assert names(read_layer(file)) == names(read_layer(file)) == ["Orsin Tavelli"]


@pytest.mark.parametrize("given", ["", "relative/path"])
def test_a_cache_directory_is_absolute(given, monkeypatch):
    """Else the system's own place is taken, as the XDG base directory rules say."""
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    assert kept.folder().is_absolute()


def test_somebody_without_a_home_has_no_cache(file, monkeypatch):
    """As in some containers."""

    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", homeless)
    assert names(read_layer(file)) == ["Orsin Tavelli"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no actor"),
        ("# only a comment\n", "holds no actor"),
        ("The envoys met.\n", "holds no actor"),
        (None, "cannot be read"),
    ],
)
def test_a_file_that_is_no_dictionary_is_refused(tmp_path, content, said):
    """By name and reason, with what to do."""
    path = tmp_path / "own.txt"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=said) as refused:
        read_layer(path)
    assert str(path) in str(refused.value)
    assert "--actors" in str(refused.value)


def test_a_digest_follows_the_content(file, tmp_path):
    """A copy has the same, an edited file another."""
    copy = tmp_path / "copy.txt"
    copy.write_bytes(file.read_bytes())
    same = digest(file) == digest(copy)
    copy.write_bytes(file.read_bytes() + b"\n")
    assert (same, digest(file) == digest(copy)) == (True, False)


@pytest.mark.skipif(not PHOENIX.is_dir(), reason="needs the Phoenix files in ../shared/data/dictionaries")
def test_the_phoenix_files_are_read_in_seconds_and_kept():
    """27,000 actors: under 3 s of this process the first time, well under half a second from the cache."""
    gazetteer = Gazetteer.load()
    start = time.process_time()
    first = [read_layer(path, lambda: gazetteer) for path in ACTORS]
    between = time.process_time()
    second = [read_layer(path, never) for path in ACTORS]
    end = time.process_time()
    assert [names(layer) for layer in first] == [names(layer) for layer in second]
    assert sum(len(layer.actors) for layer in first) > 27_000
    assert (between - start < 3, end - between < 0.5) == (True, True)
