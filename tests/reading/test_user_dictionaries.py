"""A reading with a user's dictionaries: in one process and several, and with a fingerprint of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from dragoman import Analysis, Document, Reader
from dragoman.cli import main
from dragoman.errors import UsageError

ACTORS = """\
QALDARIAN_FREE_COLUMN
+QFC
\t[XYZREB]
ORSIN_TAVELLI
\t[KENGOV 20100101-20130101]
"""
AGENTS = "CAMEL_COURIER [~SPY]\n"
NEWS = Document(
    "The Qaldarian Free Column shelled a bridge on Monday, Orsin Tavelli said. He accused the QFC of breaking the truce. "
    "Kenyan camel couriers left at noon.",
    published="2012-03-01",
)


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> tuple[str, str]:
    folder = tmp_path_factory.mktemp("dictionaries")
    actors, agents = folder / "own.actors.txt", folder / "own.agents.txt"
    actors.write_text(ACTORS, encoding="utf-8")
    agents.write_text(AGENTS, encoding="utf-8")
    return str(actors), str(agents)


@pytest.fixture(scope="module", autouse=True)
def caches(tmp_path_factory) -> Iterator[None]:
    """Nothing is kept in the cache directory of who runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture(scope="module")
def own(files) -> Reader:
    return Reader(actors=files)


@pytest.fixture(scope="module")
def analysis(own) -> Analysis:
    return own.read(NEWS)


def codes(analysis: Analysis, words: str) -> list[str]:
    """The code of the actor at each mention that ends with the words."""
    found = [analysis.actor(m.actor) for m in analysis.mentions if m.text.endswith(words)]
    return [actor.code if actor is not None else "" for actor in found]


def test_a_made_up_name_is_the_dictionarys_actor(analysis):
    """Under its name and its synonym, with a code that no list of states has."""
    assert codes(analysis, "Free Column") == codes(analysis, "QFC") == ["XYZREB"]


def test_a_person_of_the_dictionary_is_followed(analysis):
    """The holder of a dated code is a person, whom "he" can mean."""
    assert codes(analysis, "Orsin Tavelli") == codes(analysis, "He") == ["KENGOV"]


def test_a_role_word_of_the_dictionary_makes_an_actor(analysis):
    """With the country of its owner."""
    assert codes(analysis, "camel couriers") == ["KENSPY"]


def test_without_the_dictionary_there_is_no_such_actor(read):
    """The code comes from nowhere else."""
    analysis = read(NEWS.text, published=NEWS.published)
    assert "XYZREB" not in {actor.code for actor in analysis.actors}


def test_who_has_left_office_is_a_former_official(own):
    """The dictionary's period is over, so the person is an elite."""
    later = own.read(Document("Orsin Tavelli praised the dam.", published="2014-01-01"))
    assert codes(later, "Orsin Tavelli") == ["KENELI"]


def test_the_fingerprint_follows_the_content_and_not_the_path(files, tmp_path):
    """A copy reads alike; a changed line, another order or no dictionary does not."""
    copy = tmp_path / "copy.txt"
    copy.write_text(ACTORS, encoding="utf-8")
    plain, own, same = Reader(), Reader(actors=files[:1]), Reader(actors=(str(copy),))
    copy.write_text(ACTORS.replace("XYZREB", "XYZMIL"), encoding="utf-8")
    changed, both, turned = Reader(actors=(str(copy),)), Reader(actors=files), Reader(actors=files[::-1])
    assert own.fingerprint == same.fingerprint
    assert len({r.fingerprint for r in (plain, own, changed, both, turned)}) == 5


def test_a_missing_dictionary_is_the_callers_mistake(tmp_path):
    """Known before anything is read."""
    with pytest.raises(UsageError, match="cannot be read"):
        Reader(actors=(str(tmp_path / "none.txt"),))


@pytest.mark.slow
def test_other_processes_read_with_the_dictionaries_too(own, analysis):
    """Workers change nothing."""
    (elsewhere, _) = own.read_all([NEWS, NEWS], workers=2)
    assert elsewhere == analysis


# --- the command


@pytest.fixture
def command(tmp_path, monkeypatch):
    """`dragoman read` of the news with the arguments."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.txt").write_text(NEWS.text, encoding="utf-8")
    return lambda *arguments: CliRunner().invoke(main, ["read", "news.txt", "--published", "2012-03-01", *arguments])


def test_the_command_takes_several_dictionaries(command, files):
    """Actors and agents, each with its own --actors; nothing is said where nothing is malformed."""
    result = command("--actors", files[0], "--actors", files[1])
    assert (result.exit_code, result.stderr) == (0, "")
    assert '"XYZREB"' in result.stdout
    assert '"KENSPY"' in result.stdout


def test_malformed_lines_are_one_line_and_do_not_stop_the_reading(command, tmp_path):
    """How many, which is the first, and how to see all."""
    (tmp_path / "own.txt").write_text(ACTORS + "MIRA_DOLENZ\n\t[UGA 1]\n\t[UGA 2]\n", encoding="utf-8")
    result = command("--actors", "own.txt")
    assert (result.exit_code, result.stderr.count("\n")) == (0, 1)
    assert "own.txt: malformed lines, used as far as they go: 2, first line 7: '[UGA 1]'" in result.stderr
    assert "--debug" in result.stderr
    assert '"XYZREB"' in result.stdout


def test_with_debug_every_malformed_line_is_named(command, tmp_path):
    """File, line number, finding, rule."""
    (tmp_path / "own.txt").write_text(ACTORS + "MIRA_DOLENZ\n\t[UGA 1]\n\t[UGA 2]\n", encoding="utf-8")
    said = command("--actors", "own.txt", "--debug").stderr.splitlines()
    assert said[0] == "dragoman: own.txt: malformed lines, used as far as they go: 2."
    assert [line.partition(": a code is")[0] for line in said[1:]] == [
        "dragoman: own.txt, line 7: '[UGA 1]'",
        "dragoman: own.txt, line 8: '[UGA 2]'",
    ]


@pytest.mark.parametrize("name", ["none.txt", "news.txt"])
def test_a_file_that_is_no_dictionary_ends_the_command(command, name):
    """Status 2, one sentence, and nothing read."""
    result = command("--actors", name)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)
    assert name in result.stderr
