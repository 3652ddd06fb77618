"""Identifiers that have a form: handle, e-mail, telephone, address of a page, postal code, SIN, school.

Each pattern says its kind and confidence; numbers with a check digit are checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from youthvoice.model import Span

DETECTOR = "patterns-1"


class Pattern(NamedTuple):
    """One form: the `group` of `regex` is the span, where `check` of it holds."""

    kind: str
    regex: re.Pattern[str]
    score: float
    reason: str
    group: int = 0
    check: Callable[[str], bool] | None = None


def luhn(text: str) -> bool:
    """Whether the digits of `text` pass the Luhn check (ISO/IEC 7812-1, annex B), as every SIN does."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    doubled = [
        d if i % 2 == 0 else (d * 2 - 9 if d > 4 else d * 2) for i, d in enumerate(digits[::-1])
    ]
    return sum(doubled) % 10 == 0


def _sin(text: str) -> bool:
    # No SIN begins with 0 (fictitious numbers do) or 8 (Service Canada, SIN code of practice).
    return text[0] not in "08" and luhn(text)


_I = re.IGNORECASE
_CAP = r"[A-ZÀ-ÖØ-Þ][\w'’.-]*"
# A name after a phrase that announces one; capitals do not matter to people who type on a phone.
_NAME = r"([^\W\d_][\w'’-]{1,24}(?-i:(?: [A-ZÀ-ÖØ-Þ][\w'’-]{1,24})?))"
# Words that follow "my friend", "mon ami" without being a name.
_NO_NAME = (
    r"(?!(?:and|who|is|was|were|has|had|said|says|in|at|on|to|of|for|the|my|a|an|not|just|like|from|"
    r"with|that|this|but|or|it|they|he|she|got|because|group|groups|so|when|does|did|can|could|would|"
    r"told|died|helped|helps|goes|went|works|moved|left|lives|et|qui|est|était|a|ont|dit|dans|à|au|du|"
    r"de|pour|le|la|les|mon|ma|un|une|pas|mais|ou|il|elle|parce|quand|avec|sur|en|tout|plus|très|"
    r"m[ae]?|me|va|aussi|travaille|habite)\b)"
)

PATTERNS = (
    Pattern(
        "email",
        re.compile(
            r"(?<![\w.+-])[\w.+-]{1,64} ?(?:@|\(at\)|\[at\]) ?[\w-]{1,63}(?: ?(?:\.|\(dot\)|\[dot\]) ?[a-z]{2,24}){1,5}",
            _I,
        ),
        0.99,
        "form of an e-mail address",
    ),
    Pattern(
        "url",
        re.compile(
            r"\b(?:https?://|www\.)\S{1,2000}|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:com|ca|org|net|gg|ly|io|me|co|app|tv|be|info|xyz)\b(?:/\S*)?",
            _I,
        ),
        0.95,
        "form of a web address",
    ),
    Pattern("handle", re.compile(r"(?<![\w@])@[\w.]{2,40}\b"), 0.99, "begins with @"),
    Pattern(
        "handle",
        re.compile(
            r"\b(?:snap(?:chat)?|insta(?:gram)?|ig|discord|tiktok|psn|gamertag|pseudo)(?: (?:is|est|c'est|name))?"
            r" ?[:=]? ?([a-z0-9][\w.#-]*[\d_.#][\w.#-]*)",
            _I,
        ),
        0.9,
        "follows the name of a network",
        group=1,
    ),
    Pattern(
        "sin",
        re.compile(r"(?<!\d)\d{3}[ .-]?\d{3}[ .-]?\d{3}(?!\d)"),
        0.95,
        "nine digits with a valid check digit",
        check=_sin,
    ),
    Pattern(
        "phone",
        re.compile(
            r"(?<![\d-])(?:\+?1[ .-]?)?\(?[2-9]\d{2}\)?[ .-]{0,2}\d{3}[ .-]?\d{4}(?!\d)|(?<![\d$-])\d{3}[ .-]\d{4}(?!\d)"
        ),
        0.95,
        "form of a telephone number",
    ),
    Pattern(
        "postal",
        # Letters D F I O Q U never occur, W and Z not first (Canada Post addressing guidelines).
        re.compile(r"\b[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d\b", _I),
        0.98,
        "form of a Canadian postal code",
    ),
    Pattern(
        "address",
        re.compile(
            rf"\b\d{{1,5}}[,]? (?:(?:{_CAP}|\w+) ){{1,3}}(?:street|st|avenue|ave|road|rd|drive|crescent|cres|blvd|boulevard|lane|court)\b"
            r"|\b\d{1,5},? (?:rue|avenue|boulevard|boul\.|chemin|ch\.) (?:[\w'’-]+ ?){1,3}",
            _I,
        ),
        0.85,
        "number and street",
    ),
    Pattern(
        "school",
        re.compile(
            rf"\b(?:(?:{_CAP} ){{1,4}}(?:[Hh]igh(?: [Ss]chool)?|[Ss]econdary(?: [Ss]chool)?|[Cc]ollegiate(?: [Ii]nstitute)?|SS|HS|CI|[Mm]iddle [Ss]chool|[Pp]ublic [Ss]chool|[Ee]lementary(?: [Ss]chool)?))\b"
        ),
        0.9,
        "name before the kind of school",
    ),
    Pattern(
        "school",
        re.compile(
            rf"\b(?:[ÉEée]cole|[Cc]ollège|[Ll]ycée|[Cc]egep|[Cc]égep)(?: (?:secondaire|catholique|publique|élémentaire|primaire|intermédiaire))*"
            rf" ((?:(?:de la|de l['’]|du|des|de|La|Le|Les|De La) ?)?{_CAP}(?:[ -]{_CAP}){{0,3}})"
        ),
        0.9,
        "name after the kind of school",
    ),
    Pattern(
        "school",
        re.compile(r"\b(?:at|attend|go to|à) ((?:st|ste|saint|sainte)\.?[ -][\w'’-]+)", _I),
        0.8,
        "a saint's name after “at”",
        group=1,
    ),
    Pattern(
        "name",
        re.compile(
            rf"\b(?:my name is|my name's|name's|je m['’]appelle|mon nom est|mon nom c['’]est|moi c['’]est) {_NO_NAME}{_NAME}",
            _I,
        ),
        0.95,
        "announced as a name",
        group=1,
    ),
    Pattern(
        "name",
        re.compile(
            rf"\b(?:my (?:best )?(?:friend|sister|brother|cousin|mentor|coach|teacher|boyfriend|girlfriend|aunt|uncle)|"
            rf"mon (?:ami|frère|cousin|mentor|coach|prof|chum|oncle|amie)|ma (?:soeur|sœur|cousine|blonde|tante|prof|mentore)) {_NO_NAME}{_NAME}",
            _I,
        ),
        0.6,
        "follows a relation",
        group=1,
    ),
    Pattern(
        "name",
        re.compile(
            rf"\b(?:Mr|Mrs|Ms|Miss|Mme|Madame|Monsieur|M\.|Dr|coach|Coach)\.? ({_CAP}(?: {_CAP})?)"
        ),
        0.85,
        "follows a title",
        group=1,
    ),
)


def find(text: str) -> Iterator[Span]:
    """Every span of `text` that has the form of an identifier."""
    for pattern in PATTERNS:
        for match in pattern.regex.finditer(text):
            start, end = match.span(pattern.group)
            if start < 0 or (pattern.check is not None and not pattern.check(text[start:end])):
                continue
            yield Span(start, end, pattern.kind, pattern.score, DETECTOR, pattern.reason)
