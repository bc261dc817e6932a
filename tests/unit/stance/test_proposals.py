"""The watchlist as data."""

from pathlib import Path

import pytest

from pipeline.stance import is_relevant, load_proposals


def test_watchlist_has_unique_ids_and_wordings() -> None:
    proposals = load_proposals()
    assert len({p.id for p in proposals}) == len(proposals) == 20
    assert all(p.aliases for p in proposals)


def test_every_alias_makes_a_text_relevant() -> None:
    for proposal in load_proposals():
        for alias in proposal.aliases:
            assert is_relevant(None, f"Talk of {alias} again.")


def test_doubled_id_is_refused_with_a_remedy(tmp_path: Path) -> None:
    path = tmp_path / "proposals.toml"
    path.write_text('[[proposal]]\nid = "a"\nname = "A"\n[[proposal]]\nid = "a"\nname = "B"\n')
    with pytest.raises(ValueError, match="occurs twice"):
        load_proposals(path)
