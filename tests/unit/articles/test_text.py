from pipeline.articles.text import clean, clean_line


def test_composes_characters() -> None:
    assert clean("Åbo in NFD").text == "Åbo in NFD"


def test_takes_bidi_controls_out_and_counts_them() -> None:
    found = clean("the \u202emorf\u202c treaty\u2066\u2069")
    assert (found.text, found.n_bidi) == ("the morf treaty", 4)


def test_takes_control_characters_out_and_counts_them() -> None:
    found = clean("a\x00b\x08c\x9bd\x1b")
    assert (found.text, found.n_controls) == ("abcd", 4)


def test_counts_replacement_characters_and_lone_surrogates() -> None:
    found = clean("a\ud800 b\ufffd")
    assert (found.text, found.n_replaced) == ("a\ufffd b\ufffd", 2)


def test_keeps_the_joiners_that_persian_and_hindi_are_spelt_with() -> None:
    assert clean("می\u200cخواهم zero\u200bwidth soft\u00adhyphen").text == "می\u200cخواهم zerowidth softhyphen"


def test_paragraphs_are_lines_and_blanks_are_single_spaces() -> None:
    assert clean("one\u00a0 two\r\n\r\n three\tfour \u2028five").text == "one two\nthree four\nfive"


def test_plain_text_may_keep_its_blank_lines() -> None:
    assert clean("one\r\n\r\ntwo\n", keep_blank_lines=True).text == "one\n\ntwo"


def test_a_line_of_nothing_is_none() -> None:
    assert clean_line(" \u200b\n") is None
    assert clean_line(" A\ntitle ") == "A title"
