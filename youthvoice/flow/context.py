"""What a flow works with: the store, the keys, the analyser, the channels; wired once by `app`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from youthvoice.channels.base import Channel
from youthvoice.errors import BadInput, note
from youthvoice.model import Analysis, Language, Ministry, Theme, ThemeScore
from youthvoice.nlp.reader import Reader
from youthvoice.settings import Settings
from youthvoice.store.engine import Store
from youthvoice.trust.keys import PublicKeys


class Analysing(Protocol):
    """The machine's part, however it runs (in this process or in several)."""

    @property
    def theme_version(self) -> str:
        """The version of its proposals."""
        ...

    @property
    def reader(self) -> Reader:
        """What reads feelings, themes of a codebook and positions."""
        ...

    def propose(self, masked_text: str, language: Language) -> Sequence[ThemeScore]:
        """The theme proposals for a text that is masked already."""
        ...

    def analyse(self, texts: Sequence[str], topic: str | None = None) -> list[Analysis]:
        """What the machine says of each normalised text; names of the topic's own list stay."""
        ...

    def recognisable(self, masked_text: str, language: Language, earlier: Sequence[str]) -> bool:
        """Whether what stays readable singles the writer out, with what they said before."""
        ...


@dataclass(frozen=True)
class Context:
    """Everything a flow may use. `analyser` is a function: the models load when first needed."""

    settings: Settings
    store: Store
    keys: PublicKeys = field(repr=False)
    analyser: Callable[[], Analysing]
    channels: Mapping[str, Channel]
    themes: tuple[Theme, ...]
    ministries: Mapping[str, Ministry]
    caps: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """The monthly cap (US dollars) of each (channel, account) that costs something."""

    def channel(self, name: str) -> Channel:
        """The channel of this name. Raises `BadInput` where there is none."""
        if name not in self.channels:
            raise BadInput(
                note("There is no channel “%(name)s” here.", name=name),
                note("Channels here: %(channels)s", channels=", ".join(self.channels) or "-"),
            )
        return self.channels[name]

    @property
    def priced(self) -> frozenset[str]:
        """The channels whose calls cost something."""
        return frozenset(channel for channel, _account in self.caps)

    def now(self) -> datetime:
        """The present moment."""
        return datetime.now(UTC)
