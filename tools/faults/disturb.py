"""What goes wrong with a run. Each takes a trial that is about to begin, and says whether it went wrong in time."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tools.faults.trial import Trial

# Exit statuses of a run that was stopped, or met what it cannot write.
_STOPPED = {signal.SIGTERM: 143, signal.SIGINT: 130, signal.SIGHUP: 129}


def killed(trial: Trial) -> bool:
    """Kill -9 at a random moment."""
    return _signalled(trial, signal.SIGKILL)


def stopped(trial: Trial) -> bool:
    """A request to end at a random moment; the exit status must say so."""
    which = trial.rng.choice(list(_STOPPED))
    went = _signalled(trial, which)
    # While Python itself begins or ends, the signal ends it.
    if went and trial.status not in (0, 1, 2, _STOPPED[which], -which):
        trial.faults.append(f"untold: {which.name} ended it with {trial.status}")
    return went


def _signalled(trial: Trial, which: signal.Signals) -> bool:
    process = trial.start()
    process.until(trial.rng.random() * trial.seconds)
    if process.poll() is not None:
        trial.seconds *= 0.98  # it took longer when it was measured
        process.communicate()
        return False
    process.send_signal(which)
    trial.ended(process)
    return True


def full(trial: Trial) -> bool:
    """A disk of its own that is full in the middle of the run, and has room again for the next."""
    with trial.disk(trial.rng.random() * trial.room):
        trial.ended(trial.start())
        if trial.status in (0, 1):
            trial.room *= 0.8
            return False
        trial.wants_one_line()
        trial.grow()
        trial.look_and_run_again()
    return True


def failed(trial: Trial) -> bool:
    """From a random moment on the disk answers with an I/O error."""
    trial.ended(trial.start(failing=1 + int(trial.rng.random() * trial.asked)))
    if trial.status in (0, 1):
        trial.asked = max(1, trial.asked * 0.9)
        return False
    trial.wants_one_line()
    return True


def twice(trial: Trial) -> bool:
    """Two runs at once: each ends, one of them may be refused."""
    first = trial.start()
    first.until(trial.rng.uniform(0, 0.3) * trial.seconds)
    second = trial.start()
    trial.ended(first)
    trial.ended(second)
    if trial.status not in (0, 1, 2):
        trial.faults.append(f"untold: the second ended with {trial.status}")
    return True


FAULTS: dict[str, Callable[[Trial], bool]] = {
    "kill": killed, "signal": stopped, "full": full, "io": failed, "twice": twice,
}  # fmt: skip


def reader_gone(command: list[str], environment: dict[str, str], taken: int) -> list[str]:
    """A run whose reader takes so many bytes and goes: it must end well, without a word on that. Returns the faults."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert process.stdout
    assert process.stderr
    process.stdout.read(taken)
    process.stdout.close()
    said = process.stderr.read().decode(errors="replace")
    status = process.wait()
    # A diff may be on the way to stderr, and `--check` and `compare` say by 1 that something differs.
    quiet = not any(line.startswith(("cleaner:", "Traceback", "Exception")) for line in said.splitlines())
    return [] if status in (0, 1) and quiet else [f"untold: {command}: {status}, {said[:200]!r}"]
