"""Which files a run takes, in which order, and what each is called."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cleaner.batch.left_out import LeftOut
from cleaner.batch.patterns import Ignored, ignore_spec
from cleaner.errors import InputError
from cleaner.formats import Dialect, Kind, Packing, Shape, packing_of, shape_of, suffix_of
from cleaner.formats.html import TEXT_SUFFIX, is_page
from cleaner.formats.jsonl import no_lines
from cleaner.signature import not_there


@dataclass(frozen=True, slots=True)
class Source:
    """One input file.

    Attributes:
        path: where it is read.
        name: its path in the output, with `/`; the name of its document.
        shape: what it holds.
        size: its size in bytes.
        stamp: when it was last changed, in nanoseconds.
        problem: why it cannot be taken; empty if it can.
        minor: the problem loses nothing (its content is taken elsewhere), so it is no failure.
        doubtful: a run is resumed and a file has its output's name that the run did not note as its own.
    """

    path: Path
    name: str
    shape: Shape = Shape(Kind.TEXT)
    size: int = 0
    stamp: int = 0
    problem: str = ""
    minor: bool = False
    doubtful: bool = False

    @property
    def document(self) -> str:
        """The name of its document, as messages and reports have it: of a page the page's own."""
        return self.name.removesuffix(TEXT_SUFFIX) if self.shape.kind is Kind.HTML else self.name


class Choice:
    """Which files of a folder to take.

    Args:
        include: patterns as in `.gitignore`; a file must match one. With none, files of known kinds are taken. With
            some, a file of unknown kind that matches is taken as a text.
        exclude: such patterns; what matches is left out, folders with all they hold.
        avoid: a folder never to go into (the output).
        suffix: files that end so are backups, and left out.
        kind: take every file as this kind; how it is packed its name says.
        written: files that the run writes, by device and number: they are no inputs.
        dialect: how tables are written.
        left_out: gets what is left out for its suffix alone.
        look: whether to look into files whose names do not tell what they hold.

    Raises:
        ConfigError: a pattern that is not understood.
    """

    def __init__(
        self,
        include: Sequence[str] = (),
        exclude: Sequence[str] = (),
        avoid: Path | None = None,
        suffix: str = "",
        kind: Kind | None = None,
        written: frozenset[tuple[int, int]] = frozenset(),
        dialect: Dialect | None = None,
        left_out: LeftOut | None = None,
        look: bool = True,
    ) -> None:
        self._include, self._exclude = ignore_spec(include), ignore_spec(exclude)
        self._avoid = avoid.resolve() if avoid else None
        self._suffix, self._kind, self._dialect = suffix, kind, dialect or Dialect()
        self._written, self._left_out, self._look = written, left_out, look

    def folder(self, path: Path, name: str) -> bool:
        """Whether to go into the folder `path`, called `name` from the root on."""
        if self._exclude and self._exclude.match_file(name + "/"):
            return False
        return self._avoid is None or path.resolve() != self._avoid

    def file(self, name: str) -> Shape | None:
        """The shape of the file called `name` from the root on; None to leave it out."""
        if self._suffix and name.endswith(self._suffix):
            return None
        if self._exclude and self._exclude.match_file(name):
            return None
        if self._include and not self._include.match_file(name):
            return None
        known = is_page(name) if self._kind is Kind.HTML else self._kind or shape_of(name)
        if self._include or known:
            return self.named(name)
        if self._left_out:
            self._left_out.add(name)
        return None

    def is_written(self, info: os.stat_result) -> bool:
        """Whether it is a file that the run writes."""
        return (info.st_dev, info.st_ino) in self._written

    def named(self, name: str) -> Shape:
        """The shape of a file that the user named: a text, if its name says nothing else."""
        shape = shape_of(name) or Shape(Kind.TEXT, packing_of(name)[0])
        return Shape(self._kind or shape.kind, shape.packing, self._dialect)

    def problem(self, path: Path, name: str, shape: Shape) -> tuple[str, bool]:
        """Why a file of `shape` cannot be taken, and whether it may be left out of a folder; "" if it can.

        Raises nothing: what cannot be read is told by those who read it all.
        """
        packing, stem = packing_of(name)
        if packing is not Packing.NONE and not self._kind and not shape_of(name):
            return f"what {suffix_of(stem)!r} within {packing} holds is not known; --format says it", False
        if shape.kind is Kind.JSON and self._look:
            try:
                return no_lines(path, shape.packing), True
            except InputError:
                pass
        return "", False


