"""Codes for labels: short whole numbers for the words of a column, never given to another word.

A space of codes belongs to a column's name within one code, so that every stream means the same by the
same number.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Labels:
    """The words of each column; a word's place is its code."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, column: str) -> tuple[str, ...]:
        return self.words.get(column, ())

    def codes(self, column: str) -> Mapping[str, int]:
        return self._codes.get(column, {})

    @cached_property
    def _codes(self) -> dict[str, dict[str, int]]:
        return {column: {word: n for n, word in enumerate(words)} for column, words in self.words.items()}

    def learning(self, heard: Mapping[str, Iterable[str]]) -> "Labels":
        """Return these labels and after them, in sorted order, the words not known yet."""
        words = dict(self.words)
        for column, said in heard.items():
            known = self.codes(column)
            words[column] = (*self.of(column), *sorted(word for word in set(said) if word not in known))
        return Labels(words)

    def up_to(self, counts: Mapping[str, int]) -> "Labels":
        """Return the labels as they were when each column had so many."""
        return Labels({column: self.of(column)[:count] for column, count in counts.items()})
