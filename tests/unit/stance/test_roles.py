"""What a role phrase tells of its bearer."""

import pytest

from pipeline.stance.roles import told_role


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("Mr", None),
        ("time", None),
        (None, None),
        ("Prime Minister", "Prime Minister"),
        ("historian", "historian"),
        ("a baker of long standing", "a baker of long standing"),
    ],
)
def test_a_role_is_told_only_where_it_says_something(phrase: str | None, told: str | None) -> None:
    assert told_role(phrase) == told
