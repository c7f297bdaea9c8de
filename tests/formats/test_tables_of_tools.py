"""Tables as real tools write them: only the text's cell changes, and what is not well formed stays."""

from __future__ import annotations

import gzip
import io
from contextlib import closing
from pathlib import Path

import pytest

from cleaner.batch import Mirror, Plan, run
from cleaner.errors import ConfigError, InputError
from cleaner.formats import Dialect, Fields, Kind, Record, Shape, open_reader
from tests.batch_help import OPTIONS, contents, each, mirrored, tree

AD = "\nAdvertisement"


def without_ad(path: Path, kind: Kind, dialect: Dialect | None = None) -> tuple[bytes, list[tuple[str, str]]]:
    """The file with the line `Advertisement` taken out of every text, and the failures."""
    sink = io.BytesIO()
    failures: list[tuple[str, str]] = []

    def clean(record: Record) -> str:
        return "\n".join(line for line in record.text.split("\n") if line != "Advertisement")

    with closing(open_reader(path, path.name, Shape(kind, dialect=dialect or Dialect()), Fields())) as reader:
        writer = reader.writer(sink)
        for chunk in reader:
            writer.write(chunk.rewrite(each(clean), lambda name, why: failures.append((name, why))))
        writer.close()
    return sink.getvalue(), failures


WRITTEN = {
    "polars 2.1.0, write_csv": (
        Kind.CSV,
        'id,text,a,b\n1,"The mayor spoke, ""at last"".\nAdvertisement\nThe plan stands.","",\n2,Body.,,"x\ry"\n',
    ),
    "polars 2.1.0, separator tab, quote_style non_numeric": (
        Kind.TSV,
        (
            '"id"\t"text"\t"a"\t"b"\n1\t"The mayor spoke, ""at last"".\nAdvertisement\nThe plan stands."\t""\t\n'
            '2\t"Body."\t\t"x\ry"\n'
        ),
    ),
    "duckdb 2.0.1, escape backslash": (
        Kind.CSV,
        'id,text,a,b\n1,"The mayor spoke, \\"at last\\".\nAdvertisement\nThe plan stands.","",\n2,Body.,,"x\ry"\n',
    ),
    "Spark 4.0.1, write.csv": (
        Kind.CSV,
        'id,text,a,b\n1,"The mayor spoke, \\"at last\\".\nAdvertisement\nThe plan stands.","",\n',
    ),
    "pandas 3.1.1, doublequote=False, escapechar backslash": (
        Kind.CSV,
        'id,text,a,b\n1,"The mayor spoke, \\"at last\\".\nAdvertisement\nThe plan stands.",,\n2,Body.,,x\ry\n',
    ),
    "pandas 3.1.1, QUOTE_NONNUMERIC": (
        Kind.CSV,
        (
            '"id","text","a","b"\n1,"The mayor spoke, ""at last"".\nAdvertisement\nThe plan stands.","",""\n'
            '2,"Body.","","x\ry"\n'
        ),
    ),
    "Python 3.11.7, csv.writer": (
        Kind.CSV,
        '"id","text","note"\r\n1,"The mayor spoke.\n\nAdvertisement\n\nThe plan stands.","x\ry"\r\n',
    ),
    "Python 3.11.7, csv.writer, lone carriage return not quoted": (
        Kind.CSV,
        'id,text,note\n1,"The mayor spoke.\n\nAdvertisement\n\nThe plan stands.",x\ry\n',
    ),
    "a last row without line end": (
        Kind.CSV,
        'id,text,note\n1,"The mayor spoke.\n\nAdvertisement\n\nThe plan stands.",y',
    ),
    "the same, as TSV": (Kind.TSV, 'id\ttext\tnote\n1\t"The mayor spoke.\n\nAdvertisement\n\nThe plan stands."\ty'),
    "old Macintosh": (Kind.CSV, 'id,text\r1,"A.\nAdvertisement"\r2,B.\r'),
    "Excel's CSV UTF-8, the text first": (Kind.CSV, '\ufefftext,id\r\n"A, b.\nAdvertisement",1\r\n'),
    "the same, all quoted": (Kind.CSV, '\ufeff"text","id"\r\n"A, b.\nAdvertisement","1"\r\n'),
    "Excel's sep=": (Kind.CSV, '\ufeffsep=;\r\nid;text\r\n1;"A, b.\nAdvertisement"\r\n'),
}


