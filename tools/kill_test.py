#!/usr/bin/env python3
"""Kill a run with SIGKILL at random moments, resume it, and compare its output with an undisturbed run's.

    python tools/kill_test.py [--files 20000] [--kills 5] [--jobs 1] [--seed 1] [--folder /tmp/somewhere]

Exit status 0 if all files and the report are the same to the byte. Before each resumption every finished output is
compared too: none may be torn.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUN = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from cleaner.batch import Mirror, Plan, run
if __name__ == "__main__":
    source, out, report, jobs, resume = sys.argv[1:]
    run(Plan(inputs=(Path(source),), target=Mirror(Path(out)), options={{"rules": ({pack!r},), "built_in": False}},
             report=Path(report), jobs=int(jobs), resume=resume == "resume"))
"""
SENTENCES = (
    "The council met on Monday and voted for the new bridge over the river.",
    "Advertisement",
    "Nobody in the hall had expected the vote to go this way.",
    "Work begins in May, the mayor said, and is to end within two years.",
    "ADVERTISEMENT",
    "",
)


def make(folder: Path, files: int, rng: random.Random) -> None:
    """A tree of so many texts, and one large file of JSON lines with a fifth as many records."""
    for i in range(files):
        path = folder / f"{i % 97:02}" / f"{i:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([f"Story {i}.", *rng.choices(SENTENCES, k=20)]) + "\n")
    with (folder / "more.jsonl").open("w") as f:
        for i in range(files // 5):
            text = "\n".join([f"Story {i}.", *rng.choices(SENTENCES, k=200)])
            f.write(json.dumps({"id": i, "text": text}) + "\n")


def outputs(folder: Path) -> dict[str, bytes]:
    """The finished outputs under `folder`."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in folder.rglob("*")
        if p.is_file() and not p.name.startswith(".cleaner-")
    }


def finished(folder: Path) -> int:
    """How many outputs there are."""
    return sum(1 for p in folder.glob("*/*") if not p.name.startswith(".")) if folder.exists() else 0


def main() -> int:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    ap.add_argument("--files", type=int, default=20_000)
    ap.add_argument("--kills", type=int, default=5)
    ap.add_argument("--jobs", type=int, default=1)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--folder", type=Path)
    args = ap.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="kill-", dir=args.folder))
    rng = random.Random(args.seed)
    make(folder / "in", args.files, rng)
    script = folder / "run.py"
    script.write_text(RUN.format(root=str(ROOT), pack=str(ROOT / "tests" / "batch_pack.toml")))

    def start(name: str, resume: str) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            script,
            folder / "in",
            folder / name,
            folder / f"{name}.report",
            str(args.jobs),
            resume,
        ]
        return subprocess.Popen(command)

    began = time.monotonic()
    if start("whole", "").wait():
        return 1
    seconds = time.monotonic() - began
    whole = outputs(folder / "whole")
    print(f"undisturbed: {len(whole)} files in {seconds:.1f} s")
    # Moments by what is done, not by the clock, which other work on the machine would bend; the last one falls into
    # the large file that comes after all others.
    moments = sorted(rng.uniform(0.02, 0.98) for _ in range(args.kills - 1))
    for kill, moment in enumerate([*moments, 1.0], 1):
        process = start("out", "resume")
        while process.poll() is None and finished(folder / "out") < int(moment * (len(whole) - 1)):
            time.sleep(0.02)
        time.sleep(rng.uniform(0, 0.05 * seconds) if moment == 1.0 else rng.uniform(0, 0.2))
        if process.poll() is not None:
            print(f"kill {kill}: came too late, the run had ended")
            continue
        process.send_signal(signal.SIGKILL)
        process.wait()
        done = outputs(folder / "out") if (folder / "out").exists() else {}
        torn = [n for n, c in done.items() if whole.get(n) != c]
        print(f"kill {kill}: {len(done)} files were done, {len(torn)} torn")
        if torn:
            return 1
    if start("out", "resume").wait():
        return 1
    left = [p.name for p in (folder / "out").rglob(".cleaner-*.part")]
    same = outputs(folder / "out") == whole and not left
    reports = (folder / "out.report").read_bytes() == (folder / "whole.report").read_bytes()
    print(f"resumed: {'the same bytes' if same and reports else f'DIFFERENT (files {same}, report {reports}, {left})'}")
    shutil.rmtree(folder)
    return 0 if same and reports else 1


if __name__ == "__main__":
    sys.exit(main())
