"""Settings: where they come from, and that the page about them is complete."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline.settings import Settings, load_settings

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("STANCEWIRE_HOME", raising=False)


def test_home_on_the_command_line_wins_over_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STANCEWIRE_HOME", str(tmp_path / "environment"))
    assert load_settings(tmp_path / "option").home == tmp_path / "option"
    assert load_settings().home == tmp_path / "environment"


def test_the_home_is_absolute(tmp_path: Path) -> None:
    assert load_settings(Path("here")).home == tmp_path / "here"


def test_a_file_in_the_home_is_read(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "stancewire.toml").write_text("shards = 7\n")
    assert load_settings(tmp_path / "home").shards == 7


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "stancewire.toml").write_text("shards = 7\n")
    monkeypatch.setenv("STANCEWIRE_SHARDS", "3")
    assert load_settings().shards == 3


def test_an_unknown_setting_in_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "stancewire.toml").write_text("shard = 7\n")
    with pytest.raises(ValidationError, match="shard"):
        load_settings()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_the_page_names_every_setting_with_its_meaning(name: str) -> None:
    line = next(line for line in PAGE.read_text().splitlines() if line.startswith(f"| `{name}` |"))
    field = Settings.model_fields[name]
    assert line.endswith(f"| {field.description} |")
    if field.default_factory is None and field.default is not None:
        assert f"| `{field.default}` |" in line
