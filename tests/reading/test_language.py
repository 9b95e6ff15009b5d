"""The language of a document: what is not English is told, and left out, read with a word about it, or read."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from dragoman import Document, Reader
from dragoman.errors import UsageError
from dragoman.reading.language import other_language

# Invented news in other languages: a minister said on Monday that talks would go on and rejected new sanctions.
FOREIGN = {
    "French": "Le ministre a déclaré lundi que les pourparlers continueraient et que son pays rejetait toute nouvelle sanction.",
    "Spanish": "El ministro dijo el lunes que las conversaciones continuarían y que su país rechazaba nuevas sanciones.",
    "German": "Der Minister sagte am Montag, die Gespräche würden fortgesetzt, und sein Land lehne neue Sanktionen ab.",
    "Dutch": "De minister zei maandag dat de gesprekken doorgaan en dat zijn land nieuwe sancties van de hand wijst.",
    "Italian": "Il ministro ha detto lunedì che i colloqui continueranno e che il suo paese respinge nuove sanzioni.",
    "Polish": "Minister powiedział w poniedziałek, że rozmowy będą kontynuowane, a jego kraj odrzuca nowe sankcje.",
    "Turkish": "Bakan pazartesi günü yaptığı açıklamada görüşmelerin süreceğini ve yeni yaptırımları reddettiklerini söyledi.",
    "Russian": "Министр заявил в понедельник, что переговоры продолжатся и что его страна отвергает новые санкции.",
    "Arabic": "قال الوزير يوم الاثنين إن المحادثات ستستمر وإن بلاده ترفض العقوبات الجديدة",
    "Chinese": "外交部发言人星期一表示,谈判将继续进行,中方反对新的制裁措施。",
}
ENGLISH = "The minister said on Monday that talks would go on and that his country rejected new sanctions."


@pytest.mark.parametrize("language", FOREIGN)
def test_other_languages_are_told(language):
    """A sentence is enough."""
    assert other_language(Document(FOREIGN[language])) == language


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Ruritania, Graustark sign accord on gas transit, water, border trade in Zenda, officials say",
        f"{ENGLISH} “{FOREIGN['French']}”, he added, and left the hall with his delegation after the vote.",
        f"{ENGLISH}\n{FOREIGN['Arabic']}",
        "Der Spiegel",
        "word",
        "12345 67890 " * 20,
        "",
        " \n\t ",
        "?!",
    ],
)
def test_english_mixed_and_short_texts_pass(text):
    """English with a quotation in another language is English; what is too short to tell passes."""
    assert other_language(Document(text)) is None


@pytest.mark.parametrize("language", ["en", "EN", "en-GB", "en_US", "eng", "English"])
def test_what_the_document_says_of_itself_wins(language):
    """A language that was given is not doubted."""
    assert other_language(Document(FOREIGN["French"], language=language)) is None


def test_a_document_that_says_it_is_french_is(reader):
    """Whatever its words look like."""
    assert other_language(Document(ENGLISH, language="fr")) == "French"
    assert other_language(Document(ENGLISH, language="tlh")) == "tlh"


@pytest.mark.parametrize("language", ["", "und", "unknown"])
def test_a_language_that_is_unknown_is_told_by_the_words(language):
    """It says nothing."""
    assert other_language(Document(FOREIGN["German"], language=language)) == "German"
    assert other_language(Document(ENGLISH, language=language)) is None


def test_the_same_text_gives_the_same_answer():
    """No chance is in it, in this process or another."""
    code = "from dragoman import Document; from dragoman.reading.language import other_language; import sys"
    ask = f"{code}; print(other_language(Document(sys.argv[1])))"
    text = FOREIGN["Dutch"]
    answers = {
        subprocess.run([sys.executable, "-c", ask, text], capture_output=True, text=True, check=True).stdout.strip()
        for _ in range(2)
    }
    assert answers == {other_language(Document(text))}


def test_it_costs_next_to_nothing():
    """Under two thousandths of a second for an English page, however long; reading one takes a hundred times as long."""
    page = Document((ENGLISH + " ") * 5_000)
    began = time.process_time()
    for _ in range(50):
        other_language(page)
    assert (time.process_time() - began) / 50 < 0.005


def test_other_languages_are_skipped_with_a_reason(reader):
    """All of the document is left out, and why."""
    analysis = reader.read(Document(FOREIGN["French"]))
    (skipped,) = analysis.skipped
    assert (skipped.start, skipped.end) == (0, len(FOREIGN["French"]))
    assert "it is in French" in skipped.reason
    assert not (analysis.mentions or analysis.statements or analysis.events)


@pytest.mark.parametrize("choice", ["read", "warn"])
def test_other_languages_are_read_where_that_is_wanted(choice):
    """Names are found in them, and nothing is skipped."""
    analysis = Reader(other_languages=choice).read(
        Document("Le Mali et la Norvège ont signé un accord sur le commerce à Oslo.")
    )
    assert analysis.skipped == ()
    assert "NOR" in {a.id for a in analysis.actors}


def test_the_choice_is_part_of_the_fingerprint():
    """Another choice is another reading."""
    assert Reader().fingerprint != Reader(other_languages="read").fingerprint


def test_a_wrong_choice_is_refused():
    """The error names the choices."""
    with pytest.raises(UsageError, match="'ignore' is none of skip, warn, read"):
        Reader(other_languages="ignore")


def test_a_mode_that_does_not_exist_is_refused():
    """The message names the modes there are."""
    with pytest.raises(UsageError, match="none of fast, default, accurate"):
        Reader(mode="slow")


def test_the_fast_mode_is_another_reader():
    """Its readings are told from those of the default by their fingerprint."""
    assert Reader(mode="fast").fingerprint != Reader().fingerprint
