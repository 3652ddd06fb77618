"""Codebooks: drafts of a topic's themes, made by one person and signed off by another.

A codebook that was signed off is frozen: messages are coded and mapped with it, and it is never changed.
The next draft begins with its themes and keeps their ids.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from youthvoice import defaults
from youthvoice.errors import Refused, note
from youthvoice.flow import codebook_edits, trail
from youthvoice.flow.codebook_edits import Themes
from youthvoice.flow.context import Context
from youthvoice.model import Actor, Codebook, CodebookStatus, CodebookTheme, Role
from youthvoice.store import codebooks, topics
from youthvoice.store.engine import Tx


class Drafted(NamedTuple):
    """A draft as it is now, and the themes of the last frozen version that are no longer in it."""

    codebook: Codebook
    gone: tuple[str, ...]


def level_one(context: Context) -> Themes:
    """The themes of level 1, the same in every topic, with what they mean."""
    told = defaults.load("theme_descriptions", context.settings.home)
    return tuple(
        CodebookTheme(
            theme.id,
            1,
            None,
            dict(theme.name),
            # An operator's own list of themes may have no descriptions: then the names say what is meant.
            told.get(theme.id, {}).get("description", dict(theme.name)),
            not_meant=told.get(theme.id, {}).get("not_meant", {}),
        )
        for theme in context.themes
    )


def base(context: Context, tx: Tx, topic_id: int) -> Themes:
    """What the next edit begins with: the draft, else the newest frozen version, else level 1 alone."""
    found = codebooks.find(tx, topic_id)
    return tuple(found.themes) if found else level_one(context)


def show(context: Context, slug: str, version: int | None = None) -> Codebook:
    """A version of a topic's codebook (None: the newest, draft or frozen). Raises `NotFound`."""
    with context.store.read() as tx:
        return codebooks.get(tx, topics.get(tx, slug).id, version)


def edit(context: Context, slug: str, themes: Sequence[CodebookTheme], actor: Actor) -> Drafted:
    """Put these themes as the topic's draft, in place of an earlier draft.

    Raises `BadInput` that names what is not complete; then nothing is changed.
    """
    return _change(context, slug, lambda _now: tuple(themes), actor, "edit themes")


def merge(context: Context, slug: str, ident: str, into: str, actor: Actor) -> Drafted:
    """Merge one theme into another in the topic's draft, or in a new draft of its frozen version."""
    return _change(
        context, slug, lambda now: codebook_edits.merge(now, ident, into), actor, "merge themes"
    )


def _change(
    context: Context, slug: str, how: Callable[[Themes], Themes], actor: Actor, action: str
) -> Drafted:
    _check_role(actor)
    common = level_one(context)
    today = context.settings.today().date()
    with context.store.write() as tx:
        topic = topics.get(tx, slug, lock=True)
        old = codebooks.find(tx, topic.id)
        now = base(context, tx, topic.id)
        themes = codebook_edits.with_level_one(how(now), _as_it_is(now, common))
        codebook_edits.check(themes, common)
        if old is not None and old.status is CodebookStatus.DRAFT:
            new = codebooks.replace_draft(tx, old.id, themes, actor.name, today)
        else:
            new = codebooks.add_draft(tx, topic.id, themes, actor.name, today)
        frozen = codebooks.newest_frozen(tx, topic.id)
        trail.record(context, tx, actor, action, f"topic {slug} version {new.version}")
    return Drafted(new, gone(frozen, new))


def _as_it_is(now: Themes, common: Themes) -> Themes:
    """Level 1 as this topic has described it so far, under the installation's names."""
    mine = {theme.id: theme for theme in now if theme.level == 1}
    return tuple(replace(mine[one.id], name=one.name) if one.id in mine else one for one in common)


def gone(old: Codebook | None, new: Codebook) -> tuple[str, ...]:
    """Themes of an older version that a newer one has not."""
    kept = {theme.id for theme in new.themes}
    return tuple(theme.id for theme in old.themes if theme.id not in kept) if old else ()


def sign_off(context: Context, slug: str, actor: Actor) -> Codebook:
    """Sign a draft off: from now on it is frozen. Refused for the person who made it."""
    _check_role(actor)
    with context.store.write() as tx:
        topic = topics.get(tx, slug, lock=True)
        draft = codebooks.find(tx, topic.id)
        if draft is None or draft.status is not CodebookStatus.DRAFT:
            raise Refused(
                note("There is no draft of the themes of “%(topic)s”.", topic=slug),
                note("Make one with: youthvoice themes propose, then youthvoice themes edit"),
            )
        if actor.name.strip().casefold() == draft.made_by.strip().casefold():
            raise Refused(
                note("A second person must sign this off: you wrote it yourself."),
                note("Ask another member of the committee to read it and sign it off."),
            )
        codebook_edits.check(draft.themes, level_one(context))
        frozen = codebooks.freeze(tx, draft.id, actor.name, context.settings.today().date())
        subject = f"topic {slug} version {frozen.version}"
        trail.record(context, tx, actor, "sign off themes", subject)
    return frozen


def _check_role(actor: Actor) -> None:
    if actor.role != Role.EDITOR:
        raise Refused(note("Only a member of the committee changes or signs off themes."))
