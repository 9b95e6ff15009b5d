"""Which texts repeat an earlier one."""

from __future__ import annotations

from dragoman.record.stories.copies import copies

WIRE = (
    "The harbour council of Velm closed the northern quay on Tuesday after divers found cracks in its wall. Ships with grain "
    "will be sent to Dorrin until engineers have looked at the damage, a port officer said. Fishermen may go on using the old "
    "basin. The council meets again on Friday to hear what a repair would cost and who should pay for it."
)
OTHER = (
    "Teachers in Dorrin went back to work on Monday after the ministry promised to fill ninety posts. Their union had called "
    "a strike over classes of forty children. Parents welcomed the agreement, which runs until the summer of next year."
)


def originals(*texts: tuple[str, str | None, str]) -> dict[str, str]:
    """Each document with the one whose text it has."""
    return {copy.document: copy.original for copy in copies(texts)}


def test_the_same_words_are_a_copy() -> None:
    """Punctuation, case and white space do not matter, and the first one is the original."""
    shouted = WIRE.upper().replace(".", " ...\n")
    assert originals(("b", "2031-05-03", shouted), ("a", "2031-05-02", WIRE)) == {"a": "a", "b": "a"}


def test_an_updated_or_shortened_text_is_a_copy() -> None:
    """A new figure, another first sentence, or only the first half of it."""
    updated = WIRE.replace("on Tuesday", "on Wednesday").replace("The harbour council", "Velm's council")
    half = WIRE[: len(WIRE) // 2]
    assert originals(("a", "2031-05-02", WIRE), ("b", "2031-05-03", updated), ("c", "2031-05-03", half)) == {
        "a": "a",
        "b": "a",
        "c": "a",
    }


def test_another_text_is_none() -> None:
    """Two texts share a town and nothing more."""
    assert originals(("a", "2031-05-02", WIRE), ("b", "2031-05-02", OTHER)) == {"a": "a", "b": "b"}


def test_nearly_the_same_words_long_after_are_a_new_text() -> None:
    """A bulletin in the words of last month's is news; the very same words are not."""
    later = WIRE.replace("Tuesday", "Thursday").replace("cracks", "holes")
    found = originals(("a", "2031-05-02", WIRE), ("b", "2031-06-02", later), ("c", "2031-06-02", WIRE))
    assert found == {"a": "a", "b": "b", "c": "a"}


def test_the_order_does_not_matter() -> None:
    """Dates decide who was first, not the order in which documents were added."""
    texts = [("a", "2031-05-02", WIRE), ("b", "2031-05-03", WIRE[:200]), ("c", None, OTHER), ("d", "2031-05-01", OTHER)]
    assert originals(*texts) == originals(*reversed(texts)) == {"a": "a", "b": "a", "c": "d", "d": "d"}


def test_hostile_texts_are_texts() -> None:
    """Nothing, one word, emoji and scripts without spaces are no trouble."""
    found = originals(("a", None, ""), ("b", None, "😀"), ("c", None, "外交部"), ("d", None, "word"), ("e", None, ""))
    assert found == {"a": "a", "b": "b", "c": "c", "d": "d", "e": "a"}


def test_nothing_has_no_copies() -> None:
    """An empty record is no trouble either."""
    assert copies(()) == ()
