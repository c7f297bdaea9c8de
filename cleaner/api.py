"""The programmer's door: `Cleaner` and `clean`."""

from __future__ import annotations

from cleaner.errors import ConfigError
from cleaner.fast import sources, store
from cleaner.fast.ways import FastWays
from cleaner.judging.effort import Budget
from cleaner.judging.engine import THRESHOLDS, Engine
from cleaner.judging.verdict import KEEP
from cleaner.light import cache
from cleaner.output.result import Result
from cleaner.rules.matcher import Joined, Matcher
from cleaner.rules.rule import CATEGORIES, Rule
from cleaner.text.document import Document

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from cleaner.evidence.facts import Facts
    from cleaner.judging.keeping import Keep
    from cleaner.workbench.explained import Explained


# What one text may cost unless more is allowed: processor time in seconds, memory in megabytes.
MAX_TIME, MAX_MEMORY = 300.0, 4_000.0


class Cleaner:
    """Cleans documents with a fixed choice of rules. Building one loads the packs; cleaning with it is cheap.

    Args:
        select: use only these rules or categories: `promo`, `promo/en/also-like`, `promo/*`. Empty: all.
        ignore: leave these out, written in the same way.
        level: `careful`, `standard` or `thorough`: how much weak evidence is enough.
        languages: use the packs of these languages (and those of no language); empty: all.
        rules: further packs: TOML files, or folders of them.
        built_in: whether to use the packs that come with `cleaner`.
        max_removed: the share of words (0 to 1) that weak evidence may take from a document before it is set aside; None:
            0.5, and 0.9 of a whole page.
        max_time: processor time (seconds) that one text may take, and
        max_memory: memory (megabytes) that it may want by its lines and characters; None: any. A text that would cost more
            is left as it is, and `Result.stopped` says so.
        keep: lines that always stay; `re:` begins a pattern for them (see `cleaner.judging.keeping.Keep`).

    Raises:
        ConfigError: an unknown level, a selection that names nothing, or a pattern of `keep` that is not understood.
        RuleError: a pack that cannot be used.
    """

    def __init__(
        self,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        level: str = "standard",
        languages: Iterable[str] = (),
        rules: Iterable[str | Path] = (),
        built_in: bool = True,
        max_removed: float | None = None,
        max_time: float | None = MAX_TIME,
        max_memory: float | None = MAX_MEMORY,
        keep: Iterable[str] = (),
    ) -> None:
        select, ignore, languages, rules, keep = list(select), list(ignore), list(languages), list(rules), list(keep)
        self._arguments = (
            tuple(select), tuple(ignore), level, tuple(languages), tuple(rules), built_in, max_removed, max_time, max_memory,
            tuple(keep),
        )  # fmt: skip
        if level not in THRESHOLDS:
            raise ConfigError(f"unknown level {level!r}; known: {', '.join(THRESHOLDS)}")
        budget = Budget(max_time, max_memory)
        self._built_in = store.built_in() if built_in else None
        self._added = _loaded(rules, self._built_in)
        self._chosen: tuple[Rule, ...] | None = None
        self._made_of: str | None = None
        self._keep = _kept(keep)
        if self._built_in and not (self._added or select or ignore or languages):
            # The common case, and the quick one: no rule is made that no line asks for.
            self._ways = self._looking(self._built_in.matcher)
            self._engine = Engine(self._built_in.bare, THRESHOLDS[level], max_removed, self._ways, languages, budget)
            return
        self._chosen = _chosen(self.rules, select, ignore, languages)
        matchers: list[Matcher] = [self._built_in.matcher] if self._built_in else []
        if self._added:
            from cleaner.fast.tables import fast_matcher

            matchers.append(fast_matcher(self._added))
        self._ways = self._looking(Joined(matchers, self._chosen))
        self._engine = Engine(self._chosen, THRESHOLDS[level], max_removed, self._ways, languages, budget)

    def _looking(self, matcher: Matcher) -> FastWays:
        if not self._keep:
            return FastWays(matcher, self._built_in.numbers if self._built_in else None)
        from cleaner.judging.keeping import Spared

        return FastWays(Spared(matcher, self._keep), self._built_in.numbers if self._built_in else None)

    def __reduce__(self) -> tuple[Callable[..., Cleaner], tuple[object, ...]]:
        """Pickled as its arguments: an engine holds compiled tables, which another process makes for itself.

        With them goes what it is made of, so that whoever keeps results by the digest of a pickle (as Hugging Face's
        datasets do) keeps none of another program or of other rules.
        """
        if self._made_of is None:
            self._made_of = _made_of(self._arguments[4])
        return _again, (type(self), self._made_of, *self._arguments)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that it uses, in the order in which they are reported."""
        if self._chosen is None:
            self._chosen = (*(self._built_in.rules if self._built_in else ()), *self._added)
        return self._chosen

    def rules_of(self, line: str) -> list[Rule]:
        """The rules with patterns that hit a line by its own text, sure or not; where it stands is not asked."""
        return self._engine.rules_of(line)

    def clean(self, text: str, name: str = "", repeats: Sequence[int] | None = None) -> Result:
        """Clean one document.

        Args:
            text: the scraped text. It is never changed in place; what stays comes out to the character.
            name: shown in diffs and reports.
            repeats: for each line of `text.split("\\n")`, in how many other documents of its site it stands
                (see `cleaner.sites.line_repeats`).
        """
        document = Document(text)
        try:
            judgement = self._engine.run(document, repeats)
        except MemoryError:
            self._engine.forget()
            return Result(name, text, (KEEP,) * len(document.raws), stopped="the memory does not suffice")
        verdicts = self._keep.kept(document.raws, judgement.verdicts) if self._keep else judgement.verdicts
        return Result(name, text, verdicts, judgement.guarded, judgement.stopped)

    def explain(
        self, text: str, lines: Collection[int] | None = None, repeats: Sequence[int] | None = None
    ) -> Iterator[Explained]:
        """Say of each line of a document why it goes or stays.

        Args:
            text: the scraped text.
            lines: the numbers (from 1) of the lines to explain; None: all.
            repeats: as for `clean`.
        """
        from cleaner.workbench.explain import explain  # late: cleaning does without

        return explain(self._engine, Document(text), lines, repeats, self._keep)

    def facts(self, raw: str) -> Facts:
        """What a line is by itself, whatever stands around it: what patterns see of it, and the rules that hit it."""
        return self._ways.facts(raw)


def clean(text: str, **options: object) -> Result:
    """Clean one document with a `Cleaner` made of `options`. For more than one, make a `Cleaner` and keep it."""
    return Cleaner(**options).clean(text)  # type: ignore[arg-type]


def _loaded(paths: Iterable[str | Path], known: store.BuiltIn | None) -> tuple[Rule, ...]:
    """The rules of further packs. Raises RuleError for a bad one, and for an id that is used twice."""
    paths = list(paths)
    if not paths:
        return ()
    from pathlib import Path

    from cleaner.rules.loader import check_unique
    from cleaner.rules.packs import load_packs

    added = tuple(rule for pack in load_packs([Path(p) for p in paths], built_in=False) for rule in pack.rules)
    check_unique((*(known.rules if known else ()), *added))
    return added


def _chosen(rules: Sequence[Rule], select: list[str], ignore: list[str], languages: list[str]) -> tuple[Rule, ...]:
    known = {r.language for r in rules}
    for language in languages:
        if language not in known:
            raise ConfigError(f"no rule pack for language {language!r}; known: {', '.join(sorted(known))}")
    for name in [*select, *ignore]:
        if name not in CATEGORIES and not any(_named(rule, name) for rule in rules):
            raise ConfigError(f"{name!r} is neither a category nor a rule; see 'cleaner rules list'")
    return tuple(
        r
        for r in rules
        if (not languages or r.language in languages or r.language == "any")
        and (not select or any(_named(r, s) for s in select))
        and not any(_named(r, s) for s in ignore)
    )


def _kept(entries: list[str]) -> Keep | None:
    if not entries:
        return None
    from cleaner.judging.keeping import Keep  # late: most runs keep nothing besides

    return Keep(entries)


def _named(rule: Rule, name: str) -> bool:
    from fnmatch import fnmatchcase

    return name == rule.category or fnmatchcase(rule.id, name)


def _made_of(rules: Iterable[str | Path]) -> str:
    """A digest of the program's code, the packs that ship, and those at `rules`. Raises RuleError, OSError."""
    import hashlib
    from pathlib import Path

    from cleaner.rules.packs import pack_files

    found = hashlib.sha256(_code().encode() + sources.key())
    for place in map(Path, rules):
        for path in pack_files(place):
            data = path.read_bytes()
            found.update(f"{path.relative_to(place).as_posix()} {len(data)}\n".encode())
            found.update(data)
    return found.hexdigest()


@cache
def _code() -> str:
    """The digest of the code; made once a process, which goes on with the code that it began with."""
    from cleaner.distribution import code

    return code()


@cache
def _again(
    kind: type[Cleaner],
    _made_of: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    level: str,
    languages: tuple[str, ...],
    rules: tuple[str | Path, ...],
    built_in: bool,
    max_removed: float | None,
    max_time: float | None,
    max_memory: float | None,
    keep: tuple[str, ...],
) -> Cleaner:
    """The cleaner of these arguments; made once a process, since each pickled copy would load the packs again."""
    return kind(
        select=select,
        ignore=ignore,
        level=level,
        languages=languages,
        rules=rules,
        built_in=built_in,
        max_removed=max_removed,
        max_time=max_time,
        max_memory=max_memory,
        keep=keep,
    )
