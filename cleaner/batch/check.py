"""What a run must not do, found out before anything is read: above all, write over what a person has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cleaner.batch.plan import Plan, read_names
from cleaner.batch.report import is_report
from cleaner.batch.tables import refuse_tables
from cleaner.batch.targets import InPlace, Mirror, Nowhere
from cleaner.disk.outputs import refuse_inputs_inside, refuse_loss
from cleaner.errors import ConfigError


def check(plan: Plan) -> None:
    """Refuse a plan that would lose something, or that makes no sense. Raises ConfigError."""
    if not plan.inputs and not plan.names:
        raise ConfigError("nothing to clean: name files or folders")
    if plan.fields.losses.drop and isinstance(plan.target, InPlace):
        raise ConfigError(
            "--drop-above deletes nothing in its place; with -o FOLDER it leaves out, with --flag-field NAME it flags"
        )
    if plan.report:
        refuse_loss(plan.report, _inputs(plan), plan.overwrite, is_report)
    if not isinstance(plan.target, Nowhere):
        refuse_tables(_documents(plan), plan.choice(), isinstance(plan.target, InPlace))
    if isinstance(plan.target, Mirror):
        _check_folder(plan, plan.target.out)
    elif isinstance(plan.target, InPlace) and plan.journal and plan.journal.exists():
        if not (plan.resume or plan.overwrite):
            raise ConfigError(f"{plan.journal}: a run did not end here; --resume goes on, --overwrite starts anew")
    elif plan.resume and not plan.journal:
        raise ConfigError("--resume needs an output folder, or one folder cleaned in place")


def _check_folder(plan: Plan, out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise ConfigError(f"{out}: is a file; name a folder for the output")
    if not out.is_dir():
        return
    if any(p.is_dir() and p.samefile(out) for p in plan.inputs):
        raise ConfigError(f"{out}: is an input too; choose another folder, or --in-place")
    begun = any(p is not None and p.exists() for p in (plan.journal, plan.account))
    fresh = next(out.iterdir(), None) is None
    # Without an account (the run to resume was killed at its very end) a run to resume does all once more, and finds it
    # the same; what is not is somebody's, and stays: see `Mirror.finish`.
    if fresh or plan.resume and not plan.overwrite:
        return
    if not plan.overwrite:
        hint = ", --resume goes on with the run that left it" if begun else ""
        raise ConfigError(f"{out}: is not empty; --overwrite replaces what has the same name{hint}")
    refuse_inputs_inside(out, _inputs(plan))


def _inputs(plan: Plan) -> Iterator[Path]:
    if plan.names:
        yield plan.names[0]
    yield from _documents(plan)


def _documents(plan: Plan) -> Iterator[Path]:
    yield from plan.inputs
    if plan.names:
        yield from (Path(name) for name in read_names(*plan.names) if name and "\0" not in name)
