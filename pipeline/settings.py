"""All settings, from the environment (`STANCEWIRE_*`) and `stancewire.toml`; every number with its reason beside it.

The environment wins over the file; a file in the current folder wins over one in the deployment's home.
"""

from pathlib import Path

import platformdirs
from pydantic import Field
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource


class Settings(BaseSettings):
    """Every setting of a deployment; see docs/settings.md."""

    model_config = SettingsConfigDict(env_prefix="STANCEWIRE_", extra="forbid", frozen=True)

    home: Path = Field(
        default_factory=lambda: Path(platformdirs.user_data_dir("stancewire", appauthor=False)),
        description="Folder that holds all that a deployment writes; nothing is written elsewhere.",
    )

    feeds: Path | None = Field(default=None, description="The feed list; the one that ships with stancewire if unset.")

    # sources
    user_agent: str = Field(
        default="stancewire/0.1 (+https://stancewire.example/bot)",
        description="Sent with every request; put a page or an address there where a publisher can reach you.",
    )
    total_timeout: float = Field(default=30.0, gt=0, description="Seconds for one whole exchange, redirects included.")
    connect_timeout: float = Field(default=10.0, gt=0, description="Seconds to connect and shake hands.")
    max_wire_bytes: int = Field(default=8 << 20, gt=0, description="Bytes read from the network for one response.")
    max_body_bytes: int = Field(default=15 << 20, gt=0, description="Bytes of one body after decompression.")
    max_redirects: int = Field(default=5, ge=0, description="Redirects followed before a response is refused.")
    max_entries: int = Field(default=1000, gt=0, description="Entries read from one feed; more are a recorded fault.")
    host_delay: float = Field(
        default=1.0, ge=0, description="Seconds between two requests to one host (none if local)."
    )
    respect_robots: bool = Field(default=True, description="Ask robots.txt before fetching an article page.")
    fetch_workers: int = Field(default=8, gt=0, description="Hosts fetched from at the same time.")
    shards: int = Field(default=4, gt=0, description="Parts that a run's feeds are divided into (mapped tasks).")

    # articles
    max_page_bytes: int = Field(default=5 << 20, gt=0, description="Bytes of one page that extraction accepts.")
    max_page_tags: int = Field(default=60_000, gt=0, description="Tags of one page; 300,000 cost 7 s and 565 MB.")
    extract_timeout: float = Field(default=10.0, gt=0, description="Seconds for one page in the extraction process.")
    extract_memory: int = Field(default=1 << 30, gt=0, description="Bytes of memory for the extraction process.")
    min_text_chars: int = Field(default=120, ge=0, description="Shorter texts are quarantined as `text_too_short`.")

    # stance
    min_confidence: float = Field(
        default=0.5, ge=0, le=1, description="Below it a statement goes to review and moves no position."
    )

    # quality
    max_failure_share: float = Field(
        default=0.2,
        ge=0,
        le=1,
        description="Share of a stage's records in quarantine above which a run is not published.",
    )

    # shifts
    corroboration_direct: int = Field(default=1, ge=1, description="Publishers needed for a shift quoted directly.")
    corroboration_indirect: int = Field(
        default=2, ge=1, description="Publishers needed for a shift reported indirectly."
    )
    split_window: int = Field(default=7, ge=0, description="Days within which two officials who differ make a `split`.")
    news_window: int = Field(default=7, ge=0, description="Days after which a statement is history, not news.")
    same_statement_days: int = Field(
        default=3, ge=0, description="Days within which reports of one position are one statement."
    )

    # warehouse
    keep_snapshots: int = Field(default=7, ge=1, description="Published snapshots kept; readers may hold old ones.")
    sql_timeout: float = Field(default=30.0, gt=0, description="Seconds for one ad-hoc query.")
    sql_memory: int = Field(default=2 << 30, gt=0, description="Bytes of memory for one ad-hoc query.")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then the environment, then the current folder's file, then that of the home."""
        del dotenv_settings, file_secret_settings
        home = init_settings().get("home") or env_settings().get("home")
        files = [Path(home) / "stancewire.toml"] if home else []
        # Later files win, so the current folder's comes last.
        files.append(Path("stancewire.toml"))
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, files))


def load_settings(home: Path | None = None) -> Settings:
    """The settings of a deployment; `home` (from `--home`) wins over the environment and the file.

    Raises pydantic's ValidationError, which names the setting and what is wrong with it.
    """
    base = Settings() if home is None else Settings(home=home)
    return base.model_copy(update={"home": base.home.expanduser().absolute()})
