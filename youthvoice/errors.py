"""The refusals and failures of this program, each with a sentence for the person who meets it.

A `Note` is a message id of the catalogue with its values; it becomes a sentence only at the edge
(command, page), in that person's language. Values never hold what a young person wrote, a handle,
a receipt or a token.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """A sentence of the catalogue: `id` in English with %(name)s places, and their `values`."""

    id: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.id % dict(self.values)  # a value that is a note says itself


def note(msgid: str, **values: object) -> Note:
    """Mark `msgid` for the catalogue and bind its values."""
    return Note(msgid, values)


def mark(msgid: str) -> str:
    """Mark `msgid` for the catalogue where it is data; it is translated when it is shown."""
    return msgid


class YouthVoiceError(Exception):
    """Something a person must know: what happened, what was kept, what to do next.

    `exit_code` is what a command ends with: 1 the world refused, 2 the input was wrong.
    """

    exit_code = 1

    def __init__(self, what: Note, next_step: Note | None = None) -> None:
        super().__init__(str(what))
        self.what = what
        self.next_step = next_step

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes whole."""
        return type(self), (self.what, self.next_step)


class Refused(YouthVoiceError):
    """A rule of the editorial workflow says no (who may, in which status, with what)."""


class BadInput(YouthVoiceError):
    """A file, an argument or a field that cannot be taken as it is; nothing of it was stored."""

    exit_code = 2


class NotFound(BadInput):
    """The thing that was named does not exist here."""


class StoreUnavailable(YouthVoiceError):
    """The database cannot be read or written now: full, locked, read-only, missing, out of date."""


class ModelMissing(YouthVoiceError):
    """A language model that the settings name is not installed or does not load."""


class ChannelError(Exception):
    """A failure of a channel. Its text is a code, never the platform's answer or a person's words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RetryAt(ChannelError):
    """The platform asks to wait; `seconds` from now. Nothing was posted."""

    def __init__(self, code: str, seconds: float) -> None:
        super().__init__(code)
        self.seconds = seconds

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes whole."""
        return type(self), (self.code, self.seconds)


class Ambiguous(ChannelError):
    """Nobody knows whether the post went live: look on the own timeline before trying again."""


class Duplicate(ChannelError):
    """The platform says that this very post is out already: look for it on the own timeline."""


class Rejected(ChannelError):
    """The platform will never take this draft as it is (too long, forbidden)."""


class NotAllowedToReply(Rejected):
    """The platform refuses this reply: its target did not call us, is gone, or closed its replies."""


class OutOfCredit(ChannelError):
    """The money for calls is used up, at the platform or by our own cap. Nothing was posted."""


class AuthFailed(ChannelError):
    """The credentials are missing, wrong, revoked or may not do this. Nothing was posted."""


class Unavailable(ChannelError):
    """The platform cannot be reached; nothing was posted."""
