"""Dates of birth and ages: a date is one only beside a word that says so, an age only outside 12 to 29."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from youthvoice.model import Span
from youthvoice.nlp.pii.patterns.checks import real_date
from youthvoice.nlp.pii.patterns.pattern import Pattern, plain, search
from youthvoice.nlp.pii.patterns.words import CAPITAL, MONTH, NUMBER_WORDS

_TH = r"(?:st|nd|rd|th|er|re|ère|e)?"
_YEAR = r"(?:(?:19|20)\d{2}|['’]\d{2}|\d{2})"
_NUMERIC = r"(?:(?:19|20)\d{2} ?[-/. ] ?\d{1,2} ?[-/. ] ?\d{1,2}|\d{1,2} ?[-/. ] ?\d{1,2} ?[-/. ] ?(?:(?:19|20)\d{2}|\d{2}))"
_MONTH_FIRST = rf"{MONTH},? (?:the )?\d{{1,2}}{_TH}\b(?:,? ?(?:of )?{_YEAR}\b)?"
_DAY_FIRST = rf"\d{{1,2}}{_TH}(?: of| de)?[ -]?{MONTH}(?:,?(?: of| in| de)?[ -]?{_YEAR}\b)?"
_WORD_DAY = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    r"fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth|(?:twenty|thirty)[ -](?:first|second|"
    r"third|fourth|fifth|sixth|seventh|eighth|ninth)|premier|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|dix[ -](?:sept|huit|neuf)|vingt(?:[ -](?:et un|et[ -]un|deux|trois|quatre|cinq|six|sept|huit|neuf))?|trente(?:[ -]et[ -]un)?)"
)
_IN_WORDS = (
    rf"(?:{_WORD_DAY}(?: of)? {MONTH}|{MONTH} (?:the )?{_WORD_DAY})(?:,? (?:of )?{_YEAR}\b)?"
)
_YEAR_FIRST = rf"(?:19|20)\d{{2}}[ -]{MONTH}[ -]\d{{1,2}}"
_DATE = rf"(?<![\d$/.-])(?:{_YEAR_FIRST}|{_NUMERIC}|{_DAY_FIRST}|\b{_MONTH_FIRST})(?![\d%]|[-/.]\d)"
_BORN = plain(
    r"\b(?:born|birth ?(?:day|date)s?|birth|b-?day|bday|d\.?o\.?b\.?|b\.?o\.?d|née?s?|ne le|nee le|date de naissance|ddn|d\.d\.n|naissance|naiss|birth ?dt|came into (?:the|this) world|venue? au monde|(?<!l['’])anniversaire(?! d)|"
    r"naît|naquit|(?:mon|son|ton|leur|votre) anniv(?:ersaire)?|anniversaire ?:|(?:ma|sa|ta|leur|notre) f[êe]te|f[êe]te de (?:ma|mon|sa|son)|date de f[êe]te|bonne f[êe]te)(?!\w)"
)
_PARTY = plain(r"\bf[êe]te(?: (?:est|c['’]est|c|le|:))*[ :]*$")

_TURNS = plain(
    r"\b(?:turn(?:s|ed|ing)? \d\d(?: years old)?|(?:aurai|aura|auras|aurait|ai eu|a eu|avais|fête|fêté) (?:mes |ses )?\d\d ans?)"
    r"(?: on| le| this| this coming| next)?(?: the)? $"
)

_BORN_NEEDS = (
    "born", "birth", "b-day", "bday", "dob", "d.o", "b.o", "bod", "do.b", "né", "nee", "ne le", "naiss", "naît", "naquit", "ddn",
    "d.d.n", "anniv", "fête", "fete", "world", "monde",
)  # fmt: skip

BIRTH = (
    Pattern("birth_date", plain(_DATE), 0.95, "date beside “born”", check=real_date, near=_BORN, needs=_BORN_NEEDS),
    Pattern("birth_date", plain(_DATE), 0.85, "day somebody has a birthday", check=real_date, led_by=_TURNS, needs=("turn", "aurai", "aura", "ai eu", "a eu", "avais", "fêt",)),
    Pattern("birth_date", plain(rf"\b{_IN_WORDS}"), 0.9, "date beside “born”", near=_BORN, needs=_BORN_NEEDS),
    Pattern("birth_date", plain(_DATE), 0.85, "date after “fête”", check=real_date, led_by=_PARTY, needs=("fête", "fete",)),
    Pattern("birth_date", plain(r"(?<![\d$])(?:(?:19|20)\d{6}|\d{4}(?:19|20)\d{2}|\d{6})(?!\d)"), 0.9, "date beside “date of birth”", check=lambda found: real_date(found) if len(found) == 8 else True, led_by=plain(r"\b(?:dob|d\.o\.b\.?|date of birth|birth ?date|ddn|date de naissance|naissance)\b[^\d\n]{0,12}$"), needs=("dob", "d.o.b", "birth", "ddn", "naiss",)),
    Pattern("birth_date", plain(rf"\b(?:born|née?)(?: (?:in|on|en|le))? ({MONTH},? (?:19|20)\d{{2}})(?!\d)"), 0.85, "month after “born”", 1, needs=("born", "né",)),
)  # fmt: skip

_LITTLE = "one two three four five six seven eight nine ten eleven un deux trois quatre cinq six sept huit neuf dix onze"
_SPELLED = rf"(?:{'|'.join(sorted({*_LITTLE.split(), *(w for w, v in NUMBER_WORDS.items() if v >= 30)}, key=len, reverse=True))})(?:[ -](?:one|two|three|four|five|six|seven|eight|nine|et un|deux|trois|quatre|cinq|six|sept|huit|neuf))?"
_N = r"(?:1[01]|[1-9](?!\d)|[3-9]\d|10\d)"
_AGE = rf"(?:{_N}|{_SPELLED})"
_OLD = r"(?:[ -]?(?:yrs?|years?|y)(?:[ -]|/)?(?:o(?:ld)?s?|olds?)|[ -]?yo)\b"
_ANS = r"(?:[ -]?ans\b(?! (?:et demi|de\b|de prison|d['’]attente|après|plus tard|passés?|que|avant|sans|d['’]ancienneté|d['’]expérience|d['’]âge)))"
_NOT_MEASURE = (
    r"(?!\s?(?:%|percent|min|mins|minutes?|hours?|hrs?|hr|h|km|kms|k|m|cm|degrees?|feet|foot|ft|['’]\d|[”\"]|inch(?:es)?|dollars?|bucks|\$|"
    r"days?|weeks?|wks?|months?|mos?|ans?|years?|yrs?|th|st|nd|rd|x|pounds|lbs?|kg|people|kids|students|of|out|am|pm|times|more|in|"
    r"per|hundred|thousand|grand|jours?|mois|semaines?|fois|heures?|points?|e\b|minute|degrees?|celsius|block|blocks|stops?|different|th|percent|or|to|"
    r"grade|sur|pour|classes|courses|credits|families|friends|siblings|sisters|brothers|cops|bus|buses|pages?)\b|[\d.,:/-]\d|\$|%)"
)
_IS = r"(?:i['’]?m|i am|im|he['’]?s|she['’]?s|they['’]?re|hes|shes|theyre|he is|she is|who['’]?s|whos|is|was|were|be|am|turn(?:ed|ing|s)?|aged?|jus(?:t)? turned)"
_TOO_LONG = plain(
    r"\b(?:il y a|y ?['’]?a|depuis|pendant|dans|en|durant|après|aux|avant|sous|moins de|plus de|fait|pour|les|tous les|chaque|"
    r"bout de|d['’]ici|for|over|last|past|perdu|attend\w*|travaillé|under|than|every|ça fait|entre|ou|à|the|de)(?: (?:genre|like|presque))? $"
)
_NO_PERSON = plain(
    r"\b(?:it|there|that|this|which|what|rent|price|total|score|temp\w*|one|answer|bus|number|limit) ?(?:is|was|['’]s|be|s)?(?: (?:only|like|almost|barely|now))? $|\bits $"
)
_HAS = plain(
    r"(?:\b(?:a|ai|as|avait|avais|avaient|aura|aurai|ont|eu|moi|lui|elle|âgée?s? de|fêté|fête|l['’]âge de|même pas|juste|genre)|[,(:–—-]|^|[.!?\n]) ?$"
)
_TOO_LONG_EN = plain(
    r"\b(?:for|over|last|past|under|than|every|the|by|until|til|to|or|minus)(?: like)? $"
)

_PERSON = (
    r"(?:mom|mum|mama|dad|mother|father|parents?|sister|sis|brother|bro|twin|cousine?|cuz|aunt(?:ie|y)?|uncle|grand[\w-]+|granny|gran|nana?|kokum|kookum|"
    r"coach|teacher|teach|prof\w*|boss|manager|friend|buddy|kid|child|son|daughter|nephew|niece|boy|girl|guy|man|woman|lady|neighbou?r|worker|landlord|"
    r"husband|wife|partner|roommate|student|player|baby|toddler|"
    r"mère|mere|père|pere|maman|papa|frère|frere|s(?:oe|œ)ur|tante|oncle|mamie|papi|entra[iî]neure?|enseignante?|petite?|fille|fillette|fils|garçon|gars|amie?|"
    r"gérante?|patronne?|proprio|conjointe?|voisine?|homme|femme|dame|monsieur|monde|jeune|élève|enfant|bébé|gamine?|kid|ado|joueu(?:r|se)|neveu|nièce|chum|blonde|collègue|intervenante?)"
)

_BIRTH_WORD = plain(rf"{_BORN.pattern}|\bf[êe]t|\bturn(?:s|ed|ing)? \d|\b(?:aur|ai eu|a eu|avais)")

AGE = (
    Pattern("age", plain(rf"\b(?:{_PERSON}(?: [^\W\d_]+){{0,2}}|âgée?s?|agée?s?) (?:de |d['’])(?<![\w$.,-])({_AGE}[ -]?ans)\b(?! (?:de prison|d['’]exp|d['’]anc))"), 0.75, "âge après une personne", 1, needs=("ans",)),
    Pattern("age", plain(rf"(?<=[ (])({_AGE}(?: ?ans|{_OLD})?)(?=\s?[,).;!?]|$| (?:and|et|works?|travaille)\b)"), 0.7, "age after a person", 1, led_by=plain(rf"\b{_PERSON}(?:, | \(|, who['’]?s |, only |, barely |, à peine |, juste )$")),
    Pattern("age", plain(rf"\b[âa]ges?(?: is| est)? ?[:=]? ?({_AGE}(?: ?ans\b|{_OLD})?)(?=\s?[,).;!?]|$|\s(?:and|et|in|en|at|à|from|de)\b)"), 0.7, "after “age”", 1, needs=("age", "âge",)),
    Pattern("age", plain(rf"\b(?:turn(?:ed|s|ing)?|aged?) ({_SPELLED})(?= (?:last|this|next|yesterday|today|in|on|at|tomorrow|soon|a|and)\b|[,.;!?)])"), 0.7, "age after “turned”", 1, needs=("turn", "age",)),
    Pattern("age", plain(rf"\b(?:d['’]avoir|avoir|fêter|fêté|avait|aura) (?:ses |mes )?({_AGE}[ -]?ans)\b"), 0.7, "âge après « avoir »", 1, needs=("ans",)),
    Pattern("age", plain(rf"(?<![\w$.,-])({_AGE}{_OLD})"), 0.8, "age of a person", 1, unless=_TOO_LONG_EN, needs=("year", "yr", "yo", "y/o", "y o", "y-o",)),
    Pattern("age", plain(rf"(?<![\w$.,-])({_AGE} ?(?:yrs|years))(?=[,.!?)]|\s+(?:and|but)|$)"), 0.6, "age of a person", 1, led_by=plain(r"(?:\bi['’]?m|\bis|['’]s|\bam|, |\()\s?$"), needs=("yrs", "years",)),
    Pattern("age", plain(rf"(?<![\w$.,-])({_AGE}{_ANS})"), 0.8, "âge d’une personne", 1, unless=_TOO_LONG, led_by=_HAS, needs=("ans",)),
    Pattern("age", plain(rf"\b(?:à) ({_AGE} ans)\b(?=[,.]| (?:j|je|il|elle|on|pis|seulement)\b)"), 0.6, "âge d’une personne", 1, needs=("ans",)),
    Pattern("age", plain(rf"\b{_IS} (?:only |like |almost |barely |now )?({_N})\b{_NOT_MEASURE}(?=[\s,.;!?)]|$)"), 0.6, "age after “am” or “is”", 1, unless=_NO_PERSON),
    Pattern("age", plain(rf"\b{_IS} (?!one\b|un\b)({_SPELLED})(?=\s?[,.;!?)]| (?:and|but|when|now|so|years)\b|$)"), 0.6, "age after “am” or “is”", 1, unless=_NO_PERSON),
    Pattern("age", plain(rf"\b(?:lui|elle|moi|j['’]ai|il a|elle a|âge :?) ({_N})(?=\s?[.,;!?)]|$)"), 0.6, "âge d’une personne", 1),
    Pattern("age", plain(rf"(?<=[^\W\d_])(?: \(|, )({_N})(?=[,)]|\. [{'A-Z'}]|$)"), 0.6, "number after a name", 1, led_by=plain(rf"{CAPITAL}(?: {CAPITAL})*(?: \(|, )$")),
)  # fmt: skip

BESIDE = frozenset({"name", "place", "school", "team", "workplace", "shelter", "organisation"})
"""The kinds beside which an age tells who somebody is."""


def only_beside_others(spans: Sequence[Span]) -> list[Span]:
    """`spans` without the ages, where none of them is a name, a place or an institution: an age alone is nobody."""
    if any(span.kind in BESIDE for span in spans):
        return list(spans)
    return [span for span in spans if span.kind != "age"]


def find(text: str) -> Iterator[Span]:
    """Every date of birth of `text` and every age of at most 11 or at least 30 years (see `only_beside_others`)."""
    if _BIRTH_WORD.search(text):
        yield from search(BIRTH, text)
    yield from search(AGE, text)
