import gzip
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from pipeline.sources import Archive, read_raw
from pipeline.sources.archive_reader import records
from pipeline.sources.errors import ArchiveError
from pipeline.sources.responses import Response

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def response(body: bytes = b"<rss/>", url: str = "http://a.example/feed", **fields: object) -> Response:
    named: dict[str, object] = {
        "url": url,
        "final_url": url,
        "http_version": "HTTP/1.1",
        "status": 200,
        "phrase": "OK",
        "headers": (("Content-Type", "application/rss+xml"), ("Transfer-Encoding", "chunked")),
        "wire": body,
        "body": body,
    }
    return Response(**{**named, **fields})  # type: ignore[arg-type]


def write(path: Path, *responses: Response) -> list[str]:
    with Archive(path) as archive:
        return [archive.append(each, NOW) for each in responses]


def test_a_response_comes_back_as_it_was_put_in(tmp_path: Path) -> None:
    put = response(b"body \x00\xff", final_url="http://a.example/moved", status=404, phrase="Not Found")
    (ref,) = write(tmp_path / "a.warc.gz", put)
    raw = read_raw(tmp_path, ref)
    assert (raw.requested_url, raw.url, raw.status) == (put.url, put.final_url, 404)
    assert (raw.wire, raw.body, raw.when, raw.content_type) == (put.wire, put.body, NOW, "application/rss+xml")


def test_the_body_is_kept_as_it_came_and_read_decoded(tmp_path: Path) -> None:
    wire = gzip.compress(b"hello")
    (ref,) = write(tmp_path / "a.warc.gz", response(wire, headers=(("Content-Encoding", "gzip"),)))
    raw = read_raw(tmp_path, ref)
    assert (raw.wire, raw.body) == (wire, b"hello")


def test_another_reader_finds_standard_records(tmp_path: Path) -> None:
    wire = gzip.compress(b"hello")
    write(
        tmp_path / "a.warc.gz",
        response(wire, headers=(("Content-Encoding", "gzip"),)),
        response(b"two", "http://b.example/"),
    )
    with (tmp_path / "a.warc.gz").open("rb") as file:
        found = [
            (r.rec_type, r.rec_headers["WARC-Target-URI"], r.content_stream().read(), r.digest_checker.passed)
            for r in ArchiveIterator(file, check_digests=True)
        ]
    assert found == [
        ("response", "http://a.example/feed", b"hello", True),
        ("response", "http://b.example/", b"two", True),
    ]


def test_each_record_is_a_gzip_member_of_its_own(tmp_path: Path) -> None:
    write(tmp_path / "a.warc.gz", response(), response(b"two", "http://b.example/"))
    data = (tmp_path / "a.warc.gz").read_bytes()
    assert gzip.decompress(data).count(b"WARC/1.1\r\n") == 2
    (_, length, _), (offset, _, raw) = list(records(tmp_path / "a.warc.gz"))
    assert offset == length
    assert raw.body == b"two"
    assert gzip.decompress(data[offset:]).startswith(b"WARC/1.1")


def test_the_same_run_writes_the_same_bytes(tmp_path: Path) -> None:
    refs = [write(tmp_path / name / "a.warc.gz", response(), response(b"two", "http://b.example/")) for name in "xy"]
    assert refs[0] == refs[1]
    assert (tmp_path / "x/a.warc.gz").read_bytes() == (tmp_path / "y/a.warc.gz").read_bytes()


def test_references_do_not_depend_on_which_answer_came_first(tmp_path: Path) -> None:
    one, two = response(), response(b"two", "http://b.example/")
    assert sorted(write(tmp_path / "x/a.warc.gz", one, two)) == sorted(write(tmp_path / "y/a.warc.gz", two, one))


