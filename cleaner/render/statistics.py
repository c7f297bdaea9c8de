"""How often each rule took something, over all texts of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from cleaner.render.terminal import StyledLine
from cleaner.text.words import count_words


class Statistics:
    """Counts by rule. Blank lines, which go with others, are not counted."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()
        self._words: Counter[str] = Counter()
        self._texts = self._changed = 0

    def add(self, document: Mapping[str, Any]) -> None:
        """Count one document, as `cleaner.batch.report.document` has it."""
        self._texts += 1
        self._changed += document["changed"]
        for edit in document["edits"]:
            if edit["removed"].strip():
                self._times[edit["rule"]] += 1
                self._words[edit["rule"]] += count_words(edit["removed"])

    def lines(self) -> Iterator[StyledLine]:
        """The counts, most first: how often, how many words, which rule; then the sums."""
        rows = [
            (f"{n:,}", f"{self._words[rule]:,}", rule)
            for rule, n in sorted(self._times.items(), key=lambda item: (-item[1], item[0]))
        ]
        rows.append((f"{self._times.total():,}", f"{self._words.total():,}", self._all()))
        wide = max(len("times"), *(len(times) for times, _, _ in rows))
        words_wide = max(len("words"), *(len(words) for _, words, _ in rows))
        yield [(f"{'times':>{wide}}  {'words':>{words_wide}}  rule\n", "bold")]
        for times, words, rule in rows:
            style = "dim" if rule == rows[-1][2] else "cyan"
            yield [(f"{times:>{wide}}  {words:>{words_wide}}  ", ""), (f"{rule}\n", style)]

    def _all(self) -> str:
        rules = f"{len(self._times)} rule{'' if len(self._times) == 1 else 's'}"
        return f"all: {rules}, {self._changed:,} of {self._texts:,} texts"
