"""A first proposal of themes: words that suggest them, counted. A person accepts or corrects.

The words are data (`defaults/themes.toml`); the version is a digest of them, so a changed list is a
new model whose proposals stand beside the old ones until people decide.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from youthvoice.model import Language, Theme, ThemeScore

MOST = 3
"""How many themes one message is given at most."""


class ThemeTagger:
    """Proposes themes of one codebook."""

    def __init__(self, themes: Sequence[Theme]) -> None:
        self._patterns = {
            theme.id: {language: _pattern(words) for language, words in theme.words.items()}
            for theme in themes
        }
        digest = hashlib.sha256(repr([(t.id, sorted(t.words.items())) for t in themes]).encode())
        self.version = f"words-{digest.hexdigest()[:8]}"

    def propose(self, text: str, language: Language) -> tuple[ThemeScore, ...]:
        """The best themes of a masked text, each with a score from 0 to 1; none if no word fits."""
        spoken = [str(language)] if language in (Language.EN, Language.FR) else ["en", "fr"]
        plain = text.lower().replace("’", "'")
        found: list[ThemeScore] = []
        for theme, patterns in self._patterns.items():
            hits = {hit for lang in spoken for hit in patterns[lang].findall(plain)}
            if hits:
                found.append(ThemeScore(theme, round(1 - 0.5 ** len(hits), 3)))
        found.sort(key=lambda score: -score.score)
        return tuple(found[:MOST])


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    # A word list holds beginnings: "famil" finds family and families. Longer ones first.
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(r"\b(" + "|".join(re.escape(word) for word in ordered) + ")")
