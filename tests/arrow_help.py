"""What the installed pyarrow can do of what tests ask of it to make their files: older releases, which are allowed, do less."""

from __future__ import annotations

import base64
import io
import zlib

import pytest

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
pq = pytest.importorskip("pyarrow.parquet")
ipc = pytest.importorskip("pyarrow.ipc")


def _writes_views() -> bool:
    try:
        pq.write_table(pa.table({"text": pa.array(["a"], pa.string_view())}), io.BytesIO())
    except pa.ArrowNotImplementedError:
        return False
    return True


METADATA_OF_FILES = hasattr(ipc.RecordBatchFileReader, "metadata")
VIEWS_IN_PARQUET = _writes_views()
BLOOM_FILTERS = hasattr(pq.ColumnChunkMetaData, "bloom_filter_offset")
with_pairs = pytest.mark.skipif(
    not hasattr(pq.ParquetWriter, "add_key_value_metadata"), reason="this pyarrow adds no metadata to a file"
)


def skip_views(kind: object, suffix: str) -> None:
    """Skip a test that wants a column of `kind` in a file with this suffix, if this pyarrow cannot make it."""
    if "_view" in str(kind) and suffix == ".parquet" and not VIEWS_IN_PARQUET:
        pytest.skip("this pyarrow writes no views to Parquet")


def unpacked(packed: str) -> bytes:
    """A file that a newer release wrote: `base64.b85encode(zlib.compress(…))`."""
    return zlib.decompress(base64.b85decode(packed))


# Both hold one text; the first has the metadata {"a": "b"} in its footer, in the second the text is a `string_view`.
ARROW_WITH_METADATA = unpacked(
    "c-nIe3i1y(WMKFY1O*HX3<3-wz{SABz{bGJzyV|d0V4~L&j93c07(`o2^0om5wIQ+pcoqiJ6M$f)C@*e5G?~$%K)WIQY%UzY!)ydWbX{9IUvBpAO^LW2W%PxGYf+RkWyfP"
    "0WKh)2kZ)v+kBvIW@JDBW(M4V1C16zl4C?OhXF~AQ+`UN9v7EmN?B@ANoH|sZfYLbA0YRGXbHG#J|LS7?0!(V@Iif^0whC#*aRu;AYlse3kTF6Fu5csod~5Hpr$W?(h4Yk"
    "qJF$w0AfdQ+5iBhz9U%"
)
PARQUET_WITH_VIEW = unpacked(
    "c-lo!O;3YB5FIuRX&R0$VUs;@fp}<<YV=^Z%r-SPYOExUA2(<>w1*Z16#X~;RCfXEOLlhl&AxfbTVgz=KqDHBDN&6{O%4D=ALB$-k#D|((Fix6vaENN+{;5v2W)%^j#;g@"
    "a-UEF)bfZksO4Af!M)bogmK1w;M8KC39K7Z#oMW!`ojfRUZ9kbeacMcw}xs&{Gpu!<Bo-K{P=v`IXFMYnZ^ZbJYk1B#0Eu%H;5U|vX&D9@j*8;#6?T|-wJbGR(-e9I;FqW"
    "d)mFC-;DFu_NQo$B0O4)@a<(A{=G#%2gfav^8G{BlXX!{lCsPjS4CFs@`HPR6@<Z*ah*(L04!DLzvb^!$p"
)
