"""Everything this package raises on purpose. Each error is one line for a person, and knows its exit status."""

from __future__ import annotations


class CleanerError(Exception):
    """Base of all errors of this package; `str()` of it is the one line that a user sees."""

    exit_code = 2


class RuleError(CleanerError):
    """A rule pack that cannot be used: names the file, the rule (if known) and the reason."""

    def __init__(self, file: str, rule: str | None, reason: str) -> None:
        self.file, self.rule, self.reason = file, rule, reason
        where = f"{file}: rule {rule!r}" if rule else file
        super().__init__(f"{where}: {reason}")


class InputError(CleanerError):
    """An input that cannot be read, or an output that cannot be written: names the file and the reason."""

    def __init__(self, file: str, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(f"{file}: {reason}")


class ConfigError(CleanerError):
    """A setting that is not understood: an unknown key, category, rule or level."""


def unexpected(error: Exception) -> str:
    """What to say of an error that nobody raised on purpose."""
    if isinstance(error, MemoryError):
        return "out of memory"
    if isinstance(error, RecursionError):
        return "something is nested too deeply: a pattern, a rule pack, or a settings file"
    return f"internal error, please report it: {type(error).__name__}: {error}"
