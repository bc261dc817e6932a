"""Data Docs can be opened anywhere: no network, no script, nothing of a feed's that runs."""

import re
from pathlib import Path

import pytest

from pipeline.quality import data_docs
from pipeline.quality.data_docs import build_data_docs
from pipeline.quality.offline_pages import escaped, offline
from pipeline.quality.validate import validate_records

HOSTILE = "javascript:alert(1)<script>alert(2)</script><img src=x onerror=alert(3)></td>" + "x" * 10_000


@pytest.fixture
def site(run, article, mention, tmp_path) -> Path:
    articles = [article("a1"), article("a2", url=HOSTILE), article("a3", language="<svg onload=alert(4)>")]
    found = validate_records(run, articles, [mention("m1"), mention("m2", holder="")])
    return build_data_docs(found, tmp_path / "quality").parent


def pages(site: Path) -> dict[str, str]:
    return {page.relative_to(site).as_posix(): page.read_text("utf-8") for page in site.rglob("*.html")}


def test_there_is_an_index_with_every_rule_and_a_page_for_each_suite(site):
    index = pages(site)["index.html"]
    assert "evidence is verbatim" in index
    assert "holder_missing" in index
    links: list[str] = re.findall(r'href="([^"#]+)"', index)
    assert len(links) == 2
    assert all((site / link).is_file() for link in links)


def test_no_page_loads_anything_from_elsewhere(site):
    for name, page in pages(site).items():
        assert not re.findall(r"<(?:script|link|img|iframe)\b", page, re.IGNORECASE), name
        assert "Content-Security-Policy" in page, name
        assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page, name


def test_hostile_values_are_shown_as_text(site):
    together = "".join(pages(site).values())
    assert "&lt;script&gt;alert(2)" in together
    assert "<script>" not in together
    assert "onerror=alert(3)>" not in together
    assert "<svg onload" not in together


def test_a_long_value_is_cut(site):
    assert all("x" * 1000 not in page for page in pages(site).values())


def test_the_old_pages_are_replaced_as_a_whole(run, article, site):
    (site / "left-over.html").write_text("old")
    build_data_docs(validate_records(run, [article()], []), site)
    assert "left-over.html" not in pages(site)
    assert [p.name for p in site.parent.iterdir()] == ["quality"]


def test_a_failed_build_leaves_the_old_pages(run, article, site, monkeypatch):
    def fail(*_: object) -> None:
        raise RuntimeError("disk full")

    before = pages(site)
    monkeypatch.setattr(data_docs, "_make_offline", fail)
    with pytest.raises(RuntimeError):
        build_data_docs(validate_records(run, [article()], []), site)
    assert pages(site) == before
    assert [p.name for p in site.parent.iterdir()] == ["quality"]


def test_a_run_without_records_has_an_index_too(run, tmp_path):
    index = build_data_docs(validate_records(run, [], []), tmp_path / "quality")
    assert "nothing to check" in index.read_text("utf-8")


def test_values_inside_lists_and_tables_are_escaped():
    assert escaped({"a": ["<b>", 1, {"c": "&"}]}) == {"a": ["&lt;b&gt;", 1, {"c": "&amp;"}]}


def test_scripts_outside_addresses_and_handlers_go():
    page = '<head></head><script src="https://x"></script><link href="https://y"><b onclick="z()">text</b>'
    assert offline(page).endswith("<b>text</b>")
