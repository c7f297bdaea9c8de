"""Fit the scores of all weak rules on labelled lines, and write them back into the packs.

    python -m tools.fit DATA.jsonl.gz... [--dry-run] [--jobs 2]

DATA has one JSON document a line: `text`, `labels` (for each line 1 body, 0 boilerplate, -1 or null not scored),
`domain`, `track` ("extractor" or "dump"). Prints the curve on held-out domains, then the scores before and after.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner import Cleaner
from cleaner.evidence.form_rules import GUARD
from cleaner.rules.packs import pack_files, rules_directory
from cleaner.rules.rule import Rule
from tools.fit.gather import Lines, gather
from tools.fit.model import THRESHOLD, calibrated, fit, fixed, hold_out, scores
from tools.fit.settle import Court
from tools.fit.write import rewrite

# Below this a score says nothing that a person should have to read.
_LEAST = 0.01


def main() -> None:
    """The command; see the module's text."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("data", type=Path, nargs="+")
    ap.add_argument("--dry-run", action="store_true", help="print, but change no pack")
    ap.add_argument("--jobs", type=int, default=2)
    args = ap.parse_args()
    lines = gather(args.data, args.jobs)
    rules, others = divided(Cleaner().rules)
    court, guarded = courts(lines, rules, others)
    # Where a line may go is read from domains that the weights had not seen: on its own lines any fit looks safer.
    scale, held_out = calibrated(guarded, hold_out(court, rules), rules)
    print_curve(lines, held_out)
    trial = fit(court, rules, np.ones(len(lines.bits), dtype=bool))
    print(
        f"a score of 1 is {scale.unit:.2f} in log odds; whole pages have {scale.page:.2f} added; bias {trial.weights[-1]:.2f}"
    )
    # A pack with a score of 0 does not load; the rules that say next to nothing are named.
    found = [round(float(x), 3) or 0.001 for x in scores(trial, scale, rules)]
    for rule, new in zip(rules, found, strict=True):
        note = "   (says next to nothing: delete it?)" if abs(new) < _LEAST else ""
        print(f"{rule.score:7.3f} -> {new:7.3f}  {rule.id}{note}")
    if not args.dry_run:
        _write(rules, found)


def divided(rules: Iterable[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Those of `rules` whose scores are fitted, and those whose scores are their authors'.

    Rules without a pattern that ask for `near` or `repeat` are in neither: the lines of a trial do not know of these.
    """
    plain = [r for r in rules if r.match or not (r.near or r.repeat)]
    authors = {r.id for r in plain if r.sure or r.near or (not r.match and r.score <= GUARD)}
    return [r for r in plain if r.id not in authors], [r for r in plain if r.id in authors]


def courts(lines: Lines, rules: Sequence[Rule], others: Iterable[Rule]) -> tuple[Court, Court]:
    """Where weights are found, and where the scale is: with the rules of form that protect.

    A fit that knows of these learns to undo them.
    """
    form, patterns = (tuple(r for r in others if bool(r.match) is has) for has in (False, True))
    court = Court(lines, rules, fixed(lines, patterns), THRESHOLD)
    return court, court.given_too(fixed(lines, form))


def print_curve(lines: Lines, z: NDArray[np.float64]) -> None:
    """Print what goes at several shares of body words lost, by the evidence `z`."""
    print("held-out domains: body words lost <= share: boilerplate lines / words removed (score)")
    for name, part in (("extractor", lines.extract), ("dump", ~lines.extract)):
        use = part & (lines.label >= 0)
        evidence, body, words = np.where(lines.sure, np.inf, z)[use], lines.label[use] == 1, lines.words[use]
        order = np.argsort(-evidence, kind="stable")
        evidence, body, words = evidence[order], body[order], words[order]
        lost = np.cumsum(words * body) / (words * body).sum()
        gone, gone_words = np.cumsum(~body) / (~body).sum(), np.cumsum(words * ~body) / (words * ~body).sum()
        cells = []
        for share in (0.0005, 0.001, 0.0012, 0.002, 0.005, 0.01):
            k = int(np.searchsorted(lost, share, side="right")) - 1
            cells.append(f"{share:.2%}: {100 * gone[k]:.1f}/{100 * gone_words[k]:.1f} ({evidence[k]:.2f})")
        print(f"  {name}: " + "  ".join(cells))


def _write(rules: list[Rule], found: list[float]) -> None:
    base = rules_directory()
    by_file: dict[str, dict[str, float]] = defaultdict(dict)
    for rule, new in zip(rules, found, strict=True):
        by_file[rule.file][rule.id.rsplit("/", 1)[1]] = new
    for path in pack_files(base):
        name = f"rules/{path.relative_to(base).as_posix()}"
        if name in by_file and (n := rewrite(path, by_file[name])):
            print(f"{name}: {n} scores")


if __name__ == "__main__":
    main()
