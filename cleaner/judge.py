"""From evidence to what goes: sums the scores of a document's lines, then lets neighbours inform the undecided."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner import pattern
from cleaner.around import HIGH, LOW, surroundings
from cleaner.context import Context
from cleaner.form import WEIGHT, FormTable
from cleaner.live import Live
from cleaner.remembered import Remembered
from cleaner.rule import Rule, Scope
from cleaner.scene import Scene
from cleaner.signals import BITS as B

SURE = 1.0
# What speaks for a line that no other page of its site has, where some are known: they have most of the site's own.
LONE = 0.02
_SWEEPS = 4
_REACHING = (Scope.BLOCK, Scope.REST)
_MEMORY = 50_000
# Lines that no block takes: paragraphs, whatever ends them, and the rows of tables and price lists.
_NO_MEMBER = B["prose"] | B["words-30"] | B["table"] | B["money"]
# A document where this many lines go for sure is a whole page, not what an extractor made of one.
WHOLE_PAGE = 8
# On whole pages evidence runs wider: a threshold below 1 comes down there by this share of what it does elsewhere, or
# bodies would go with it (docs/quality.md).
_EASE = 1 / 3


class Ruling:
    """One line's verdict in the making: its score, and the rules behind it if it goes."""

    __slots__ = ("reasons", "score")

    def __init__(self, score: float, reasons: list[Rule]) -> None:
        self.score, self.reasons = score, reasons


class Judge:
    """Decides which of a document's non-blank lines go.

    Args:
        form: the rules that have no pattern and ask for signals alone.
        conditional: the rules that have no pattern but ask for `near` or `repeat`.
        threshold: the sum at which a line goes on weak evidence (on a whole page, one below 1 is nearer to 1). A line
            with a sure finding goes at 1.0.
    """

    def __init__(self, form: FormTable, conditional: Sequence[Rule], threshold: float) -> None:
        self._form, self._conditional, self._threshold = form, conditional, threshold
        self._guards, self._alone = form.guards(), form.alone()
        # By a line's signals: the conditional rules whose own conditions hold. A corpus has some thousand such.
        self._asked = Remembered(self._ask, _MEMORY)

    def rule(self, scene: Scene, weak: bool) -> dict[int, Ruling]:
        """The lines that go, by index into `scene.lines`.

        Args:
            scene: the document as it stands.
            weak: whether fractions count; if not, only sure rules and those that protect do.
        """
        lines, form = scene.lines, self._form
        bits, found = self.evidence(scene, weak)
        fixed = {i: sum([r.score for r in rules]) for i, rules in found.items()}
        sure = {i for i, rules in found.items() if any(r.sure for r in rules)}
        if weak and scene.repeated:
            fixed |= {i: fixed.get(i, 0.0) - LONE for i, line in enumerate(lines) if line.lone and i not in sure}
        for i in sure:
            bits[i] |= scene.topic(i)
        told = form.sum if weak else self._guards.sum
        gone = {i for i in sure if fixed[i] + told(bits[i]) >= SURE}
        if weak:
            self._look_around(bits, fixed, gone)
            least = self._threshold
            if least < 1 and bits and bits[0] & B["page"]:
                least = 1 - (1 - least) * _EASE
            open_ = [
                i
                for i, most in enumerate(map(form.most, bits))
                if (most >= least or i in fixed)
                and i not in gone
                and most + fixed.get(i, 0.0) >= (SURE if i in sure else least)
            ]
            for i in open_:
                bits[i] |= scene.topic(i)
            self._weigh(bits, fixed, sure, gone, open_, least)
        if not gone:
            return {}
        context = Context(len(lines), gone)
        out = {}
        for i in sorted(gone):
            b = bits[i] | context(i)
            against = form.reasons(b) if weak else []
            # A pattern tells a person more than a form does, whatever it weighs.
            reasons = [*sorted((r for r in found.get(i, ()) if r.score > 0), key=WEIGHT, reverse=True), *against]
            out[i] = Ruling(fixed.get(i, 0.0) + (form.sum(b) if weak else 0.0), reasons)
        return out

    def _look_around(self, bits: list[int], fixed: dict[int, float], gone: set[int]) -> None:
        """Add to the signals of each line what the lines around it weigh by themselves."""
        alone = list(map(self._alone.sum, bits))
        for i, score in fixed.items():
            alone[i] += score
        weights = [LOW if w < LOW else HIGH if w > HIGH else w for w in alone]
        for i in gone:
            weights[i] = HIGH
        for i, around in enumerate(surroundings(weights)):
            bits[i] |= around

    def evidence(self, scene: Scene, weak: bool) -> tuple[list[int], dict[int, list[Rule]]]:
        """What is known of each line before any is decided: its signals, and the rules with patterns that hit it.

        Arguments as for `rule`. Signals of neighbours' verdicts and of topic are not among them yet.
        """
        bits = scene.bits.copy()
        found = self._placed(scene, bits, weak)
        if not found:
            return bits, found
        self._extend(scene, found)
        for i, rules in found.items():
            score = sum([r.score for r in rules])
            bits[i] |= _hint_bits(score)
            if score > 0:
                if i:
                    bits[i - 1] |= B["next-hint"]
                if i + 1 < len(bits):
                    bits[i + 1] |= B["prev-hint"]
        if sum(any(r.sure for r in rules) for rules in found.values()) >= WHOLE_PAGE:
            bits = [b | B["page"] for b in bits]
        return bits, found

    def _placed(self, scene: Scene, bits: Sequence[int], weak: bool) -> dict[int, list[Rule]]:
        """The rules that hit each line, with the conditions that concern its place."""
        lines = scene.lines
        found: dict[int, list[Rule]] = {}
        near: list[tuple[int, Rule]] = []
        sure: dict[int, set[str]] = {}
        for i in scene.hit:
            line = lines[i]
            for rule in line.seen.rules:
                if not (weak or rule.sure or rule.score < 0) or not _in_place(rule, line, bits[i]):
                    continue
                if rule.near:
                    near.append((i, rule))
                    continue
                found.setdefault(i, []).append(rule)
                if rule.sure:
                    sure.setdefault(i, set()).add(rule.category)
        # A conditional rule wants something sure near the line, or the line in other documents.
        if weak and (sure or scene.repeated):
            for i, rules in enumerate(map(self._asked.__getitem__, bits)):
                if rules:
                    near += [
                        (i, rule)
                        for rule in rules
                        if (rule.near is None or sure) and lines[i].repeats >= rule.repeat
                    ]
        for i, rule in near:
            if rule.near is None or any(
                not rule.near.categories.isdisjoint(sure.get(k, ()))
                for k in range(i - rule.near.within, i + rule.near.within + 1)
                if k != i
            ):
                found.setdefault(i, []).append(rule)
        return found

    def _ask(self, bits: int) -> tuple[Rule, ...]:
        """The conditional rules that a line with these signals may have, by its signals alone."""
        return tuple(r for r in self._conditional if r.when.hold(bits) and (not r.zone_bits or bits & r.zone_bits))

    def _extend(self, scene: Scene, found: dict[int, list[Rule]]) -> None:
        """Let block and rest rules reach the lines after their own."""
        lines, bits = scene.lines, scene.bits
        # Each line's own rules: one that reached it from above must not reach on from it, again and again.
        for i, rules in [(i, tuple(found[i])) for i in sorted(found)]:
            for rule in rules:
                if rule.scope not in _REACHING or sum([r.score for r in rules]) < SURE:
                    continue
                if rule.scope is Scope.BLOCK:
                    reach = _block_end(rule, i, scene)
                else:
                    reach = len(lines) if _rest_is_free(i, bits) else i + 1
                for k in range(i + 1, reach):
                    found.setdefault(k, []).append(rule)

    def _weigh(
        self,
        bits: Sequence[int],
        fixed: dict[int, float],
        sure: set[int],
        gone: set[int],
        open_: list[int],
        least: float,
    ) -> None:
        """Decide the open lines, from the outside in, until their neighbours' verdicts change nothing more."""
        for i in open_:
            if fixed.get(i, 0.0) + self._form.sum(bits[i]) >= (SURE if i in sure else least):
                gone.add(i)
        context = Context(len(bits), gone)
        form = self._form
        # What was known of its neighbours when a line was last weighed: while that is the same, so is its sum.
        weighed: dict[int, int] = dict.fromkeys(open_, 0)
        for sweep in range(_SWEEPS):
            before = len(gone)
            for i in reversed(open_) if sweep % 2 == 0 else open_:
                if i in gone or weighed[i] == (around := context(i)):
                    continue
                weighed[i] = around
                score = fixed.get(i, 0.0) + form.sum(bits[i] | around)
                if score >= (SURE if i in sure else least):
                    context.add(i)
            if len(gone) == before and sweep:
                return


