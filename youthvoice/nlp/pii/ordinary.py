"""Words that are hardly ever a name, however they are written: they need a surer detector to be hidden.

Function words are spaCy's stop words, days and months are Babel's (Unicode CLDR), both in both languages;
the short lists below are how young people write, and what consultations of young people are about: the theme of a
sentence stays. Words that are names as well (Patience, Art, White) are in neither. A French verb with its pronoun
("parlez-nous", "dis-moi") looks like a name in two parts and is none.
"""

from __future__ import annotations

import functools
import re

from babel import Locale

from youthvoice.nlp.pii.lists import fold

CHAT = (
    "rt im ima ive ill youre yall ya u ur r n b c cya lol lmao lmfao rofl haha hahaha omg omfg idk idc ngl tbh fr "
    "smh icymi imo imho brb ttyl dm bro bruh bestie sis dude girl boy mom mum dad mama papa grandma grandpa gonna "
    "wanna gotta gotcha cuz bc tho thx pls plz okay ok yes yeah yea nah nope hi hey hello bye goodnight monday "
    "mdr ptdr jsp jpp tkt stp svp wsh wesh oklm askip osef frr tg vs ct jv jte jme jsuis chu chui jvais jai "
    "pk pcq pq pis faque ben bah ouais ouin nn nan ok dac dsl slt cc bjr bsr bref merci salut bonjour allo voila "
    "maman papa mamie papi grand-maman frérot mec meuf gars fille chum blonde prof madame monsieur mademoiselle "
    "est-ce c'est j'ai t'es qu'est-ce vrai vraie vrais vraies"
)
THEMES = (
    "math maths science sciences english french anglais français française homework devoirs school schools "
    "école écoles student students élève élèves étudiant étudiante étudiants étudiantes teacher teachers "
    "profs teen teens youth jeunes volunteer volunteers volunteering bénévole bénévoles bénévolat newcomer "
    "newcomers immigrant immigrants immigrante immigrantes refugee refugees réfugié réfugiés mentor mentors "
    "mentore mentores mentoring mentorat racism racist racisme raciste sexism sexist sexisme sexiste homophobia "
    "homophobie transphobia transphobie bullying intimidation hijab hijabs turban turbans anxiety anxiété bus "
    "transit transport jobs emploi emplois rien nothing everything"
)
_COMMANDS = re.compile(
    r"\w{2,}(?:(?:ez|ons)-(?:nous|moi|les|leur|lui|la|le|en|y)|[eis]s?-(?:moi|nous))"
)


def is_ordinary(word: str) -> bool:
    """Whether a word is hardly ever a name."""
    plain = fold(word)
    return plain in words() or _COMMANDS.fullmatch(plain) is not None


@functools.cache
def words() -> frozenset[str]:
    """The words, folded."""
    from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH
    from spacy.lang.fr.stop_words import STOP_WORDS as FRENCH

    found = {*ENGLISH, *FRENCH, *CHAT.split(), *THEMES.split()}
    for code in ("en", "fr"):
        locale = Locale(code)
        found |= {str(name) for name in locale.days["format"]["wide"].values()}
        found |= {str(name) for name in locale.months["format"]["wide"].values()}
    return frozenset(fold(word) for word in found)
