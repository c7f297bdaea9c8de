#!/usr/bin/env bash
# Small or capital letters, case ignored: `(?i)\p{Lu}` finds every letter that has a case, also those that have no capital (ĸ) and those
# that have no small letter (ℂ). One would expect the same of it in a class with something else. In regex 2026.11.15, `[\p{Lu}]` does find
# them, but `[\p{Lu}\d]` (a digit more) finds ĸ no longer, `[\p{Ll}\d]` not ℂ: there a letter counts by its own other form, and these have
# none. Negated likewise: `[^\p{Lu}]` does not find ĸ, `[^\p{Lu} ]`, which leaves out a space besides, does.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q regex==2026.11.15
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

import regex

TEXT = "Aa ĸ ℂ"
PATTERNS = {
    r"\p{Lu}": "Aaĸℂ",
    r"[\p{Lu}]": "Aaĸℂ",
    r"[\p{Lu}\d]": "Aaℂ",
    r"[\p{Ll}]": "Aaĸℂ",
    r"[\p{Ll}\d]": "Aaĸ",
    r"[^\p{Lu} ]": "ĸ",
    r"[^\p{Lu}]": "  ",
}
print("regex", version("regex"))
same = True
for pattern, expected in PATTERNS.items():
    found = "".join(regex.findall(pattern, TEXT, regex.IGNORECASE))
    print(f"{pattern:12} {found!r}")
    same = same and found == expected
print("as described" if same else "CHANGED")
sys.exit(not same)
PY
