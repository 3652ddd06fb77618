"""Which themes of a codebook a message belongs to."""

from youthvoice.nlp.themes.words import ThemeTagger as ThemeTagger
