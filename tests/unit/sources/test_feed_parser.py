import time
import unicodedata
from pathlib import Path

import pytest

from pipeline.records import ParsedEntry
from pipeline.sources import parse_feed
from tests.press import Press, answer, item, rss

BASE = "http://press.example/news/feed.xml"


def only(body: bytes, content_type: str | None = None) -> ParsedEntry:
    (entry,) = parse_feed(body, BASE, content_type).entries
    return entry


# --- dialects ----------------------------------------------------------------

ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry>
<id>tag:press.example,2026:1</id><title type="html">A &lt;b&gt;headline&lt;/b&gt;</title><link href="../1.html"/>
<published>2026-11-24T10:00:00+01:00</published><updated>2026-11-24T11:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content>
</entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>T</title></channel>
<item rdf:about="http://press.example/1.html"><title>A headline</title><link>http://press.example/1.html</link>
<dc:date>2026-11-24T09:00:00Z</dc:date></item></rdf:RDF>"""
RSS_091 = b"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
"http://press.example/rss-0.91.dtd"><rss version="0.91"><channel><title>T</title><item><title>A headline</title>
<link>http://press.example/1.html</link></item></channel></rss>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": "1", "url": "/1.html",
"title": "A headline", "content_html": "<p>One.</p>", "date_published": "2026-11-24T10:00:00+01:00"}]}"""


@pytest.mark.parametrize(
    ("body", "link"),
    [
        (ATOM, "http://press.example/1.html"),
        (RDF, "http://press.example/1.html"),
        (RSS_091, "http://press.example/1.html"),
        (JSON, "http://press.example/1.html"),
        (rss(item(1), title="T"), "http://press.example/articles/1.html"),
    ],
    ids=["atom", "rss 1.0", "rss 0.91", "json feed", "rss 2.0"],
)
def test_every_dialect_gives_title_and_link(body: bytes, link: str) -> None:
    parsed = parse_feed(body, BASE)
    assert (parsed.title, parsed.faults) == ("T", ())
    assert [(entry.title, entry.link) for entry in parsed.entries] == [("A headline", link)]


def test_dates_and_summaries_come_from_where_the_dialect_has_them() -> None:
    atom, json = only(ATOM), only(JSON)
    assert [e.published.isoformat() for e in (atom, json, only(RDF)) if e.published] == [
        "2026-11-24T09:00:00+00:00"
    ] * 3
    assert (atom.summary, json.summary) == ("One. Two.", "One.")


def test_ids_stand_as_written_and_do_not_move_with_the_feed() -> None:
    assert only(rss(item(1))).id == "item-1"
    assert parse_feed(rss(item(1)), "https://elsewhere.example/").entries[0].id == "item-1"


def test_a_permalink_guid_is_the_link_where_there_is_no_other() -> None:
    assert (
        only(rss("<item><title>x</title><guid>http://press.example/p</guid></item>")).link == "http://press.example/p"
    )


def test_links_are_resolved_against_xml_base() -> None:
    body = ATOM.replace(b"<feed ", b'<feed xml:base="http://base.example/a/b/" ')
    assert only(body).link == "http://base.example/a/1.html"


# --- nothing is fetched or opened --------------------------------------------


@pytest.mark.parametrize("as_url", [False, True])
def test_a_body_that_is_a_path_or_a_url_is_neither_opened_nor_fetched(
    tmp_path: Path, press: Press, *, as_url: bool
) -> None:
    press.pages["/feed.xml"] = answer(rss(item(1)))
    path = tmp_path / "feed.xml"
    path.write_bytes(rss(item(1)))
    parsed = parse_feed(f"{press.url}/feed.xml".encode() if as_url else str(path).encode())
    assert (parsed.entries, parsed.faults) == ((), ("not_a_feed", "no_entries"))
    assert press.connections == 0


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">'
    + b"".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">'.encode() for n in range(1, 10))
    + b"]>"
)
QUADRATIC = b'<!DOCTYPE rss [<!ENTITY l9 "' + b"x" * 50_000 + b'">]>'


