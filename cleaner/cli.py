"""The command line (first shape: JSON lines and a filter)."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cleaner.api import Cleaner
from cleaner.errors import CleanerError
from cleaner.packs import pack_files
from cleaner.loader import load_pack
from cleaner.proof import failures


def main() -> int:
    args = sys.argv[1:]
    if args[:2] == ["rules", "test"]:
        bad = n = 0
        for name in args[2:] or ["rules"]:
            for path in pack_files(Path(name)):
                try:
                    for rule in load_pack(path).rules:
                        n += 1
                        for reason in failures(rule):
                            bad += 1
                            print(f"{path}: rule {rule.id!r}: {reason}")
                except CleanerError as e:
                    bad += 1
                    print(e)
        print(f"{n} rules, {bad} problems")
        return 2 if bad else 0
    cleaner = Cleaner()
    if "--jsonl" in args:
        for line in sys.stdin:
            d = json.loads(line)
            d["text"] = cleaner.clean(d["text"]).body
            print(json.dumps(d, ensure_ascii=False))
    else:
        sys.stdout.write(cleaner.clean(sys.stdin.read()).body)
    return 0
