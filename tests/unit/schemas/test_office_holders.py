"""The office holders in schemas/actors: every row well-formed, no term twice, no two heads of one government."""

import csv
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files

import pycountry
import pytest

COLUMNS = ["name", "aliases", "country", "office", "role_class", "start", "end"]
ROLE_CLASSES = {
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "defence_minister",
    "other_minister",
    "spokesperson",
    "head_of_body",
    "ambassador",
    "senior_official",
}
STATES = {country.alpha_3 for country in pycountry.countries} | {"XKX"}
BODIES = {
    "African Union",
    "Arab League",
    "ASEAN",
    "CSTO",
    "Council of Europe",
    "EU",
    "European Commission",
    "European Parliament",
    "GCC",
    "IAEA",
    "IMCTC",
    "NATO",
    "OIC",
    "OSCE",
    "Pacific Islands Forum",
    "SCO",
    "UN",
}
# Whose positions the watched proposals turn on: their seats may not be left out of the file.
SEATS_WITHOUT_A_GAP = {
    "head_of_state": "USA FRA RUS CHN UKR TUR PHL IDN KOR POL FIN ARM SAU TWN KIR",
    "head_of_government": "JPN AUS GBR DEU IND PAK NZL CAN ITA ESP SWE FIN IRL ARM HUN POL PNG SLB FJI MYS SGP",
    "foreign_minister": "USA JPN AUS GBR FRA DEU ITA IND CHN RUS UKR TUR SAU ARM IRL PHL SWE FIN NZL",
    "defence_minister": "USA JPN AUS GBR FRA DEU ITA IND RUS UKR TUR SAU ARM IRL PHL SWE FIN NZL",
    "head_of_body": "NATO EU UN ASEAN",
}
# No term starts after the day of the last review; move it when the file is reviewed.
REVIEWED = date(2026, 11, 24)
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

Row = dict[str, str]