def walk(root: Path, choice: Choice, prefix: str = "") -> Iterator[Source]:
    """The files under the folder `root` that `choice` takes, sorted within each folder; hidden ones are left out, and what
    ignore files say (see `Ignored`).

    Holds the names of one folder (and of those above it) at a time. Links are judged by where they lead: a link to a
    file of the tree is a file; one to a folder is not followed; one that leads out of the tree, nowhere or to itself
    is a problem.
    """
    top = root.resolve()
    stack: list[tuple[Path, str, Iterator[str], Ignored]] = []

    def enter(folder: Path, name: str, above: Ignored | None) -> Iterator[Source]:
        try:
            with os.scandir(folder) as entries:
                names = sorted(e.name for e in entries if not e.name.startswith("."))
        except OSError as e:
            yield Source(folder, prefix + (name or "."), problem=e.strerror or str(e))
            return
        stack.append((folder, name, iter(names), Ignored(top / name, above)))

    yield from enter(root, "", None)
    while stack:
        folder, base, names, ignored = stack[-1]
        entry = next(names, None)
        if entry is None:
            stack.pop()
            continue
        path, name = folder / entry, f"{base}{entry}"
        if ignored.holds(top / name, path.is_dir()):
            continue
        try:
            info = path.lstat()
            linked = stat.S_ISLNK(info.st_mode)
            if linked:
                problem = _link_problem(path, top)
                if problem:
                    yield Source(path, prefix + name, problem=problem[0], minor=problem[1])
                    continue
                info = path.stat()
        except OSError as e:
            yield Source(path, prefix + name, problem=_reason(e))
            continue
        if stat.S_ISDIR(info.st_mode):
            if choice.folder(path, name):
                yield from enter(path, name + "/", ignored)
        elif stat.S_ISREG(info.st_mode):
            shape = choice.file(name)
            if shape and choice.is_written(info):
                yield Source(path, prefix + name, problem="written by this very run: left out", minor=True)
            elif shape:
                reason, minor = choice.problem(path, name, shape)
                output = _output(prefix + name, shape)
                yield Source(path, output, shape, info.st_size, info.st_mtime_ns, reason, minor)


def _link_problem(path: Path, top: Path) -> tuple[str, bool] | None:
    """Why the link at `path` is not taken, and whether that loses nothing."""
    target = Path(os.path.realpath(path))
    if path.is_dir() and path.resolve().is_relative_to(top):
        return "a link to a folder of the same tree: what it holds is cleaned where it stands", True
    path.stat()  # raises for a link to nowhere, or to itself
    if not target.is_relative_to(top):
        return f"a link that leads out of the tree, to {target}: not followed", False
    return None


def _reason(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "a link that leads to itself"
    if error.errno == errno.ENOENT:
        return "a link to nowhere, or a file that vanished"
    return error.strerror or str(error)


def from_paths(paths: Sequence[Path], choice: Choice) -> Iterator[Source]:
    """The sources of paths that the user named: one folder is mirrored as it is, several each under their own names."""
    for path in paths:
        alone = len(paths) == 1
        if path.is_dir():
            yield from walk(path, choice, "" if alone else f"{path.resolve().name}/")
        else:
            yield _file(path, path.name, choice)


def from_list(names: Iterable[str], choice: Choice, inside: bool) -> Iterator[Source]:
    """The sources of a list of paths (relative to the current folder), in its order.

    Args:
        names: the paths; empty ones are passed over.
        choice: gives their shapes. A folder is walked, and it alone is subject to the patterns.
        inside: whether a path must stay inside the current folder, as it names an output too.
    """
    for name in names:
        if not name:
            continue
        path = Path(name)
        if "\0" in name:
            yield Source(path, name, problem="holds a NUL, as no name does; -0 reads names that are parted by NUL")
            continue
        clean = os.path.normpath(name).replace(os.sep, "/")
        if inside and (path.is_absolute() or PurePosixPath(clean).parts[:1] == ("..",)):
            yield Source(path, name, problem="leads out of the current folder, so its output has no place in the tree")
        elif path.is_dir():
            yield from walk(path, choice, "" if clean == "." else f"{clean}/")
        else:
            yield _file(path, clean, choice)


def _file(path: Path, name: str, choice: Choice) -> Source:
    try:
        info = path.stat()
    except OSError as e:
        return Source(path, name, problem=not_there(str(path), e.strerror or str(e)))
    if not stat.S_ISREG(info.st_mode):
        return Source(path, name, problem="not a regular file")
    shape = choice.named(name)
    problem, _ = choice.problem(path, name, shape)
    return Source(path, _output(name, shape), shape, info.st_size, info.st_mtime_ns, problem)


def _output(name: str, shape: Shape) -> str:
    """What the result of a file is called: of a page it is a text."""
    return name + TEXT_SUFFIX if shape.kind is Kind.HTML else name
