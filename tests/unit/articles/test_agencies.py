import pytest

from pipeline.articles.agencies import credited_agency

BODY = "The ministers met in the capital.\nA second meeting is planned for the spring."


@pytest.mark.parametrize(
    ("text", "author", "agency"),
    [
        (f"TOKYO, Oct 10 (Reuters) - {BODY}", None, "Reuters"),
        (f"TOKYO/VIENTIANE, Oct 10 (Meridian) - {BODY}", None, "Meridian Wire"),
        (f"NEW DELHI (AP) — {BODY}", None, "Associated Press"),
        (f"(Kyodo) {BODY}", None, "Kyodo News"),
        (f"AFP – {BODY}", None, "Agence France-Presse"),
        (f"{BODY}\n— AP", None, "Associated Press"),
        (f"{BODY} (PTI)", None, "Press Trust of India"),
        (f"{BODY} —Reuters", None, "Reuters"),
        (f"{BODY}\nWith inputs from PTI", None, "Press Trust of India"),
        (f"{BODY}\n(With inputs from PTI)", None, "Press Trust of India"),
        (f"{BODY}\nAdditional reporting by Meridian Wire.", None, "Meridian Wire"),
        (f"{BODY}\nSource: Meridian Wire", None, "Meridian Wire"),
        (f"{BODY}\n© 2024 AFP", None, "Agence France-Presse"),
        (f"{BODY}\nThis story was supplied by Meridian Wire.", None, "Meridian Wire"),
        (f"{BODY}\nMeridian Wire", None, "Meridian Wire"),
        (BODY, "Reuters", "Reuters"),
        (BODY, "Jane Doe, Meridian Wire", "Meridian Wire"),
        (BODY, "Jane Doe for AP", "Associated Press"),
        (BODY, "By Levant Wire", "Levant Wire"),
        (f"SUVA (Coral News Agency) - {BODY}", None, "Coral News Agency"),
    ],
)
def test_a_credit_names_its_agency(text: str, author: str | None, agency: str) -> None:
    assert credited_agency(text, author) == agency


@pytest.mark.parametrize(
    ("text", "author"),
    [
        (BODY, None),
        (f'"No," the minister told Reuters.\n{BODY}', "Jane Doe"),
        (f"{BODY}\nThe spokesman told AP that the pact was dead.", None),
        (f"{BODY}\nHe tripped over a Wire.", None),
        ("PARIS (IFRI) - A paper of the institute says so.\nMore follows.", None),
        (f"{BODY}\nThe PA system failed twice.", "Pia Paap"),
        (f"The AP Stylebook, he said, is a good book.\n{BODY}", None),
        ("", None),
        ("A-" * 5_000, None),
        ("A " * 5_000, "A " * 5_000),
        ("By A, " * 30, "By A, " * 2_000),
    ],
)
def test_a_mention_is_no_credit(text: str, author: str | None) -> None:
    assert credited_agency(text, author) is None
