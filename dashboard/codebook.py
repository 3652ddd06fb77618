"""What people call a topic's themes, and whose colour and shape they have: the common ones and the topic's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard import look
from youthvoice.flow.context import Context
from youthvoice.model import CodebookStatus
from youthvoice.store import codebooks
from youthvoice.store.engine import Tx
from youthvoice.store.rollups import NOT_SURE
from youthvoice.strings import Translator


@dataclass(frozen=True)
class Themes:
    """The themes of a topic in one language. `parents`: of a topic's own theme, the common one it is under.

    `current`: the topic's own themes in the newest version that was signed off.
    """

    names: Mapping[str, str]
    parents: Mapping[str, str]
    common: tuple[str, ...]
    current: tuple[str, ...]
    not_sure: str

    def name(self, theme: str) -> str:
        """What people call a theme; the id itself where no version of the codebook knows it."""
        return self.not_sure if theme == NOT_SURE else self.names.get(theme, theme)

    def sign_of(self, theme: str) -> str:
        """The id whose colour and shape a theme has."""
        return self.parents.get(theme, theme)

    def sign(self, theme: str) -> look.Sign:
        """How a theme looks."""
        return look.sign(self.sign_of(theme))

    def is_own(self, theme: str) -> bool:
        """Whether a theme is one of the topic's own."""
        return theme not in self.common and theme != NOT_SURE


def of_topic(context: Context, tx: Tx, topic_id: int, t: Translator) -> Themes:
    """The themes of a topic: the common ones, and those of every version of its codebook that was signed.

    A theme keeps its id; the newest version says what it is called.
    """
    names = {theme.id: theme.name[t.language] for theme in context.themes}
    common = tuple(names)
    parents: dict[str, str] = {}
    current: tuple[str, ...] = ()
    for version in reversed(codebooks.versions(tx, topic_id)):
        if version.status is CodebookStatus.FROZEN:
            own = [one for one in version.themes if one.id not in common]
            current = tuple(one.id for one in own)
            names.update((one.id, one.name[t.language]) for one in own)
            parents.update((one.id, one.parent) for one in own if one.parent)
    return Themes(names, parents, common, current, t("Not sure yet"))