@pytest.mark.parametrize(
    "prolog",
    [
        LAUGHS,
        QUADRATIC,
        b'<!DOCTYPE rss [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE rss [<!ENTITY % p SYSTEM "URL/p.dtd"> %p;]>',
        b'<!DOCTYPE rss SYSTEM "URL/x.dtd">',
        b'<!DOCTYPE rss SYSTEM "URL/x.dtd" [<!ENTITY l9 "]><rss>">]>',
    ],
    ids=["billion laughs", "quadratic", "external", "parameter", "external DTD", "subset in quotes"],
)
def test_entities_of_a_feeds_own_are_neither_expanded_nor_fetched(press: Press, prolog: bytes) -> None:
    started = time.monotonic()
    references = "&l9;" * (1000 if prolog is QUADRATIC else 1)
    parsed = parse_feed(prolog.replace(b"URL", press.url.encode()) + rss(item(1, title=f"A{references}")))
    assert time.monotonic() - started < 2
    assert all(len(entry.title or "") <= 1000 and "lollol" not in (entry.title or "") for entry in parsed.entries)
    assert b"[" not in prolog or "entities_refused" in parsed.faults
    assert press.connections == 0


def test_a_document_type_that_is_only_mentioned_is_none() -> None:
    body = rss(item(1, title="<![CDATA[ <!DOCTYPE x [ ]]>")).replace(b"?>", b"?><!-- no <!DOCTYPE rss [ -->")
    assert parse_feed(body, BASE).faults == ()


def test_items_beside_an_entity_bomb_are_still_listed() -> None:
    parsed = parse_feed(LAUGHS + rss(item(1, title="&l9;"), item(2, title="Fine")), BASE)
    assert [entry.title for entry in parsed.entries] == ["&l9;", "Fine"]
    assert parsed.faults == ("entities_refused", "malformed")


# --- bounded in time ---------------------------------------------------------

SLOW = {
    "10 MB without a tag": b"a" * 10_000_000,
    "10 MB of blanks": rss(" " * 10_000_000, item(1)),
    "20,000 items": rss(*(item(n) for n in range(20_000))),
    "100,000 nested elements": rss("<item>" + "<a>" * 100_000 + "</a>" * 100_000 + "</item>"),
    "3 million less-than signs": b"<rss>" + b"<" * 3_000_000,
    "a million unclosed CDATA sections": b"<rss><channel><item><title>" + b"<![CDATA[" * 1_000_000,
    "3 million ampersands": rss("<item><title>" + "&" * 3_000_000 + "</title></item>"),
    "200,000 attributes": rss("<item " + " ".join(f'a{n}="1"' for n in range(200_000)) + "/>"),
    "a million escaped open tags": rss("<item><title>" + "&lt;script " * 500_000 + "</title></item>"),
    "a long date": rss(item(1, pubDate="Mon " * 500_000)),
    "deep JSON": b'{"items":' + b"[" * 1_000_000,
}


@pytest.mark.parametrize("name", SLOW)
def test_no_input_makes_parsing_long(name: str) -> None:
    started = time.monotonic()
    parse_feed(SLOW[name])
    assert time.monotonic() - started < 5


def test_items_beyond_the_limit_are_left_out_and_recorded() -> None:
    parsed = parse_feed(rss(*(item(n) for n in range(30))), max_entries=10, url=BASE)
    assert [entry.id for entry in parsed.entries] == [f"item-{n}" for n in range(10)]
    assert parsed.faults == ("too_many_entries",)


def test_nesting_beyond_the_limit_costs_only_what_follows_it() -> None:
    parsed = parse_feed(rss(item(1), "<item>" + "<a>" * 500 + "</item>", item(2)), BASE)
    assert [entry.id for entry in parsed.entries] == ["item-1"]
    assert parsed.faults == ("too_deep",)