def _in_place(rule: Rule, line: Live, bits: int) -> bool:
    zones = rule.zone_bits
    return (not zones or bool(bits & zones)) and rule.when.hold(bits) and line.repeats >= rule.repeat


def _hint_bits(score: float) -> int:
    if score < 0:
        return B["guarded"]
    return B["hint"] | (B["strong-hint"] if score >= SURE / 2 else 0)


def _block_end(rule: Rule, start: int, scene: Scene) -> int:
    """The index after the last line of the block that `rule` opens at `start`."""
    lines, gaps, bits, topic = scene.lines, scene.gaps, scene.bits, scene.topic
    stop = _NO_MEMBER if bits[start] & B["zone-tail"] else _NO_MEMBER | B["sentence"]
    until = rule.until
    i = start + 1
    while i < len(lines) and i - start <= until.lines:
        if bits[i] & stop:
            # What stands right above prose is its heading, and stays: unless it hangs on the line before it and a
            # blank line parts it from the prose, or it is long and speaks of other things than the document does.
            hangs = gaps[i] and not gaps[i - 1]
            teaser = bits[i - 1] & B["medium"] and topic(i - 1) & B["foreign"]
            member = hangs or bits[i - 1] & B["stop"] or teaser
            return i if member else max(start + 1, i - 1)
        text = lines[i].view.text if rule.case else lines[i].view.low
        if until.blank and gaps[i] or until.pattern and pattern.first(until.pattern, rule.case, text):
            return i
        i += 1
    return i


def _rest_is_free(start: int, bits: Sequence[int]) -> bool:
    """Whether no real prose follows: no long paragraph, and at most two short ones."""
    prose = 0
    for b in bits[start + 1 :]:
        prose += bool(b & B["prose"])
        if b & B["long-prose"] or prose > 2:
            return False
    return True
