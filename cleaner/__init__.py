"""Takes boilerplate out of scraped article text, and says what went and which rule took it.

>>> from cleaner import Cleaner
>>> Cleaner().clean("Prices rose by a tenth in May.\\n\\nAdvertisement\\n").body
'Prices rose by a tenth in May.\\n'
"""

TYPE_CHECKING = False  # `typing` would cost milliseconds at every start
if TYPE_CHECKING:
    from cleaner.api import Cleaner, clean
    from cleaner.errors import CleanerError, ConfigError, InputError, RuleError
    from cleaner.judging.verdict import Action, Finding, Verdict
    from cleaner.output.edit import Edit
    from cleaner.output.result import Result
    from cleaner.text.document import Zone

__all__ = [
    "Action",
    "Cleaner",
    "CleanerError",
    "ConfigError",
    "Edit",
    "Finding",
    "InputError",
    "Result",
    "RuleError",
    "Verdict",
    "Zone",
    "clean",
]

_HOMES = {
    "cleaner.api": ("Cleaner", "clean"),
    "cleaner.errors": ("CleanerError", "ConfigError", "InputError", "RuleError"),
    "cleaner.judging.verdict": ("Action", "Finding", "Verdict"),
    "cleaner.output.edit": ("Edit",),
    "cleaner.output.result": ("Result",),
    "cleaner.text.document": ("Zone",),
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for: the command line needs few of them."""
    for home, names in _HOMES.items():
        if name in names:
            from importlib import import_module

            value: object = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
