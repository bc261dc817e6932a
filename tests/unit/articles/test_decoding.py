import pytest

from pipeline.articles.decoding import decode

WORDS = "Åbo – Łódź: “the pact”, said Şahin"


def page(text: str, declared: str) -> str:
    return f'<html><head><meta charset="{declared}"></head><body><p>{text}</p></body></html>'


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("“the pact”, said Sørensen – naïve", "utf-8", "utf-8"),
        ("“the pact”, said Sørensen – naïve", "cp1252", "windows-1252"),
        ("“the pact”, said Sørensen – naïve", "cp1252", "iso-8859-1"),
        ("Gyurcsány Őry Űrhajó és Łukasz", "iso-8859-2", "iso-8859-2"),
        ("Şahin, İstanbul, ğ", "cp1254", "iso-8859-9"),
        ("Министр обороны заявил", "cp1251", "windows-1251"),
        ("首相はアジア版NATOを提唱した", "cp932", "Shift_JIS"),
        ("首相はアジア版NATOを提唱した", "euc_jp", "EUC-JP"),
        ("外交部发言人表示反对", "gb18030", "gb2312"),
        ("외교부는 반대한다고 밝혔다", "cp949", "euc-kr"),
    ],
)
def test_reads_the_declared_encoding(text: str, encoding: str, declared: str) -> None:
    assert text in decode(page(text, declared).encode(encoding))


@pytest.mark.parametrize("lie", ["iso-8859-1", "windows-1251", "shift_jis", "utf-16", "no-such-charset"])
def test_valid_utf_8_is_utf_8_whatever_the_page_declares(lie: str) -> None:
    assert WORDS in decode(page(WORDS, lie).encode("utf-8"), f"text/html; charset={lie}")


def test_windows_1252_declared_as_utf_8_is_found_out() -> None:
    text = "“The pact is naïve”, said Sørensen – the minister’s café was closed. " * 5
    assert "“The pact is naïve”, said Sørensen – the minister’s café" in decode(page(text, "utf-8").encode("cp1252"))


def test_the_header_wins_over_the_meta_tag() -> None:
    data = page("Łódź, Őry", "windows-1252").encode("iso-8859-2")
    assert "Łódź, Őry" in decode(data, "text/html; charset=ISO-8859-2")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_reads_utf_16_with_and_without_a_byte_order_mark(encoding: str) -> None:
    assert decode(page(WORDS, "utf-8").encode(encoding)).lstrip("\ufeff") == page(WORDS, "utf-8")


def test_a_broken_byte_in_utf_8_costs_one_character() -> None:
    data = page(f"{WORDS} before ☠ after", "utf-8").encode().replace("☠".encode(), b"\xff")
    assert f"{WORDS} before \ufffd after" in decode(data)
