"""Lines that always stay, because a person says so: given word for word, or by patterns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.errors import ConfigError
from cleaner.judging.verdict import Action, Verdict
from cleaner.rules.matcher import Hits, Look, Matcher
from cleaner.rules.pattern import compiled, first
from cleaner.text.reading import Reading
from cleaner.text.view import View

_KEEP = Verdict(Action.KEEP)
_PATTERN = "re:"


class Keep:
    """Which lines always stay.

    Args:
        entries: lines, compared without case as patterns see them (without bullets and quote marks); `re:` begins a
            pattern as rules have them, which is looked for. A backslash before `re:`, `#` or a backslash at the beginning
            takes the rest as a line.

    Raises:
        ConfigError: a pattern that is not well-formed, or could take long.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        self._lines: set[str] = set()
        self._patterns: list[str] = []
        for entry in entries:
            if entry.startswith(_PATTERN):
                self._patterns.append(_checked(entry.removeprefix(_PATTERN).strip()))
            else:
                plain = entry[1:] if entry.startswith(("\\re:", "\\#", "\\\\")) else entry
                self._lines.add(View(plain).low)

    def holds(self, view: View) -> bool:
        """Whether the line is one of those."""
        return view.low in self._lines or any(first(p, False, view.text) for p in self._patterns)

    def kept(self, raws: Sequence[str], verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
        """`verdicts` on the lines `raws`, save that these stay whole, with the blank lines beside them."""
        out = list(verdicts)
        blank = [not raw.strip() for raw in raws]
        for n, verdict in enumerate(verdicts):
            if verdict.action is Action.KEEP or blank[n] or not self.holds(View(raws[n])):
                continue
            out[n] = _KEEP
            for step in (-1, 1):
                m = n + step
                while 0 <= m < len(out) and blank[m]:
                    out[m] = _KEEP
                    m += step
        return tuple(out)


def _checked(pattern: str) -> str:
    import regex

    from cleaner.rules.safety import problems  # late: few runs have patterns of their own

    try:
        compiled(pattern, False)
        found = problems(pattern) if pattern else ["it is empty"]
    except regex.error as e:
        found = [str(e)]
    if found:
        raise ConfigError(f"keep: pattern {pattern!r}: {found[0]}")
    return pattern


class Spared(Matcher):
    """A matcher that finds nothing on lines that are kept, so that none of them begins a block or is cut."""

    def __init__(self, matcher: Matcher, keep: Keep) -> None:
        self._matcher, self._keep = matcher, keep

    def hits(self, view: View, own: int | None = None, reading: Reading | None = None) -> Hits:
        """See `Matcher.hits`."""
        found = self._matcher.hits(view, own, reading)
        return () if found and self._keep.holds(view) else found

    def look(self, raw: str) -> Look | None:
        """See `Matcher.look`."""
        looked = self._matcher.look(raw)
        if looked and looked[-1] and self._keep.holds(View.of(raw, *looked[:2])):
            return *looked[:-1], ()
        return looked
