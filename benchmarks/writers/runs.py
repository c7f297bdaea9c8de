"""Runs of `cleaner` over what the writers wrote: into another folder, by one process and two, resumed, and in place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools.environment import ROOT


@dataclass
class Group:
    """Cases that one run takes together: a folder of them, or the files of one of them.

    Attributes:
        home: where everything of it lies; `in` is in it.
        options: of `cleaner`.
        glob: which files are named one by one; empty for the folder.
        errors: what was named, by the file's name, and how often.
        refusal: why the whole run was refused; empty if it was not.
        faults: what did not agree.
    """

    home: Path
    options: Sequence[str]
    glob: str = ""
    errors: dict[str, list[str]] = field(default_factory=dict)
    refusal: str = ""
    faults: list[str] = field(default_factory=list)

    def result(self, kind: str, number: int, file: str) -> Path:
        """Where the result of a case lies."""
        if self.glob:
            return self.home / f"out-{kind}"
        return self.home / "out" / str(number) / kind / file

    def clean(self) -> None:
        """Do all runs, and compare them."""
        if self.glob:
            self._clean_files()
            return
        one = self._run("in", "-o", "out", "--jobs", "1", "--report", "report.jsonl")
        self._take(one)
        if self.refusal:
            self._in_place()
            return
        self._run("in", "-o", "out2", "--jobs", "2", "--report", "report2.jsonl")
        self._killed("in", "-o", "out3", "--resume", "--report", "report3.jsonl")
        self._run("in", "-o", "out3", "--resume", "--report", "report3.jsonl")
        wanted = contents(self.home / "out"), (self.home / "report.jsonl").read_bytes()
        for n, what in (("2", "--jobs 2"), ("3", "--resume")):
            if contents(self.home / f"out{n}") != wanted[0]:
                self.faults.append(f"{what}: other outputs")
            if (self.home / f"report{n}.jsonl").read_bytes() != wanted[1]:
                self.faults.append(f"{what}: another report")
        self._in_place()

    def _clean_files(self) -> None:
        for kind in ("dirty", "clean"):
            (folder,) = (self.home / "in").glob(f"*/{kind}/*")
            names = [str(p) for p in sorted(folder.rglob(self.glob))]
            self._take(self._run(*names, "-o", f"out-{kind}", "--report", f"report-{kind}.jsonl"), f"report-{kind}.jsonl")

    def _in_place(self) -> None:
        """In place every file is what the output is; what was refused stays."""
        shutil.copytree(self.home / "in", self.home / "place", symlinks=True)
        self._run("place", "-i")
        old, new = contents(self.home / "in"), contents(self.home / "place")
        out = contents(self.home / "out") if (self.home / "out").is_dir() else {}
        self.faults += [f"-i: {name} differs from -o" for name in old if new.get(name) != out.get(name, old[name])]
        self.faults += [f"-i: {name} is new" for name in new.keys() - old.keys()]

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            self._command(arguments), cwd=self.home, env=_env(), capture_output=True, text=True, check=False
        )
        if done.returncode not in (0, 2) or "Traceback" in done.stderr:
            self.faults.append(f"status {done.returncode}: {done.stderr.strip()[-300:]}")
        return done

    def _killed(self, *arguments: str) -> None:
        """A run that is killed when its first output is there."""
        with subprocess.Popen(
            self._command(arguments), cwd=self.home, env=_env(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            while process.poll() is None and not any(p.is_file() for p in (self.home / "out3").glob("*/*/*")):
                time.sleep(0.001)
            process.kill()

    def _command(self, arguments: Sequence[str]) -> list[str]:
        return [sys.executable, "-m", "cleaner", "-q", "--no-config", *self.options, *arguments]

    def _take(self, done: subprocess.CompletedProcess[str], report: str = "report.jsonl") -> None:
        """Read what the report and the run itself named."""
        path = self.home / report
        if not path.exists():
            self.refusal = " ".join(done.stderr.split())
            return
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            if "error" in told:
                self.errors.setdefault(told["name"], []).append(told["error"])

    def named(self, number: int, kind: str) -> list[str]:
        """What was named in the files of a case."""
        begin = f"{number}/{kind}/"
        return [e for name, errors in self.errors.items() if begin in name or self.glob for e in errors]


def contents(folder: Path) -> dict[str, bytes]:
    """All files in a folder, by name, without the accounts of runs."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and "cleaner-journal" not in p.name
    }


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}