# --- malformed ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("broken", "title", "summary"),
    [
        (item(1, title="Fish & chips"), "Fish & chips", None),
        (item(1, title="A&nbsp;caf&eacute;"), "A café", None),
        (item(1, title="5 < 6"), "5 < 6", None),
        (item(1, description="One<br>two<p>three"), "A headline", "One two three"),
        (item(1, title="a\x00b\x08c"), "abc", None),
        (item(1, title="a&#xD800;b&#0;"), "a\ufffdb\ufffd", None),
        (item(1, thumb="<media:thumbnail url='x'/>"), "A headline", None),
        (item(1).replace("</guid>", ""), "A headline", None),
    ],
)
def test_a_malformed_item_is_read_and_spoils_no_other(broken: str, title: str, summary: str | None) -> None:
    parsed = parse_feed(rss(broken, item(2, title="Next")))
    assert [entry.title for entry in parsed.entries] == [title, "Next"]
    assert parsed.entries[0].summary == summary
    assert "malformed" in parsed.faults or "control_characters:2" in parsed.faults


def test_half_a_feed_is_read_as_far_as_it_goes() -> None:
    whole = rss(item(1), item(2), item(3))
    parsed = parse_feed(whole[: whole.index(b"item-3")])
    assert [entry.id for entry in parsed.entries][:2] == ["item-1", "item-2"]
    assert "malformed" in parsed.faults


@pytest.mark.parametrize("body", [b"", b" \r\n", b"\x00" * 100, b"\xef\xbb\xbf"])
def test_an_empty_body_is_empty(body: bytes) -> None:
    assert parse_feed(body).faults == ("empty",)


def test_a_feed_without_entries_is_a_fault() -> None:
    assert parse_feed(rss()).faults == ("no_entries",)


@pytest.mark.parametrize(
    "body",
    [b"<!DOCTYPE html><html><rss></html>", b"<html><body>", b"<!-- x --><HTML>", b"plain", b"{}", b"[1]", b"\x89PNG"],
)
def test_html_and_other_things_are_not_a_feed(body: bytes) -> None:
    assert "not_a_feed" in parse_feed(body).faults


# --- characters --------------------------------------------------------------

NATO_IN = {
    "utf-8": "L’OTAN s’élargit",
    "windows-1252": "L’OTAN s’élargit",
    "iso-8859-1": "Größe",
    "utf-16": "НАТО",
    "utf-16-le": "НАТО",
    "utf-16-be": "НАТО",
    "gbk": "北约东扩",
    "gb2312": "北约东扩",
    "shift_jis": "安全保障",
    "euc-jp": "安全保障",
    "iso-2022-jp": "安全保障",
    "euc-kr": "안보",
    "big5": "北約東擴",
    "koi8-r": "НАТО",
    "windows-1251": "НАТО",
    "utf-8-sig": "НАТО",
}


@pytest.mark.parametrize("encoding", NATO_IN)
def test_text_is_right_in_every_declared_encoding(encoding: str) -> None:
    title = NATO_IN[encoding]
    text = rss(item(1, title=title)).decode().replace('"1.0"?', f'"1.0" encoding="{encoding}"?')
    assert only(text.encode(encoding)).title == title


def test_the_header_names_the_encoding_where_the_prolog_does_not() -> None:
    assert only(rss(item(1, title="НАТО")).decode().encode("koi8-r"), "text/xml; charset=KOI8-R").title == "НАТО"


@pytest.mark.parametrize("declared", ["utf-8", "shift_jis", "utf-16", "hex", "utf-7", "nonsense"])
def test_windows_1252_is_found_under_a_wrong_name(declared: str) -> None:
    text = rss(item(1, title="Café “x”")).decode().replace('"1.0"?', f'"1.0" encoding="{declared}"?')
    parsed = parse_feed(text.encode("cp1252"))
    assert parsed.entries[0].title == "Café “x”"


