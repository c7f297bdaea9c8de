"""What a person can change about a line's verdict, one sentence each, the most promising first."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.judging.judge import SENTENCE as SENTENCE_SCORE
from cleaner.judging.verdict import Action
from cleaner.output.saw import by_form_alone
from cleaner.rules.rule import Rule
from cleaner.workbench.explained import BLANK, GUARD, LIST, SENTENCE, SURE, WEAK, Explained
from cleaner.workbench.parts import GUARDS, NEIGHBOURS, PATTERN, SITE

# What is missing is little if a hint on a neighbour could make up for it.
_LITTLE = 0.3


def advice(e: Explained, name: str, close: Sequence[tuple[Rule, str]] = ()) -> list[str]:
    """The sentences for one line; none for blank lines, and for those that stay and nothing speaks against.

    Args:
        e: the line.
        name: what its text is called.
        close: the rules that nearly took it, with the reasons.
    """
    if not e.text or e.decided == BLANK:
        return []
    return _to_keep(e) if e.verdict.action is not Action.KEEP else _to_take(e, name, close)


def _to_take(e: Explained, name: str, close: Sequence[tuple[Rule, str]]) -> list[str]:
    out = []
    hints = [p for p in e.parts if p.source in (PATTERN, SITE) and p.score > 0 and p.rule]
    guards = [p for p in e.parts if p.source == PATTERN and p.score < 0]
    firm = -sum(p.score for p in e.parts if p.firm)
    write = f"to take it everywhere, write a rule: cleaner rules new {name}:{e.line}"
    if firm:
        write += f" (with a score of {1 + firm:.2f} or more, for what protects it stands against sure rules too)"
    if e.protected == GUARD:
        out.append(
            "to take it here, raise --max-removed; everywhere, give the commonest of these lines a sure rule: what sure rules"
            " take is not counted"
        )
    out += [f"rule {u.rule.id} hits it and does not count: {u.reason}" for u in e.unheard[:2]]
    if guards:
        out.append(
            f"rule {guards[0].rule} protects it by {-guards[0].score:.2f}: give that an 'unless' if it is wrong here"
        )
    out += [
        f"rule {p.rule} protects it by {-p.score:.2f} {p.note}".rstrip()
        for p in e.parts
        if p.source == GUARDS and e.protected != SENTENCE
    ]
    if close:
        out.append(f"rule {close[0][0].id} is nearest ({close[0][1]}): widen it, with this line as a 'drop' example")
    if hints and e.missing is not None and not guards:
        out.append(
            f"rule {hints[0].rule} is a hint of {hints[0].score:.2f}: {e.missing:.2f} more would take this line, but every other"
            " that it hits would weigh more too"
        )
    if e.protected == SENTENCE:
        out.append(
            f"it is a sentence, so only a pattern can take it (hints of {SENTENCE_SCORE:.2f} together, or a sure rule); {write}"
        )
    elif e.protected == LIST:
        if e.unheard:  # a rule of any kind would be silent there too
            out.append(
                "what takes lines one by one is not heard on a list of the article; if this is furniture, take the label above"
                ' it by a rule with scope = "block", or let --repeats see that other pages of the site have it'
            )
        else:
            out.append(
                f"it stands between the items of a list of the article, where only a sure rule takes lines; {write}"
            )
    elif e.protected != GUARD:
        out.append(write if hints or close else f"no pattern knows it; {write}")
        out += _by_others(e)
    if e.would:
        out.append(f"at --level {e.would} it goes")
    return out


def _by_others(e: Explained) -> list[str]:
    """What lines around it could change."""
    if e.most is None or e.need is None or e.missing is None:
        return []
    staying = [b.line for b in (e.before, e.after) if b and b.verdict.action is Action.KEEP]
    if staying and e.most >= e.need and e.missing <= _LITTLE:
        lines = " and ".join(map(str, staying))
        return [f"little is missing: were line {lines} to go, it might go with {'them' if len(staying) > 1 else 'it'}"]
    return []


def _to_keep(e: Explained) -> list[str]:
    rules = [r.id for r in e.verdict.reasons if r.match or r.repeat or r.near]
    if e.decided in (SURE,) or (e.decided != WEAK and rules):
        named = f"each of these {len(rules)} rules" if len(rules) > 1 else f"rule {rules[0]}"
        return [
            f"to keep it and its like, give {named} a 'keep' example that looks so, then a bound ('unless', '$', max_words)",
            f"to keep it here: --ignore {','.join(rules)}",
        ]
    if e.score is None or e.need is None:
        return []
    out = []
    margin = e.score - e.need
    deciding = [p for p in e.parts if p.source == PATTERN and p.score > margin]
    out += [
        f"without rule {p.rule} ({p.score:+.2f}) it would stay: bound it with a 'keep' example" for p in deciding[:2]
    ]
    around = sum(p.score for p in e.parts if p.source == NEIGHBOURS)
    if around > margin:
        gone = [b for b in (e.before, e.after) if b and b.verdict.action is Action.DROP]
        lines = f"; look at line {' and '.join(str(b.line) for b in gone)} first" if gone else ""
        out.append(f"what stands around it decided ({around:+.2f}): were that to stay, it would stay{lines}")
    if by_form_alone(e.verdict.reasons):
        out.append("no pattern speaks against it: if its kind is body, a rule that protects (score below 0) keeps it")
    elif not deciding:
        out.append(
            f"rules {', '.join(rules[:3])} take it together: each would have to weigh less"
            if len(rules) > 1
            else f"rule {rules[0]} alone does not decide: where its words are body, bound it with a 'keep' example"
        )
    if e.level != "careful":
        out.append("at --level careful only sure rules and their like take lines")
    return out
