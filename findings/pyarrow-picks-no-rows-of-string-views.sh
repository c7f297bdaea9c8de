#!/usr/bin/env bash
# pyarrow 26 reads and writes columns of type string_view, but neither `filter` nor `take` picks rows of a table that has one
# (ArrowNotImplementedError: no kernel), although it compares them, casts them and joins slices of them.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/v"
"$folder/v/bin/python" -m pip install -q --disable-pip-version-check "pyarrow==26.0.1"
"$folder/v/bin/python" - <<'PY'
import sys

import pyarrow as pa

print("pyarrow", pa.__version__)
fails = {}
for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.binary_view()):
    table = pa.table({"a": pa.array(["x", None, "z"], kind if kind != pa.binary_view() else pa.string()).cast(kind)})
    for name, pick in (
        ("filter", lambda: table.filter(pa.array([True, False, True]))),
        ("take", lambda: table.take([0, 2])),
        ("slices", lambda: pa.concat_tables([table.slice(0, 1), table.slice(2, 1)]).combine_chunks()),
    ):
        try:
            said = str(pick()["a"].cast(pa.large_string()).to_pylist())
        except pa.ArrowNotImplementedError as e:
            said = f"ArrowNotImplementedError: {e}"
            fails[str(kind), name] = True
        print(f"{kind!s:13}{name:8}{said}")
wanted = {(kind, name) for kind in ("string_view", "binary_view") for name in ("filter", "take")}
sys.exit(0 if set(fails) == wanted else 1)
PY
