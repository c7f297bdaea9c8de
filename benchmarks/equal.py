"""Another revision against this checkout: bodies, edits, scores and diffs of all texts must be the same to the byte.

    python -m benchmarks equal --against REV

A worktree of the revision is made in a temporary folder, with its core built there where there is a compiler; each side
cleans the corpus and the samples at every level in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.report import Row

ROOT = Path(__file__).resolve().parent.parent
LEVELS = ("careful", "standard", "thorough")

# Run with a checkout first on the path; knows nothing of it but the public names.
_WORKER = """
import gzip, hashlib, json, pathlib, sys
from cleaner import Cleaner
corpora, samples, limit = json.loads(sys.argv[1])
fields = ("line", "start", "end", "removed", "action", "rule", "category", "score", "rules")
texts = [(p, pathlib.Path(p).read_bytes().decode()) for p in samples]
for corpus in corpora:
    with (gzip.open if corpus.endswith(".gz") else open)(corpus, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    rows = rows[:: max(1, len(rows) // limit)] if limit else rows
    texts += [(row["id"], row["text"]) for row in rows]
cleaners = {level: Cleaner(level=level) for level in json.loads(sys.argv[2])}
for name, text in texts:
    for level, cleaner in cleaners.items():
        result = cleaner.clean(text, "x")
        found = (result.body, [[getattr(e, f) for f in fields] for e in result.edits], result.diff(), result.statistics)
        print(json.dumps([name, level, hashlib.sha256(repr(found).encode("utf-8", "backslashreplace")).hexdigest()]))
"""

_BUILD = """
import sys; sys.path.insert(0, ".")
from pathlib import Path
from tempfile import mkdtemp
from tools.core_build import build_core
core = build_core(Path(".").resolve(), Path(mkdtemp(dir=sys.argv[1])))
home = Path("cleaner", "fast") if Path("cleaner", "fast").is_dir() else Path("cleaner")
(home / core.name).write_bytes(core.read_bytes())
"""


def run(options: argparse.Namespace) -> list[Row]:
    """Compare this checkout with `--against`. Exits with 1 if any text comes out otherwise."""
    with tempfile.TemporaryDirectory() as folder:
        other = Path(folder) / "checkout"
        subprocess.run(["git", "worktree", "add", "--detach", "-q", other, options.against], cwd=ROOT, check=True)
        try:
            built = subprocess.run([sys.executable, "-c", _BUILD, folder], cwd=other, capture_output=True)
            if built.returncode:
                print("the other revision runs without a core", file=sys.stderr)
            corpora = [str(path.resolve()) for path in [options.corpus, *options.also]]
            samples = sorted(str(path) for path in ROOT.glob("samples/*/in.txt"))
            asked = json.dumps([corpora, samples, options.limit])
            sides = [_start(root, asked, folder) for root in (ROOT, other)]
            here, there = (_answers(side) for side in sides)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", other], cwd=ROOT, check=False)
    differ = [f"{name} ({level})" for (name, level), digest in here.items() if there.get((name, level)) != digest]
    for name in differ[:20]:
        print(f"differs: {name}")
    row: Row = {
        "against": options.against,
        "texts": len(here) // len(LEVELS),
        "outcomes": len(here),
        "differences": len(differ),
    }
    if differ or here.keys() != there.keys():
        print(row)
        raise SystemExit(1)
    return [row]


def _start(root: Path, asked: str, folder: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(root), "CLEANER_CACHE": f"{folder}/cache-{root.name}"}
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _WORKER, asked, json.dumps(LEVELS)],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def _answers(side: subprocess.Popen[str]) -> dict[tuple[str, str], str]:
    with side:
        assert side.stdout
        found = {}
        for line in side.stdout:
            name, level, digest = json.loads(line)
            found[name, level] = digest
    if side.returncode:
        raise SystemExit("a side failed; see above")
    return found