def test_utf_8_is_found_under_a_wrong_name_and_recorded() -> None:
    text = rss(item(1, title="Café")).decode().replace('"1.0"?', '"1.0" encoding="iso-8859-1"?')
    parsed = parse_feed(text.encode(), BASE)
    assert parsed.entries[0].title == "Café"
    assert parsed.faults == ("encoding_mismatch",)


def test_one_broken_character_does_not_garble_the_others() -> None:
    body = rss(item(1, title="éèêëàâä X")).replace(b"X", b"\xff")
    parsed = parse_feed(body, BASE)
    assert parsed.entries[0].title == "éèêëàâä \ufffd"
    assert parsed.faults == ("encoding_replaced:1",)


def test_nfd_and_nfc_give_the_same_text() -> None:
    bodies = [rss(item(1, title=unicodedata.normalize(form, "Ängström"))) for form in ("NFC", "NFD")]
    assert only(bodies[0]) == only(bodies[1])


def test_bidi_controls_are_shown_and_counted() -> None:
    parsed = parse_feed(rss(item(1, title="A \u202egnp.exe\u2066")), BASE)
    assert parsed.entries[0].title == "A [U+202E]gnp.exe[U+2066]"
    assert parsed.faults == ("bidi_controls:2",)


def test_invisible_characters_are_removed_and_counted_but_joiners_stay() -> None:
    parsed = parse_feed(rss(item(1, title="NA\u200bTO\ufeff می\u200cخواهم")), BASE)
    assert parsed.entries[0].title == "NATO می\u200cخواهم"
    assert parsed.faults == ("invisible_characters:2",)


# --- hostile text and links --------------------------------------------------


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("&lt;script&gt;alert(1)&lt;/script&gt;Hi", "Hi"),
        ("&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;Hi", "Hi"),
        ("Hi &lt;img src=x onerror=alert(1)&gt;", "Hi"),
        ("Hi &lt;img src=x onerror=alert(1)", "Hi"),
        ("&lt;svg/onload=alert(1)&gt;Hi", "Hi"),
        ("<![CDATA[<b>Q&A</b> &amp; more]]>", "Q&A & more"),
        ("&lt;!-- x --&gt;Hi", "Hi"),
        ("5 &lt; 6 and 7 &gt; 2", "5 < 6 and 7 > 2"),
        ("a &lt;b and c", "a <b and c"),
        ("R&amp;amp;D", "R&D"),
        ("two\n  lines\t\u00a0here", "two lines here"),
        ("bell&#7;", "bell\ufffd"),
        (" &lt;b&gt;&lt;/b&gt; ", None),
    ],
)
def test_titles_are_plain_text(title: str, text: str | None) -> None:
    assert only(rss(item(1, title=title))).title == text


def test_a_long_title_is_cut() -> None:
    title = only(rss(item(1, title="word " * 200_000))).title
    assert title is not None
    assert len(title) <= 1000
    assert title.endswith("…")


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/hostname", "http://", "http://[::1", "mailto:a@b.example"],
)
def test_links_are_http_or_none(link: str) -> None:
    parsed = parse_feed(rss(item(1, link=link)), BASE)
    assert parsed.entries[0].link is None
    assert parsed.faults == ("link_refused:1",)


@pytest.mark.parametrize(
    ("link", "absolute"),
    [
        ("/a", "http://press.example/a"),
        ("b.html?q=1&amp;r=2#top", "http://press.example/news/b.html?q=1&r=2"),
        ("//cdn.example/a", "http://cdn.example/a"),
        ("\n http://press.example/a b\n", "http://press.example/a%20b"),
        ("java\nscript", "http://press.example/news/javascript"),
        ("http://user:pw@press.example/a", "http://press.example/a"),
    ],
)
def test_links_are_absolute_and_without_credentials(link: str, absolute: str) -> None:
    assert only(rss(item(1, link=link))).link == absolute