@pytest.mark.parametrize("tool", WRITTEN)
def test_only_the_text_changes(tmp_path: Path, tool: str) -> None:
    kind, written = WRITTEN[tool]
    path = tmp_path / "a"
    path.write_bytes(written.encode())
    assert without_ad(path, kind) == (written.replace(AD, "", 1).encode(), [])


def test_a_tsv_text_that_begins_with_a_quote(tmp_path: Path) -> None:
    path = tmp_path / "d.tsv"
    path.write_text('text\n"We go on, said the mayor.\nAdvertisement\nThe plan stands.\nThe "plan" stands.\n')
    out, failures = without_ad(path, Kind.TSV)
    # An empty line is no row to pandas, polars or this program: the row would be lost.
    assert [name for name, why in failures if "would be an empty line, which is no row" in why] == ["d.tsv:3"]
    assert out == path.read_bytes()
    assert without_ad(path, Kind.TSV, Dialect(quote=""))[1] == [
        ("d.tsv:3", "an empty text alone in its row would be an empty line, which is no row")
    ]
    path.write_text("text\nA.\nAdvertisement\n")
    assert without_ad(path, Kind.TSV, Dialect(quote='"')) == (b'text\nA.\n""\n', [])


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        # Lines that are whole rows are rows; a quote that closes in another of them is text.
        ('id\ttext\n1\t"We go on\n2\tthe end"\n', ['"We go on', 'the end"']),
        ('text\n"We go on\nthe end"\n', ['"We go on', 'the end"']),
        # Here they are none, so the cell goes over two lines.
        ('id\ttext\n1\t"We go on\nthe end"\n', ["We go on\nthe end"]),
        ('id\ttext\tn\n1\t"We go\ton\nthe end"\tz\n', ["We go\ton\nthe end"]),
        ('text\n"We go on\n\nthe end"\n', ["We go on\n\nthe end"]),
        # The beginning shows that cells are quoted.
        ('id\ttext\n0\t"a\tb"\n1\t"We go on\n2\tthe end"\n', ["a\tb", "We go on\n2\tthe end"]),
    ],
)
def test_a_tsv_cell_goes_over_lines_only_if_they_are_no_rows(tmp_path: Path, written: str, texts: list[str]) -> None:
    path = tmp_path / "a.tsv"
    path.write_text(written)
    with closing(open_reader(path, path.name, Shape(Kind.TSV), Fields())) as reader:
        assert [record.text for chunk in reader for record in chunk.records()] == texts


def test_a_tsv_text_that_begins_with_a_quote_once_it_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    rows = 'id\ttext\n1\tAdvertisement"We go" on\n2\tAdvertisement"We go\n3\tB.\n'
    path.write_text(rows)

    def cut(kind: Dialect) -> tuple[bytes, list[str]]:
        sink, named = io.BytesIO(), []
        with closing(open_reader(path, path.name, Shape(Kind.TSV, dialect=kind), Fields())) as reader:
            for chunk in reader:
                cleaned = each(lambda r: r.text.removeprefix("Advertisement"))
                new = chunk.rewrite(cleaned, lambda name, _: named.append(name))
                sink.write(new)
        return sink.getvalue(), named

    assert cut(Dialect()) == (rows.encode(), ["a.tsv:2", "a.tsv:3"])
    assert cut(Dialect(quote="")) == (rows.replace("Advertisement", "").encode(), [])
    assert cut(Dialect(quote='"')) == (b'id\ttext\n1\t"""We go"" on"\n2\t"""We go"\n3\tB.\n', [])


