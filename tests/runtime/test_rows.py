"""Every row of the table of behaviours has a test that stands for it."""

from .rows import ALL, claimed


def test_every_row_is_claimed() -> None:
    assert [number for number in ALL if number not in claimed()] == []


def test_no_claim_of_a_row_that_is_not_there() -> None:
    assert {number: names for number, names in claimed().items() if number not in ALL} == {}
