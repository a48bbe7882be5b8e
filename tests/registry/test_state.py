"""Slots: one process each, kept as long as there is something in them."""

from pathlib import Path

from cogc.registry.state import claimed


def test_a_slot_that_is_taken_leaves_the_next(tmp_path: Path) -> None:
    with claimed(tmp_path, "host", "blob") as first, claimed(tmp_path, "host", "blob") as second:
        assert first.path != second.path
        with claimed(tmp_path, "host", "other") as third:
            assert third.path not in (first.path, second.path)
    assert not list(tmp_path.iterdir())


def test_a_slot_keeps_what_was_saved(tmp_path: Path) -> None:
    with claimed(tmp_path, "blob") as slot:
        slot.save({"offset": 7})
    with claimed(tmp_path, "blob") as slot:
        assert slot.load() == {"offset": 7}
        slot.clear()
        assert slot.load() == {}
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_read_is_forgotten(tmp_path: Path) -> None:
    with claimed(tmp_path, "blob") as slot:
        slot.save({"offset": 7})
        (state,) = tmp_path.glob("*.json")
        for text in ("", "{", "[]", "null"):
            state.write_text(text)
            assert slot.load() == {}
