"""What may be changed in a codebook's themes, and what a codebook must have: functions without a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from youthvoice.editorial import SLUG
from youthvoice.errors import BadInput, Note, NotFound, mark, note
from youthvoice.model import LANGUAGES, Bilingual, CodebookTheme
from youthvoice.nlp.pii import patterns

LONGEST = {"name": 80, "description": 600, "not_meant": 600}
LONGEST_EXAMPLE = 280
MOST_EXAMPLES = 20
FIELD_NAMES = {
    "name": mark("name"),
    "description": mark("description"),
    "not_meant": mark("what is not meant"),
}
LEADS_TO_SOMEBODY = ("url", "email", "phone", "handle", "address")

Themes = tuple[CodebookTheme, ...]


def with_level_one(themes: Sequence[CodebookTheme], level_one: Sequence[CodebookTheme]) -> Themes:
    """The same themes with every one of level 1, in their order, and each one's own themes after it."""
    given = {theme.id: theme for theme in themes if theme.level == 1}
    common = {theme.id for theme in level_one}
    found: list[CodebookTheme] = []
    for theme in level_one:
        found.append(_filled(given[theme.id], theme) if theme.id in given else theme)
        found += [one for one in themes if one.level == 2 and one.parent == theme.id]
    rest = [one for one in themes if one.level == 1 and one.id not in common]
    return (*found, *rest, *(o for o in themes if o.level == 2 and o.parent not in common))


def _filled(given: CodebookTheme, common: CodebookTheme) -> CodebookTheme:
    """A theme of level 1 as it is given, with what it leaves out as it was."""
    return replace(
        given,
        name={**common.name, **given.name},
        description={**common.description, **given.description},
        not_meant={**common.not_meant, **given.not_meant},
        examples=given.examples or common.examples,
    )


def check(themes: Sequence[CodebookTheme], level_one: Sequence[CodebookTheme]) -> None:
    """Refuse (`BadInput`) a codebook that is not complete, naming the theme and what it lacks.

    Every id is unique and short; level 1 is `level_one` and nothing else, under its own names; every other
    theme has one of them as its parent; names and descriptions are there in both languages.
    """
    common = {theme.id: theme for theme in level_one}
    seen: set[str] = set()
    for theme in themes:
        _check_id(theme, seen)
        _check_place(theme, common)
        _check_words(theme)
        seen.add(theme.id)
    missing = [ident for ident in common if ident not in seen]
    if missing:
        raise BadInput(
            note("The theme “%(theme)s” is missing: level 1 is always the same.", theme=missing[0])
        )


def _check_id(theme: CodebookTheme, seen: set[str]) -> None:
    if not SLUG.fullmatch(theme.id):
        raise BadInput(
            note("“%(theme)s” cannot be a theme’s id.", theme=theme.id[:80]),
            note("Use lower-case letters, digits and hyphens, at most 60: no-bus"),
        )
    if theme.id in seen:
        raise BadInput(
            note("There are two themes “%(theme)s”.", theme=theme.id),
            note("Every theme has an id of its own."),
        )


def _check_place(theme: CodebookTheme, common: Mapping[str, CodebookTheme]) -> None:
    known = note("Themes of level 1: %(themes)s", themes=", ".join(common))
    if theme.level == 1 and theme.id not in common:
        raise BadInput(
            note("The theme “%(theme)s” has no parent, and is none of level 1.", theme=theme.id),
            known,
        )
    if theme.level == 1 and dict(theme.name) != dict(common[theme.id].name):
        raise BadInput(
            note("The name of “%(theme)s” is the same in every topic.", theme=theme.id),
            note("Change its description instead, or add a theme under it."),
        )
    if theme.level != 1 and theme.id in common:
        raise BadInput(
            note("“%(theme)s” is a theme of level 1: it has no parent.", theme=theme.id), known
        )
    if theme.level != 1 and theme.parent not in common:
        raise BadInput(
            note(
                "The theme “%(theme)s” is under “%(parent)s”, which is none of level 1.",
                theme=theme.id,
                parent=(theme.parent or "-")[:60],
            ),
            known,
        )


def _check_words(theme: CodebookTheme) -> None:
    _check_both(theme.id, "name", theme.name)
    _check_both(theme.id, "description", theme.description)
    if any(theme.not_meant.values()):
        _check_both(theme.id, "not_meant", theme.not_meant)
    for said in theme.examples.values():
        _check_examples(theme.id, said)


