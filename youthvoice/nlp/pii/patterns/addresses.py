"""Where somebody lives or gets mail: streets, corners, boxes, rural routes, postal codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from youthvoice.model import Span
from youthvoice.nlp.pii.patterns.pattern import Pattern, plain, search
from youthvoice.nlp.pii.patterns.words import CAPITAL, MONTH, ORDINARY

# Types of street that no ordinary phrase ends with: the name before them may be in lower case.
_SURE = (
    r"(?:street|str|st|avenue|aven|ave|road|rd|crescent|cresc|cres|crt|boulevard|blvd|bvd|lane|ln|side ?road|sdrd|"
    r"townline|highway|hwy|parkway|pkwy|terrace|terr|trail|trl)\b\.?"
)
# Types that are words as well: the name before them has a capital.
_LOOSE = (
    r"(?:drive|dr|court|ct|cr|way|place|pl|circle|cir|close|gate|grove|heights|hts|hill|line|path|ridge|row|run|square|sq|"
    r"walk|view|loop|gardens|gdns|manor|mews|common|quay|landing|point|pt|cove|bay|private|pvt|alley|vista|wharf|rang|"
    r"crossing|green|park|meadow|woods|glen|hollow|bend|gateway|esplanade|promenade|beach|island|estates?|concession|"
    r"conc|av|bd|sideline|trailway|commons|garden|track|bush)\b\.?"
)
_SIDE = r"(?:north|south|east|west|nord|sud|est|ouest|[nsewo]\.?|ne|nw|se|sw)(?!\w)"
_UNIT_WORD = r"(?:apt|apartment|appartement|appt|app|unit|unité|suite|ste|bureau|porte|room|rm|chambre|basement|bsmt|floor|local|lot|#|no)"
_UNIT = rf"(?:,? ?(?:{_UNIT_WORD}\.? ?(?:no\.? ?|# ?)?\d{{0,5}}[ -]?(?:\d+|[a-z])?\b|(?:basement|bsmt|sous-sol|upper|lower|rez-de-chaussée)\b))"
_BEFORE = (
    rf"(?:(?:{_UNIT_WORD}\.? ?#? ?\d{{1,5}}[a-z]?(?:-[a-z0-9])?|#\d{{1,5}}[a-z]?),? ?[-–]? ?)?"
)
_NUMBER = rf"(?<![\w$€./-])(?<!\d[,:]){_BEFORE}(?<![\w$€])\d{{1,5}}(?: ?-?[a-g]\b)?(?: ?1/2| ?½)?(?: (?:bis|ter|quater)\b)?(?: ?[-–] ?\d{{1,5}}[a-z]?)?(?![\d%$€:]|[.,]\d|/\d)"
_STOP = (
    r"(?!(?:the|a|an|of|to|on|in|at|my|our|your|ur|his|her|their|this|that|these|and|or|for|from|with|is|are|was|were|i|"
    r"we|they|it|its|per|every|each|more|most|other|some|blocks?|minutes?|mins?|min|hours?|hrs?|hr|days?|weeks?|months?|"
    r"years?|yrs?|km|kms|m|metres?|meters?|miles?|mile|feet|ft|foot|kids?|people|cars?|cops?|times?|down|up|across|along|"
    r"percent|dollars?|bucks|lane|lanes|way|ways|different|houses?|stops?|bus|buses|only|just|not|no|off|near|by|like|"
    r"grade|and|then|when|because|cuz|if|but|so|am|pm|am|half|years|old|ans|fois|jours?|heures?|min|personnes)\b)"
)
_NAME = rf"(?:{_STOP}[^\W_][\w'’.-]{{0,24}} ){{1,3}}"
_NAMED = rf"(?:{CAPITAL}\.? ){{1,4}}"
_TAIL = rf"(?: ?\d{{1,3}}\b)?(?:,? {_SIDE})?{_UNIT}{{0,2}}"

_LIVES = (
    r"(?:live[sd]?|living|stay(?:s|ing|ed)?|house(?: is)?|home(?: is)?|addr?ess(?: is|s)?|addy(?: is)?|adresse(?: est| c['’]est)?|"
    r"moved|mail(?:ed|ing)?|j['’]?habite|habit\w+|reste|resté|déménagé\w*|demeure|loge)"
)

_UNIT_NEEDS = (
    "ap", "unit", "suite", "ste", "bureau", "porte", "room", "rm", "chambre", "basement", "bsmt", "floor", "local", "lot", "#", "no",
)  # fmt: skip
_NO_DIGIT = r"(?![^\W\d]*\d)"
_HOUSE_UNIT = (
    rf"(?:{_UNIT_WORD}\.? ?#? ?\d{{1,5}} ?-?[a-z]?\b|{_UNIT_WORD}\.? ?#? ?[a-z]\b|#\d{{1,5}}[a-z]?)"
)

STREET = (
    Pattern("address", plain(rf"(?<!\w)\d{{1,2}}(?:e|er|ème|st|nd|rd|th) (?:étage|floor),? (?:at |of |au |du )?(?:\d{{1,5}}[a-g]?,? (?:{_NAME}(?:{_SURE})|(?:rue|avenue|av\.?|boul\.?|chemin|ch\.?) (?:(?:des|du|de la|de) )?{CAPITAL}|{CAPITAL})){_TAIL}"), 0.88, "floor, number and street", needs=("tage", "floor")),
    Pattern("address", plain(rf"(?<!\w){_HOUSE_UNIT}(?:,? ?[-–]? | ?, ?)(?:(?:at|of|in|au|du|de|@) )?(?:the )?\d{{1,5}}[a-h]?,? (?:(?:rue|avenue|av\.?|boul\.?|chemin|ch\.?) )?(?:(?:des|du|de la|de) )?{_NO_DIGIT}(?!(?:{MONTH})\b){CAPITAL}(?: (?:{_SURE}|{_LOOSE}))?{_TAIL}"), 0.88, "unit, number and street", needs=_UNIT_NEEDS),
    Pattern("address", plain(rf"{_NUMBER},? {_NO_DIGIT}{CAPITAL}(?: {CAPITAL})?,? \(?(?:{_UNIT_WORD})\.? ?#? ?(?:\d{{1,5}}[a-z]?|[a-z])\b\)?"), 0.88, "number, street and unit", needs=_UNIT_NEEDS),
    Pattern("address", plain(rf"(?<!\w)(?:lot|site|emplacement|trailer|cabin|chalet) ?#?\d{{1,4}}[a-z]?,? (?:on |off |sur )?(?:the )?(?:{_NAME}{_SURE}|{_NAMED}(?:{_LOOSE}|{_SURE})){_TAIL}"), 0.88, "lot and street", needs=("lot", "site", "trailer", "emplacement", "cabin", "chalet",)),
    Pattern("address", plain(rf"{_NUMBER},? {_NAME}{_SURE}{_TAIL}"), 0.92, "number and street"),
    Pattern("address", plain(rf"{_NUMBER},? {_NAMED}(?:{_LOOSE}|{_SURE}){_TAIL}"), 0.92, "number and street"),
    Pattern(
        "address",
        plain(rf"{_NUMBER},? {_NAME}{_LOOSE}{_TAIL}"),
        0.8,
        "number and street after “live”",
        led_by=plain(rf"\b{_LIVES} (?:\S+ )?(?:at |is |in |on |au |to )?:? ?$|\b(?:addy|address|adresse)\b"),
        needs=("live", "living", "stay", "house", "home", "add", "adr", "moved", "mail", "habit", "rest", "demeure", "déménag", "log",),
    ),
    Pattern("address", plain(rf"{_NUMBER} {_NO_DIGIT}{CAPITAL}(?: {_NO_DIGIT}{CAPITAL})? (?:east|west|north|south|(?-i:Est)|ouest|nord|sud|(?-i:[EWNSO]))\b\.?{_UNIT}{{0,2}}"), 0.85, "number, street and side"),
    Pattern(
        "address",
        plain(
            rf"{_NUMBER},? (?:(?:county|regional|township|twp|rural|provincial|municipal|concession|conc\.?|line|sideroad|side road|range|rang|grid) )?"
            rf"(?:road|rd\.?|highway|hwy\.?|route|rte\.?|concession|conc\.?|line|side ?road|rang|autoroute|chemin|ch\.) ?#?\d{{1,3}}\b{_TAIL}"
        ),
        0.9,
        "number and numbered road",
    ),
    Pattern("address", plain(rf"{_NUMBER},? \d{{1,3}}(?:st|nd|rd|th) (?:{_NAME})?(?:{_SURE}|{_LOOSE}){_TAIL}"), 0.88, "number and numbered street"),
    Pattern(
        "address",
        plain(rf"{_LIVES} (?:at|au|is|c['’]est|:)? ?({_NUMBER} {_STOP}(?!(?:{MONTH})\b)(?:(?:des|du|de la|de l['’]) ?)?[^\W\d_][\w'’-]{{2,24}})"),
        0.75,
        "number after “live at”",
        group=1,
        check=lambda found: found.split()[-1].lower() not in ORDINARY,
        needs=("live", "living", "stay", "house", "home", "add", "adr", "moved", "mail", "habit", "rest", "demeure", "déménag", "log",),
    ),
)  # fmt: skip

_RUE = (
    r"(?:rue|avenue|ave?\.?|boulevard|boul\.?|bl?v?d\.?|chemin|chem\.?|ch\.?|rang|rg|allée|impasse|ruelle|promenade|prom\.?|croissant|"
    r"crois\.?|terrasse|autoroute|montée|sentier)"
)
_RUE_LOOSE = r"(?:place|pl\.?|côte|cour|route|rte\.?|cercle|carré|passage|voie|square|quai|cours|domaine|traverse|jardin|carrefour|parc)"
_OF = r"(?:(?:de la|de l['’]|des|du|de|d['’]|la|le|les|l['’]|aux?|à la|st[e.]?|saint[e]?|ch) ?)"
_PLAIN_WORD = r"(?!(?:et|ou|pis|pour|avec|dans|à|au|qui|que|est|sont|on|je|il|elle|mais|y|ça|c|a|ont|par|sur|en|plus|pas|où|app|appt|apt|unité)\b)[^\W_][\w'’-]*"
_FR_NAME = rf"(?:{_OF}{{0,3}}(?:\d{{1,3}}e (?:rang|concession|ligne)|{CAPITAL}\.?(?: (?:{_OF}{{0,2}}){CAPITAL}){{0,3}}|{_PLAIN_WORD}(?: {CAPITAL}){{0,2}})(?: \d{{1,3}}\b)?)"
_FR_TAIL = rf"(?:(?<=\b[NSEO])\.)?(?: {_SIDE})?{_UNIT}{{0,2}}"
RUE = (
    Pattern("address", plain(rf"{_NUMBER} ?,? ?(?:\d{{1,3}}(?:e|er|re|ère|ème|ième) )?{_RUE} {_FR_NAME}{_FR_TAIL}"), 0.92, "number and street"),
    Pattern("address", plain(rf"{_NUMBER} ?,? ?{_RUE_LOOSE} {_OF}{{0,3}}{CAPITAL}(?: {_OF}{{0,2}}{CAPITAL}){{0,3}}{_FR_TAIL}"), 0.9, "number and street"),
    Pattern("address", plain(rf"{_NUMBER} ?,? ?\d{{1,3}}(?:e|er|re|ère|ème|ième) (?:{_RUE}|{_RUE_LOOSE}|concession|ligne)\b{_FR_TAIL}"), 0.9, "number and numbered street"),
)  # fmt: skip

_BOX = r"(?:(?:box|boîte|boite|casier|site|comp|compartment|emplacement|group|stn|succ\.?|station|lot|gd) ?#?[\w-]{1,12})"
MAIL = (
    Pattern("address", plain(rf"(?<!\w)(?:p\.? ?o\.? ?box|post(?:al)? office box|c\.? ?p\.?|b\.? ?p\.?|case postale|casier postal|boîte postale|boite postale) ?(?:#|no\.?|:)? ?\d{{1,6}}\b(?:,? {_BOX}){{0,3}}"), 0.92, "post office box"),
    Pattern("address", plain(rf"(?<!\w)(?:{_BOX},? )?(?:r\.? ?r\.?|rural route|route rurale|h\.? ?c\.?|s\.? ?s\.?) ?(?:#|no\.?)? ?\d{{1,2}}\b(?!['’]?\w)(?:,? {_BOX}){{0,3}}"), 0.9, "rural route"),
    Pattern("address", plain(rf"(?<!\w)(?:site|comp|compartment) \d{{1,4}},? {_BOX}(?:,? {_BOX}){{0,2}}"), 0.9, "rural box", needs=("site", "comp",)),
    Pattern("address", plain(r"(?<!\w)(?:fire|911|emergency|civic|blue|green) ?(?:number|no\.?|num|#|sign|route) ?#?(?:is |: ?)?\d{2,6}[a-z]?\b|\bnuméro (?:civique|de feu|d['’]urgence) ?:? ?\d{2,6}\b"), 0.88, "fire number", needs=("fire", "911", "emergency", "civic", "blue", "green", "numéro",)),
    Pattern("address", plain(r"(?<!\w)lot ?#?\d{1,4}[a-z]?,? (?:con(?:c(?:ession)?)?\.?|plan|rang|range|line) ?#?[\divx]{1,5}\b"), 0.9, "lot and concession", needs=("lot",)),
    Pattern("address", plain(r"(?<!\w)(?:lot|site|trailer|roulotte|emplacement) ?#?\d{1,4}[a-z]?\b"), 0.75, "lot where somebody lives", near=plain(rf"\b(?:{_LIVES}|trailer|park|parc|reserve|réserve|at|au)\b"), needs=("lot", "site", "trailer", "emplacement",)),
    Pattern("address", plain(r"(?<!\w)(?:(?:concession|conc\.?|line|sideroad|side road|rang|county road|regional road|range road|grid road|township road|dump road|hwy|highway)(?: (?:road|rd\.?))? ?#?\d{1,3}\b|\d{1,2}(?:st|nd|rd|th|e) (?:line|concession|sideroad|side road|rang|ligne))(?: (?:north|south|east|west|[nsew]\b))?"), 0.75, "numbered road where somebody lives", led_by=plain(rf"\b(?:{_LIVES}|house|farm|ferme|maison|trailer) (?:\S+ ){{0,3}}(?:on|off|at|past|sur|dans|au)?(?: the| le)? ?$"), needs=("live", "living", "stay", "house", "home", "add", "adr", "moved", "mail", "habit", "rest", "demeure", "déménag", "log", "farm", "ferme", "maison", "trailer",)),
)  # fmt: skip

_ROAD = rf"(?:\d{{1,3}}(?:st|nd|rd|th|e)|{CAPITAL}(?: {CAPITAL})?)(?: (?:street|st|avenue|ave|road|rd|drive|dr|blvd|cres|crescent|lane|way|line)\b\.?)?"
_ANY = r"(?!(?:the|my|our|a|le|la|un|une|ma|mon|town)\b)[^\W_][\w'’-]+(?: (?:street|st|avenue|ave|road|rd|drive|dr|blvd|cres|crescent)\b\.?)?"
_AMP = r" ?(?:and|&|et|/|\bx\b|at|@|\+|n|'n'|pis) ?"
_WHERE = plain(
    r"\b(?:street ?lights?|bus(?:es)?|stop|corner|intersection|lights?|crosswalk|blocks?|walk(?:s|ed|ing)?|park(?:s|ed|ing)?|cops?|"
    r"police|plaza|apartments?|building|live[sd]?|house|store|traffic|carded|jumped|shelter|downtown|arrêt|feux?|traverse|"
    r"lumières?|passage|trottoir|autobus|habit\w+|coin|marché|sidewalk|potholes?|bike|accident|hit|dépanneur|tims|mcdo\w*|mall)\b"
)
_NO_CORNER = plain(
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|toronto|ottawa|hamilton|ontario|quebec|québec|canada|"
    r"january|february|april|june|july|august|september|october|november|december|walmart|christmas|english|french|"
    r"instagram|snapchat|tiktok|discord|\b(?:i|my|the)\b"
)


def _is_corner(found: str) -> bool:
    return _NO_CORNER.search(found) is None and found.split()[-1].lower() not in ORDINARY


CORNER = (
    Pattern("address", plain(rf"\b({_ROAD} ?(?:and|&|et|/|x|n|@) ?{_ROAD})(?= (?:corner|intersection|plaza|bus stop|stop|lights?)\b)"), 0.85, "street corner", 1, check=_is_corner),
    Pattern("address", plain(rf"\b(?:coin|angle|intersection)(?: (?:de la|des|du|de))? ((?:\d{{1,3}}e (?:rue|avenue|rang|concession)|(?:rue |avenue |chemin )?{CAPITAL}) (?:et|pis|&) (?:(?:de la|du|de) )?(?:\d{{1,3}}e (?:rue|avenue|rang|concession)|(?:rue |avenue |chemin )?{CAPITAL}))"), 0.9, "street corner", 1),
    Pattern("address", plain(r"(?<!\w)(?:general delivery|poste restante)\b(?:,? (?:stn|station) \w+)?"), 0.8, "general delivery", needs=("general del", "poste rest",)),
    Pattern("address", plain(rf"\b(?:corner|intersection|cross(?:ing)? streets?)(?: of)?:? ({_ROAD}{_AMP}{_ROAD})"), 0.9, "street corner", 1, needs=("corner", "intersection", "cross",)),
    Pattern("address", plain(rf"\b(?:corner|intersection)(?: of)? ({_ANY}(?: and | & |/| n | et ){_ANY})"), 0.85, "street corner", 1, check=_is_corner, needs=("corner", "intersection",)),
    Pattern("address", plain(rf"\b(?:coin|angle|intersection|croisement)(?: (?:de la|de l['’]|des|du|de|d['’]))? ?(?:rues? )?((?:{_OF}{{0,2}}{CAPITAL}(?: {CAPITAL})?){_AMP}(?:(?:de |du |de la |la )?(?:rue )?){CAPITAL}(?: {CAPITAL})?)"), 0.9, "street corner", 1, needs=("coin", "angle", "intersection", "croisement",)),
    Pattern("address", plain(r"\b(?:coin|angle|intersection)(?: (?:de la|des|du|de))? (?:rues? )?([^\W\d_][\w'’-]+ (?:et|pis|&) [^\W\d_][\w'’-]+)"), 0.8, "street corner", 1, check=lambda found: not ORDINARY & set(re.split(r"\W+", found.lower())) - {"et", "pis"}, needs=("coin", "angle", "intersection",)),
    Pattern("address", plain(rf"\b({CAPITAL}(?: {CAPITAL})?(?: (?:st|ave|rd|street|road)\b\.?)?(?:/| coin | corner ){CAPITAL}(?: (?:st|ave|rd|street|road)\b\.?)?)"), 0.7, "street corner", 1, check=_is_corner, near=plain(r"\b(?:bus|stop|arrêt|live|lives|habite|corner|lights?|cops?|police)\b")),
    Pattern("address", plain(rf"\b(?:on|at|near|by|off|around|over|of|between|from|à|sur|entre|près de) ({_ROAD} ?(?:and|&|et|n) ?{_ROAD})(?!['’]s)"), 0.7, "two streets", 1, check=_is_corner, near=_WHERE),
    Pattern("address", plain(r"\b(?:on|at|near|by|rues?) ([^\W\d_][\w'’-]+ (?:st|ave|rd|street|avenue|road|blvd)\b\.? ?(?:and|&|n|et) ?[^\W\d_][\w'’-]+(?: (?:st|ave|rd|street|avenue|road|blvd)\b\.?)?)"), 0.8, "two streets", 1, check=_is_corner),
)  # fmt: skip

_FIRST, _LATER = "ABCEGHJ-NPRSTVXY", "ABCEGHJ-NPRSTV-Z"
POSTAL = (
    # Letters D F I O Q U never occur, W and Z not first (Canada Post addressing guidelines).
    Pattern("postal", plain(rf"(?<![^\W_])[{_FIRST}]\d[{_LATER}][ .·\-–_/]{{0,3}}\s?\d[{_LATER}]\d(?![^\W_])"), 0.98, "form of a Canadian postal code"),
    Pattern(
        "postal",
        plain(rf"(?<![^\W_])[{_FIRST}][\doil][{_LATER}0][ .\-–_]{{0,3}}[\doil][{_LATER}][\doil](?![^\W_])"),
        0.85,
        "postal code with O for 0 or I for 1",
        check=lambda found: sum(sign.isdigit() for sign in found) >= (1 if found.isupper() else 2),
    ),
    Pattern("postal", re.compile(rf"(?<![^\W_])[{_FIRST}][ .-]\d[ .-][{_LATER}][ .-]{{1,3}}\d[ .-][{_LATER}][ .-]\d(?![^\W_])"), 0.9, "spaced postal code"),
    Pattern("postal", plain(rf"(?<![^\W_])[{_FIRST}] \d [{_LATER}] {{1,2}}\d [{_LATER}] \d(?![^\W_])"), 0.9, "spaced postal code", near=plain(r"postal|address|adresse")),
    Pattern("postal", plain(r"(?<![^\W_])[a-z]\d[a-z][ -]?\d[a-z]\d(?![^\W_])"), 0.9, "six signs after “postal code”", near=plain(r"postal|code|zip|adress|adresse|address")),
)  # fmt: skip


def find(text: str) -> Iterator[Span]:
    """Every address and postal code of `text`."""
    if any("0" <= sign <= "9" for sign in text):
        yield from search(STREET, text)
        yield from search(RUE, text)
        yield from search(MAIL, text)
        yield from search(POSTAL, text)
    yield from search(CORNER, text)
