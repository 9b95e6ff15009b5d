"""The log by document: which documents a new line of it is about, and what bears on each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dragoman.record.reviews.log import in_order
from dragoman.record.reviews.review import Review


class Ledger:
    """Reviews as they come. Documents are named as their reviews name them."""

    def __init__(self) -> None:
        self._by_id: dict[str, Review] = {}
        self._of: defaultdict[str | None, list[Review]] = defaultdict(list)
        self._in_batch: defaultdict[str, list[Review]] = defaultdict(list)
        self._against: defaultdict[str, list[Review]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._by_id)

    def __contains__(self, review: Review) -> bool:
        return review.id in self._by_id

    def take(self, new: Iterable[Review]) -> None:
        """Enter reviews that are not there yet."""
        for review in new:
            self._by_id[review.id] = review
            if review.undoes is not None:
                self._against[review.undoes].append(review)
                continue
            self._of[review.document_id].append(review)
            if review.batch is not None:
                self._in_batch[review.batch].append(review)

    def touched(self, review: Review) -> Iterator[Review]:
        """The verdicts and undos for which something may be different now that this one is there; itself among them."""
        waiting, seen = [review], set()
        while waiting:
            one = waiting.pop()
            if one.id in seen:
                continue
            seen.add(one.id)
            yield one
            if one.undoes is not None:
                named = self._by_id.get(one.undoes)
                waiting += self._in_batch.get(one.undoes, ())
                waiting += () if named is None else (named,)

    def about(self, documents: Iterable[str | None]) -> tuple[Review, ...]:
        """The verdicts on those documents and the undos that bear on them, in the order of time."""
        return self.with_undos(review for document in documents for review in self._of.get(document, ()))

    def with_undos(self, reviews: Iterable[Review]) -> tuple[Review, ...]:
        """The same, and every undo of them, of their batches and of those undos, in the order of time."""
        waiting, found = list(reviews), {}
        while waiting:
            one = waiting.pop()
            if one.id not in found:
                found[one.id] = one
                waiting += self._against.get(one.id, ())
                waiting += self._against.get(one.batch, ()) if one.batch and one.undoes is None else ()
        return in_order(found.values())