def read() -> list[Row]:
    text = files("schemas").joinpath("actors", "office_holders.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), strict=True))


ROWS = read()


def bounds(partial: str) -> tuple[date, date]:
    """The first and the last day that a date with unknown day or month may mean."""
    match = PARTIAL_DATE.fullmatch(partial)
    assert match, f"{partial!r} is not YYYY, YYYY-MM or YYYY-MM-DD"
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    first = date(year, month or 1, day or 1)
    if day:
        return first, first
    following = date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    return first, following - timedelta(days=1)


def surely_overlap(earlier: Row, later: Row) -> bool:
    """Whether the later term began before the earlier one ended, whatever the unknown days are."""
    if not earlier["end"]:
        return True
    return bounds(later["start"])[1] < bounds(earlier["end"])[0]


def offices(role_class: str) -> Iterator[tuple[tuple[str, str], list[Row]]]:
    grouped: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in ROWS:
        if row["role_class"] == role_class:
            grouped[row["country"], row["office"]].append(row)
    for office, rows in grouped.items():
        yield office, sorted(rows, key=lambda row: bounds(row["start"]))


def holders_on(day: date, country: str, role_class: str) -> set[str]:
    return {
        row["name"]
        for row in ROWS
        if (row["country"], row["role_class"]) == (country, role_class)
        and bounds(row["start"])[0] <= day
        and (not row["end"] or day <= bounds(row["end"])[1])
    }


def describe(row: Row) -> str:
    return f"{row['name']} ({row['country']} {row['office']}, {row['start']} to {row['end'] or 'now'})"


def test_has_the_columns_that_the_readme_describes_and_at_least_400_rows() -> None:
    assert list(ROWS[0]) == COLUMNS
    assert len(ROWS) >= 400


@pytest.mark.parametrize("column", ["name", "country", "office", "role_class", "start"])
def test_every_row_fills_each_required_column(column: str) -> None:
    assert [row for row in ROWS if not row[column]] == []


def test_no_row_has_more_or_fewer_fields_than_the_header() -> None:
    assert [row for row in ROWS if set(row) != set(COLUMNS) or None in row.values()] == []


def test_no_field_or_alias_has_space_around_it_or_is_empty() -> None:
    values = [value for row in ROWS for value in row.values() if value]
    aliases = [alias for row in ROWS if row["aliases"] for alias in row["aliases"].split("|")]
    assert [value for value in values + aliases if not value or value != value.strip() or "  " in value] == []


def test_every_country_is_an_iso_alpha_3_code_or_a_known_body() -> None:
    assert {row["country"] for row in ROWS} - STATES - BODIES == set()


def test_every_state_is_in_the_country_list_too() -> None:
    text = files("schemas").joinpath("actors", "countries.toml").read_text(encoding="utf-8")
    listed = set(re.findall(r'^iso3 = "([A-Z]{3})"$', text, flags=re.MULTILINE))
    assert {row["country"] for row in ROWS} - BODIES - listed == set()


def test_every_role_class_is_one_of_the_nine() -> None:
    assert {row["role_class"] for row in ROWS} - ROLE_CLASSES == set()


def test_only_bodies_have_a_head_of_body() -> None:
    assert [describe(row) for row in ROWS if row["role_class"] == "head_of_body" and row["country"] in STATES] == []


def test_every_date_is_well_formed_and_exists() -> None:
    for row in ROWS:
        for partial in filter(None, (row["start"], row["end"])):
            bounds(partial)


def test_no_term_ends_before_it_starts() -> None:
    ended = [row for row in ROWS if row["end"]]
    assert [describe(row) for row in ended if bounds(row["end"])[1] < bounds(row["start"])[0]] == []


def test_no_term_starts_after_the_last_review() -> None:
    assert [describe(row) for row in ROWS if bounds(row["start"])[0] > REVIEWED] == []


@pytest.mark.parametrize(("role_class", "countries"), SEATS_WITHOUT_A_GAP.items())
def test_each_main_seat_has_a_holder_on_new_years_day_since_2016(role_class: str, countries: str) -> None:
    days = [date(year, 1, 1) for year in range(2016, REVIEWED.year + 1)]
    gaps = [(code, day) for code in countries.split() for day in days if not holders_on(day, code, role_class)]
    assert gaps == []


def test_no_person_holds_one_office_from_one_start_twice() -> None:
    seen = Counter((row["name"], row["office"], row["start"]) for row in ROWS)
    assert [key for key, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("role_class", ["head_of_state", "head_of_government", "foreign_minister", "defence_minister"])
def test_no_two_terms_in_one_single_seat_office_overlap(role_class: str) -> None:
    pairs = (pair for _, rows in offices(role_class) for pair in itertools.pairwise(rows))
    assert [f"{describe(a)} and {describe(b)}" for a, b in pairs if surely_overlap(a, b)] == []


def test_a_person_has_the_same_aliases_in_every_row() -> None:
    aliases: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        aliases[row["name"]].add(row["aliases"])
    assert [name for name, found in aliases.items() if len(found) > 1] == []


def test_no_full_name_stands_for_two_persons() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        for string in (row["name"], *row["aliases"].split("|")):
            if " " in string:
                owners[string].add(row["name"])
    assert {string: names for string, names in owners.items() if len(names) > 1} == {}


def test_no_alias_repeats_the_name_or_another_alias() -> None:
    strings = [(row["name"], *filter(None, row["aliases"].split("|"))) for row in ROWS]
    assert [names[0] for names in strings if len(set(names)) < len(names)] == []


def test_rows_are_sorted_by_country_office_and_start() -> None:
    keys = [(row["country"], row["office"], row["start"], row["name"]) for row in ROWS]
    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("day", "country", "role_class", "name"),
    [
        ("2024-10-02", "JPN", "head_of_government", "Shigeru Ishiba"),
        ("2024-09-30", "JPN", "head_of_government", "Fumio Kishida"),
        ("2022-05-18", "SWE", "head_of_government", "Magdalena Andersson"),
        ("2023-02-01", "EU", "head_of_body", "Josep Borrell"),
        ("2019-05-01", "IRL", "foreign_minister", "Simon Coveney"),
        ("2025-09-17", "SAU", "defence_minister", "Khalid bin Salman"),
        ("2024-02-23", "ARM", "head_of_government", "Nikol Pashinyan"),
        ("2022-04-19", "SLB", "head_of_government", "Manasseh Sogavare"),
        ("2025-10-06", "PNG", "head_of_government", "James Marape"),
        ("2026-08-01", "GBR", "head_of_government", "Andy Burnham"),
    ],
)
def test_names_the_holder_of_a_day(day: str, country: str, role_class: str, name: str) -> None:
    assert name in holders_on(date.fromisoformat(day), country, role_class)
