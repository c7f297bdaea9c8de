"""Takes boilerplate out of scraped article text, and says what went and which rule took it.

>>> from cleaner import Cleaner
>>> Cleaner().clean("Prices rose by a tenth in May.\\n\\nAdvertisement\\n").body
'Prices rose by a tenth in May.\\n'
"""

from cleaner.api import Cleaner, clean
from cleaner.errors import CleanerError, ConfigError, InputError, RuleError
from cleaner.model import Action, Edit, Finding, Verdict, Zone
from cleaner.result import Result

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
