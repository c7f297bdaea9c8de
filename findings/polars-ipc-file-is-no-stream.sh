#!/usr/bin/env bash
# The Arrow columnar format says that a file is the magic string, padding, then the streaming format (schema message
# first), then the footer; so a program may skip eight bytes and read an Arrow file as a stream, front to end.
# polars 2.1.0 writes the schema message at the front without its frame (no 0xFFFFFFFF, no length): readers that go by
# the footer are content, stream readers, polars' own among them, refuse the file. Its stream writer writes the frame.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q polars==2.1.0 pyarrow==26.0.1
cd "$folder"
"$folder/venv/bin/python" - <<'PY'
import io
import sys

import polars as pl
import pyarrow as pa
import pyarrow.ipc as ipc

frame = pl.DataFrame({"text": ["a", "b"]})
frame.write_ipc("of-polars.arrow")
with ipc.new_file("of-pyarrow.arrow", pa.schema([("text", pa.string())])) as writer:
    writer.write_table(pa.table({"text": ["a", "b"]}))


def as_stream(data: bytes) -> str:
    try:
        return f"{ipc.open_stream(pa.py_buffer(data)).read_all().num_rows} rows"
    except OSError as e:
        return f"OSError: {e}"


def as_polars_stream(data: bytes) -> str:
    try:
        return f"{pl.read_ipc_stream(io.BytesIO(data)).height} rows"
    except pl.exceptions.ComputeError as e:
        return f"ComputeError: {str(e)[:60]}..."


print("polars", pl.__version__, "pyarrow", pa.__version__)
found = {}
for name in ("of-pyarrow.arrow", "of-polars.arrow"):
    data = open(name, "rb").read()
    found[name] = (data[8:12] == b"\xff\xff\xff\xff", as_stream(data[8:]), as_polars_stream(data[8:]))
    print(f"{name}: by its footer {ipc.open_file(pa.py_buffer(data)).read_all().num_rows} rows;",
          f"bytes 8..16 {data[8:16].hex()}; as a stream: pyarrow {found[name][1]}, polars {found[name][2]}")
expected = found["of-pyarrow.arrow"] == (True, "2 rows", "2 rows") and not found["of-polars.arrow"][0]
expected = expected and "Error" in found["of-polars.arrow"][1] and "Error" in found["of-polars.arrow"][2]
print("as described" if expected else "CHANGED")
sys.exit(not expected)
PY