@pytest.mark.parametrize("size", [7, 4 << 20])
@pytest.mark.parametrize(
    ("torn", "columns"),
    [
        ('"He said ""yes"" and "no", and\nAdvertisement\nleft"', 1),
        ('1,"He said "yes", and\nx,Advertisement\nleft"', 2),
        ('1,"The 15" pipe"', 2),
        ('1,"A\nbody "x" line\nAdvertisement"', 2),
        ('1,"A" b', 2),
        ('1,"The 15" pipe",z', 3),
    ],
)
def test_no_line_of_a_torn_row_is_taken_for_a_row(
    tmp_path: Path, torn: str, columns: int, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.formats.table.CHUNK", size)
    path = tmp_path / "a.csv"
    header, good = (
        ("text", "Advertisement"),
        ("id,text", "2,Advertisement"),
        ("id,text,n", "2,Advertisement,z"),
    )[columns - 1]
    path.write_text(f"{header}\n{torn}\n{good}\n{torn}")
    out, failures = without_ad(path, Kind.CSV)
    assert out.decode() == f"{header}\n{torn}\n{good.replace('Advertisement', chr(34) * 2)}\n{torn}"
    assert [name for name, _ in failures] == ["a.csv:2", f"a.csv:{torn.count(chr(10)) + 4}"]


def test_an_emptied_cell_is_an_empty_string_not_null(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text,n\n1,Advertisement,\n2,,\n")
    assert without_ad(path, Kind.CSV)[0] == b'id,text,n\n1,"",\n2,,\n'


def test_what_is_not_well_formed_stays_and_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('id,text\n1,"said \\"so\\" to\nAdvertisement"\n2,"x" y,z\n3,"A"\n')
    out, failures = without_ad(path, Kind.CSV)
    assert [name for name, _ in failures] == ["a.csv:2", "a.csv:4"]
    assert "text after the closing quote of a cell; escaped by backslashes?" in failures[0][1]
    assert out == path.read_bytes()


def test_what_the_user_says(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;text\n1;'A; b.\nAdvertisement'\n")
    with pytest.raises(InputError, match="no column 'text'; it has: id;text; parted by ';'\\? --delimiter ';'"):
        without_ad(path, Kind.CSV)
    assert without_ad(path, Kind.CSV, Dialect(";", "'")) == (b"id;text\n1;'A; b.'\n", [])
    with pytest.raises(ConfigError, match="--delimiter: 'ab' is not one character"):
        Dialect("ab")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named(tmp_path: Path, codec: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\n1,a\n".encode(codec))
    with pytest.raises(InputError, match="is UTF-16"):
        without_ad(path, Kind.CSV)


def test_chunks_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\r\n" + "".join(f'{i},"A ""{i}"".\nAdvertisement"\r\n' for i in range(300)))
    whole = without_ad(path, Kind.CSV)
    for size in (7, 64):
        monkeypatch.setattr("cleaner.formats.table.CHUNK", size)
        assert without_ad(path, Kind.CSV) == whole
    assert whole == (path.read_bytes().replace(AD.encode(), b""), [])


def test_jobs_resume_and_report_agree(tmp_path: Path) -> None:
    written = WRITTEN["duckdb 2.0.1, escape backslash"][1].encode()
    source = tree(tmp_path / "in", {"a.csv": written, "b.tsv.gz": gzip.compress(b"text\nA\tb\n")})
    reports = []
    for jobs in (1, 2):
        report = tmp_path / f"report{jobs}"
        mirrored(source, tmp_path / f"out{jobs}", jobs=jobs, report=report)
        reports.append(report.read_bytes())
    assert reports[0] == reports[1]
    assert contents(tmp_path / "out1") == contents(tmp_path / "out2")
    assert contents(tmp_path / "out1")["a.csv"] == written.replace(AD.encode(), b"")
    target = Mirror(tmp_path / "out1")
    plan = Plan(inputs=(source,), target=target, options=OPTIONS, report=tmp_path / "report1", resume=True)
    assert run(plan).resumed == 2
    assert (tmp_path / "report1").read_bytes() == reports[0]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"sep=;\n", b"\xef\xbb\xbfsep=;\r\n"])
def test_a_table_without_a_header_comes_out_as_it_is(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    assert without_ad(path, Kind.CSV) == (data, [])