def test_a_file_written_again_keeps_its_bytes_and_adds_what_is_new(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    (first,) = write(path, response())
    before = path.read_bytes()
    assert write(path, response()) == [first]
    assert path.read_bytes() == before
    (second,) = write(path, response(b"changed"))
    assert path.read_bytes().startswith(before)
    assert [read_raw(tmp_path, ref).body for ref in (first, second)] == [b"<rss/>", b"changed"]


def test_a_file_being_written_has_no_name_yet(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with Archive(path) as archive:
        archive.append(response(), NOW)
        assert [each.name for each in tmp_path.iterdir()] == ["a.warc.gz.part"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.cdxj", "a.warc.gz"]


def test_what_a_crash_left_behind_is_not_taken_for_data(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    archive = Archive(path).__enter__()
    archive.append(response(), NOW)
    archive.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert [each.name for each in tmp_path.iterdir()] == ["a.warc.gz.part"]
    (ref,) = write(path, response(b"two"))
    assert [raw.body for _, _, raw in records(path)] == [b"two"]
    assert read_raw(tmp_path, ref).body == b"two"


def test_an_empty_archive_leaves_no_file(tmp_path: Path) -> None:
    write(tmp_path / "a.warc.gz")
    assert list(tmp_path.iterdir()) == []


def test_two_runs_can_not_write_one_file(tmp_path: Path) -> None:
    with (
        Archive(tmp_path / "a.warc.gz"),
        pytest.raises(ArchiveError, match="another run"),
        Archive(tmp_path / "a.warc.gz"),
    ):
        pass


def test_a_torn_archive_is_read_to_its_last_whole_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    first, second = write(path, response(), response(b"two" * 1000, "http://b.example/"))
    path.write_bytes(path.read_bytes()[:-20])
    assert [raw.body for _, _, raw in records(path)] == [b"<rss/>"]
    assert read_raw(tmp_path, first).body == b"<rss/>"
    with pytest.raises(ArchiveError, match=r"damaged .* restore"):
        read_raw(tmp_path, second)


def test_a_torn_archive_is_continued_behind_its_last_whole_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    write(path, response(), response(b"two" * 1000, "http://b.example/"))
    path.write_bytes(path.read_bytes()[:-20])
    (third,) = write(path, response(b"three", "http://c.example/"))
    assert [raw.body for _, _, raw in records(path)] == [b"<rss/>", b"three"]
    assert read_raw(tmp_path, third).body == b"three"


def test_a_flipped_bit_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    (ref,) = write(path, response(bytes(range(256)) * 10))
    whole = gzip.decompress(path.read_bytes()).replace(bytes(range(256)), bytes(range(255)) + b"\x00", 1)
    path.write_bytes(gzip.compress(whole))
    with pytest.raises(ArchiveError, match="damaged"):
        read_raw(tmp_path, ref)


def test_a_lost_index_is_no_loss(tmp_path: Path) -> None:
    refs = write(tmp_path / "a.warc.gz", response(), response(b"two", "http://b.example/"))
    (tmp_path / "a.cdxj").unlink()
    assert read_raw(tmp_path, refs[1]).body == b"two"


def test_the_index_is_sorted_and_says_where_each_record_is(tmp_path: Path) -> None:
    write(tmp_path / "a.warc.gz", response(url="http://news.b.example/x?q=1"), response(url="http://a.example/"))
    lines = (tmp_path / "a.cdxj").read_text().splitlines()
    assert [line.split(" ")[:2] for line in lines] == [
        ["example,a)/", "20261124120000"],
        ["example,b,news)/x?q=1", "20261124120000"],
    ]
    fields = json.loads(lines[0].split(" ", 2)[2])
    data = (tmp_path / "a.warc.gz").read_bytes()
    member = data[int(fields["offset"]) : int(fields["offset"]) + int(fields["length"])]
    assert b"WARC-Target-URI: http://a.example/\r\n" in gzip.GzipFile(fileobj=io.BytesIO(member)).read()


def test_a_fault_is_kept_as_the_standard_has_it(tmp_path: Path) -> None:
    (ref,) = write(tmp_path / "a.warc.gz", response(fault="truncated"))
    assert b"WARC-Truncated: disconnect" in gzip.decompress((tmp_path / "a.warc.gz").read_bytes())
    assert read_raw(tmp_path, ref).fault == "truncated"


@pytest.mark.parametrize("ref", ["", "a.warc.gz", "a.warc.gz#", "#1", "../a.warc.gz#1", "/a.warc.gz#1", "no.warc.gz#1"])
def test_what_is_no_reference_is_refused(tmp_path: Path, ref: str) -> None:
    with pytest.raises(ArchiveError):
        read_raw(tmp_path, ref)


def test_a_folder_that_can_not_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ArchiveError, match="can't be written"), Archive(tmp_path / "file" / "a.warc.gz"):
        pass
