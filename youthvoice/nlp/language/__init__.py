"""The language of a short message: English, French, both mixed, another one, or undecided."""

from youthvoice.nlp.language.reading import dominant as dominant
from youthvoice.nlp.language.reading import identify as identify
from youthvoice.nlp.language.reading import read as read