def _check_both(ident: str, field: str, text: Bilingual) -> None:
    what = Note(FIELD_NAMES[field])
    for language in LANGUAGES:
        words = text.get(language, "").strip()
        if not words:
            raise BadInput(
                note(
                    "“%(field)s” of theme “%(theme)s” is missing in: %(language)s.",
                    field=what,
                    theme=ident,
                    language=language,
                ),
                note("A codebook is complete in both languages, or it is none."),
            )
        if len(words) > LONGEST[field]:
            raise BadInput(
                note(
                    "“%(field)s” of theme “%(theme)s” has more than %(most)s characters.",
                    field=what,
                    theme=ident,
                    most=LONGEST[field],
                )
            )


def _check_examples(ident: str, said: Sequence[str]) -> None:
    if len(said) > MOST_EXAMPLES or any(len(text) > LONGEST_EXAMPLE for text in said):
        raise BadInput(
            note(
                "The theme “%(theme)s” has at most %(n)s examples a language, of %(most)s characters.",
                theme=ident,
                n=MOST_EXAMPLES,
                most=LONGEST_EXAMPLE,
            )
        )
    if any(span.kind in LEADS_TO_SOMEBODY for text in said for span in patterns.find(text)):
        raise BadInput(
            note("An example of “%(theme)s” names an address, a number or a link.", theme=ident),
            note("Take it out, or write another example. Nothing was changed."),
        )


def find(themes: Sequence[CodebookTheme], ident: str) -> CodebookTheme:
    """The theme of this id. Raises `NotFound`."""
    for theme in themes:
        if theme.id == ident:
            return theme
    raise NotFound(
        note("There is no theme “%(theme)s” in this codebook.", theme=ident[:60]),
        note("Themes in it: %(themes)s", themes=", ".join(one.id for one in themes)),
    )


def rename(themes: Sequence[CodebookTheme], ident: str, name: Bilingual) -> Themes:
    """Another name for a theme of the topic's own; its id stays."""
    own = _own(themes, ident)
    return tuple(replace(one, name=dict(name)) if one.id == own.id else one for one in themes)


def merge(themes: Sequence[CodebookTheme], ident: str, into: str) -> Themes:
    """One theme into another, which keeps its id and words and takes over the first one's examples."""
    gone, kept = _own(themes, ident), find(themes, into)
    if gone.id == kept.id:
        raise BadInput(note("A theme cannot be merged into itself."))
    examples = {
        language: _together(kept.examples.get(language, ()), gone.examples.get(language, ()))
        for language in LANGUAGES
    }
    merged = replace(kept, examples=examples)
    return tuple(merged if one.id == into else one for one in themes if one.id != ident)


def _together(first: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*first, *more]))[:MOST_EXAMPLES]


def split(
    themes: Sequence[CodebookTheme], ident: str, first: CodebookTheme, second: CodebookTheme
) -> Themes:
    """Two themes in place of one of the topic's own, at its place. One of them may keep its id."""
    whole = _own(themes, ident)
    if first.id == second.id:
        raise BadInput(
            note("There are two themes “%(theme)s”.", theme=first.id),
            note("Every theme has an id of its own."),
        )
    parts = [replace(part, level=2, parent=part.parent or whole.parent) for part in (first, second)]
    found: list[CodebookTheme] = []
    for one in themes:
        found += parts if one.id == ident else [one]
    return tuple(found)


def remove(themes: Sequence[CodebookTheme], ident: str) -> Themes:
    """Without a theme of the topic's own."""
    own = _own(themes, ident)
    return tuple(one for one in themes if one.id != own.id)


def add(themes: Sequence[CodebookTheme], new: CodebookTheme) -> Themes:
    """With one more theme, of level 2."""
    if any(one.id == new.id for one in themes):
        raise BadInput(
            note("There are two themes “%(theme)s”.", theme=new.id),
            note("Every theme has an id of its own."),
        )
    return (*themes, new)


def _own(themes: Sequence[CodebookTheme], ident: str) -> CodebookTheme:
    found = find(themes, ident)
    if found.level == 1:
        raise BadInput(
            note("“%(theme)s” is a theme of level 1: it is in every codebook.", theme=ident),
            note("Only a topic’s own themes are renamed, merged, split or removed."),
        )
    return found
