"""Numbers on papers and devices: SIN, cards, licences, accounts, plates, addresses of networks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from youthvoice.model import Span
from youthvoice.nlp.pii.patterns.checks import (
    card,
    digits,
    iban,
    ipv4,
    ipv6,
    like_iban,
    luhn,
    mixed,
    ramq,
    sin,
)
from youthvoice.nlp.pii.patterns.pattern import Pattern, plain, search
from youthvoice.nlp.pii.patterns.words import some

_S = r"[ .\-–/_]{0,3}"
_NO_MORE = r"(?!\d|[.,-]\d)"
_NO_LESS = r"(?<![\d$€])(?<!\d[.,-])"
_SIN_WORDS = plain(
    r"\b(?:s\.?i\.?n\.?s?|n\.?a\.?s\.?|social insurance|social ins|assurance[ -]sociale|numéro d['’]assurance|sin ?#|soc(?:ial)? ?#)(?!\w)"
)
SIN = (
    Pattern("sin", re.compile(rf"{_NO_LESS}\d{{3}}{_S}\d{{3}}{_S}\d{{3}}{_NO_MORE}"), 0.97, "nine digits with a valid check digit", check=sin),
    Pattern("sin", re.compile(rf"{_NO_LESS}\d(?:[ .,\-–/_]{{0,3}}\d){{8}}{_NO_MORE}"), 0.96, "nine digits after “SIN”", check=luhn, near=_SIN_WORDS),
    Pattern("sin", re.compile(rf"{_NO_LESS}\d(?:[ .,\-–/_]{{0,3}}\d){{8}}{_NO_MORE}"), 0.85, "nine digits after “SIN”, check digit wrong", led_by=_SIN_WORDS),
)  # fmt: skip

_HEALTH_WORDS = plain(
    r"\b(?:health|ohip|carte santé|carte sante|carte soleil|assurance[ -]maladie|ramq|hcn|medicare|phn|hc ?#|no de santé|santé|soleil|carte)\b"
)
_VERSION = (
    r"(?:,? ?(?:version|ver|v)\.?(?: code)? (?-i:[A-Z]{2})\b)?(?:[ .\-–,/]{0,3}(?-i:[A-Z]{2})\b|[ .\-–,]{0,2}(?:(?!(?:is|in|it|on|my|so|to|if|an|as|at|be|by|do|go|he|hi|me|no|of|or|up|us|we|am|id|im|ok|lo|"
    r"et|de|du|la|le|en|un|ou|au|il|on|je|tu|ça|ca|se|sa|ma|va|ya|pk|tt|ke|ki)\b)[a-z]{2})\b)?"
)
HEALTH = (
    Pattern("health_card", plain(rf"{_NO_LESS}\d{{4}}[ .\-–/]{{1,3}}\d{{3}}[ .\-–/]{{1,3}}\d{{3}}(?!\d){_VERSION}"), 0.97, "form of an Ontario health card"),
    Pattern("health_card", re.compile(rf"{_NO_LESS}\d{{10}}(?!\d)[ -]?[A-Z]{{2}}\b"), 0.96, "ten digits and a version code", check=luhn),
    Pattern("health_card", plain(rf"{_NO_LESS}\d{{4}}{_S}\d{{3}}{_S}\d{{3}}(?!\d){_VERSION}"), 0.97, "ten digits with a valid check digit after “health card”", check=luhn, near=_HEALTH_WORDS),
    Pattern("health_card", plain(rf"{_NO_LESS}\d{{10}}{_NO_MORE}"), 0.9, "ten digits with a valid check digit", check=luhn),
    Pattern("health_card", plain(rf"(?:health (?:card|number|no|num|#|insurance)|ohip|carte santé|carte sante|no de santé)\D{{0,25}}?({_NO_LESS}\d(?:[ .\-–]{{0,2}}\d){{9}}(?!\d){_VERSION})"), 0.96, "ten digits after “health card”", 1),
    Pattern("health_card", re.compile(r"(?<!\w)[A-Z]{4}[ .-]{0,2}(?:\d{4}[ .-]{0,2}\d{4}|\d{6}[ .-]{0,2}\d{2})(?![ -]?\d)"), 0.97, "form of a Québec health card", check=ramq),
    Pattern("health_card", plain(r"(?<!\w)[a-z]{4}[ .-]{0,2}\d{4}[ .-]{0,2}\d{4}(?![ -]?\d)"), 0.97, "form of a Québec health card", near=plain(r"ramq|maladie|soleil|carte|health")),
    Pattern("health_card", plain(r"(?:health (?:card|number|no\.?|num|#)|carte santé|phn|medicare|assurance[ -]maladie)\D{0,20}?(\d(?:[ .-]?\d){8,11})(?!\d)"), 0.9, "number after “health card”", 1),
)  # fmt: skip

_LICENCE_WORDS = r"(?:(?:driver['’]?s?|drivers|driving) licen[cs]es?|licen[cs]e (?:no\.?|number|num|#)|licen[cs]e|licence|permis(?: de conduire)?|g1|g2|permit)"
LICENCE = (
    Pattern("driver_licence", plain(r"(?<![^\W_])[a-z] ?\d{4}[ .\-–/]{0,3}\d{5}[ .\-–/]{0,3}\d{5}(?!\d)"), 0.98, "form of an Ontario driver’s licence"),
    Pattern("driver_licence", plain(r"(?<![^\W_])[a-z] ?\d{4}[ .\-–/]{0,3}\d{6}[ .\-–/]{0,3}\d{2}(?!\d)"), 0.97, "form of a Québec driver’s licence"),
    Pattern("driver_licence", plain(rf"\b{_LICENCE_WORDS}\b\D{{0,25}}?(?<![^\W_])((?:[a-z]{{1,2}} ?-?)?\d(?:[ -]?\d){{5,14}})(?!\w|%)"), 0.93, "number after “licence”", 1, check=lambda found: len(digits(found)) >= 6, needs=("licen", "permi", "g1", "g2",)),
    Pattern("passport", plain(r"\b(?:passports?|passeports?)\b\D{0,25}?(?<![^\W_])([a-z]{1,2} ?\d{6,8}(?:[a-z]{2})?|[a-z]\d{6}[a-z]{2}|\d{7,9})(?!\w)"), 0.93, "number after “passport”", 1, needs=("pass",)),
    Pattern("passport", plain(r"\b(?:status (?:card|no\.?|number)|band (?:no\.?|number|#)|registry (?:no\.?|number)|treaty (?:no\.?|number|card)|uci|iuc|pr card|numéro de bande|carte de statut|client id|permis d['’](?:études|travail)|(?:study|work) permit)\b\D{0,20}?(?<![^\W_])([a-z]{0,2}\d(?:[ -]?\d){5,12})(?!\w)"), 0.94, "number after the name of a document", 1, needs=("status", "band", "bande", "registry", "treaty", "uci", "iuc", "pr card", "statut", "client", "permi",)),
)  # fmt: skip

_STUDENT = (
    r"(?:(?:students?['’]?s?|stu|stud|pupil['’]?s?|learner|school|college|campus|uni|matric(?:ulation)?|enroll?ment|trillium|osap|ouac|ocas)\.? ?(?:numbers?|numbr|numb|nmbr|num|nbr|no|nos|n°|#|id|i\.d\.|identification|identifier|login|card|code|account|record|file|reference)|"
    r"i\.?d\.?(?: number| card| no| #)? (?:at|from|for|in) (?:my |the |our )?(?:school|college|board|uni\w*|class|campus)|"
    r"number (?:at|in) (?:my )?(?:school|college)|oens?|ontario education(?: number)?|trillium|nis[oé]|immatriculation scolaire|dossier (?:scolaire|étudiante?|d['’]élève)|"
    r"(?:num[ée]ros?|no|nos|n°|n o|#|num|carte|code|id|identifiant)\.? ?(?:d['’ ]?|de l['’ ]|de |à l['’])?(?:fiche |dossier )?(?:[ée]tudiant|[ée]cole|c[ée]gep|[ée]l[èe]ve|[ée]tudiante|scolaire|[ée]colier)(?:e?s)?|"
    r"numéro étudiante?|matricule|code permanent|(?:school|board|campus|college) id(?: number| no)?|stud(?:ent)? ?#|(?-i:DA)|(?:mon|le|ton|son|my) da|(?:[ée]l[èe]ve|[ée]tudiante?) ?(?:no|num|numéro|n°|#)|id ?#|id étudiante?|n[uo]m?\.? ?da)"
)
_STUDENT_NUMBER = (
    r"(?![2-9]\d\d[ .-]\d{3}[ .-]\d{4}(?!\d))(?!(?:19|20)\d\d ?[-–/ ] ?(?:19|20)\d\d\b)(?!\d+ ?(?:\$|%|dollars|people))"
    r"(?:(?-i:[A-Z]{1,4})[ -]?|[a-z]{1,3}-?)?\d(?:[ .\-–/]?\d){4,13}(?:-[a-z0-9]{1,2})?"
)
STUDENT = (
    Pattern(
        "student_number",
        plain(
            rf"(?<![\w$])({_STUDENT_NUMBER})(?![\w%$]) (?:in|on|dans|sur|at|à|au) (?:the |my |their |le |mon |leur |l['’])?(?:student|school|board|college|système|system|portail|portal|registre|dossier|cégep|école)"
        ),
        0.85,
        "number in a school’s system",
        1,
        near=plain(r"\b(?:number|no|num|#|numéro|student|id)\b"),
    ),
    Pattern("student_number", plain(rf"\b(?:students?|étudiante?|élève)[ :#(]{{1,3}}({_STUDENT_NUMBER})(?![\w%$])"), 0.9, "number after “student”", 1),
    Pattern("student_number", plain(rf"(?:\b{_STUDENT}(?!\w)|(?<!\w)# ?(?:d['’ ]?)?(?:[ée]tudiante?|[ée]l[èe]ve|da\b))\D{{0,40}}?(?<![^\W_])({_STUDENT_NUMBER})(?![\w%$])"), 0.98, "number after “student number”", 1, needs=("stu", "pupil", "learner", "school", "college", "campus", "uni", "matric", "enrol", "trillium", "osap", "ouac", "ocas", "id", "i.d", "oen", "ontario ed", "number", "nis", "immatric", "dossier", "étud", "etud", "lève", "leve", "cole", "cegep", "cégep", "colier", "code", "colaire", "da",)),
    Pattern("student_number", plain(rf"(?<![\w$])({_STUDENT_NUMBER})(?![\w%$]) ?(?:is|=|\(|,|c['’]est|c|est|,? as)? ?(?:my|mon|ma|the|le)? ?(?:student (?:no|num|#|id)|oen\b|no d['’](?:étudiant|élève)|numéro d['’]?(?:étudiant|élève)|matricule)"), 0.93, "number before “student number”", 1, needs=("student", "oen", "étud", "élève", "matricule",)),
    Pattern("student_number", plain(r"\b(?:oens?|matricule|student (?:no|num|numbers?|id))\b[^\n]{0,80}?(?<![\w$])(\d{3}[ -]?\d{3}[ -]?\d{3})(?!\d)"), 0.98, "nine digits after “OEN”", 1, needs=("oen", "matricule", "student",)),
    Pattern("student_number", plain(r"\bcode permanent[^\d]{0,20}?([a-z]{4} ?\d{4} ?\d{4})(?!\d)"), 0.98, "code permanent", 1, needs=("permanent",)),
)  # fmt: skip

_PHONE = r"\(?[2-9]\d\d\)?[ .-]\d{3}[ .-]\d{4}(?!\d)"
_D = r" ?[-–—/., ] ?"
_ACCOUNT = r"\d(?:[ -]?\d){4,11}"
_BANK = r"(?:accounts?|acct|acc|comptes?|folio|bank(?:ing)?|banque|caisse|chequing|checking|savings|épargne|rib|iban|void cheque|spécimen)"
BANK = (
    Pattern("bank_account", plain(rf"{_NO_LESS}(?:\d{{5}}{_D}\d{{3}}|\d{{3}}{_D}\d{{5}}|\d{{2}}-?\d{{5}}{_D}\d{{3}}|0?\d-?\d{{5}}{_D}\d{{3}}){_D}{_ACCOUNT}(?!\d)"), 0.985, "transit, institution and account"),
    Pattern(
        "bank_account",
        plain(
            rf"\b(?:transit|branch|succursale)\b\D{{0,15}}\d{{5}}(?!\d)(?:\D{{0,25}}\d{{3}}(?!\d))?(?:\D{{0,25}}{_ACCOUNT})?(?!\d)"
            rf"|\binst(?:itution)?\b\D{{0,15}}\d{{3}}(?!\d)\D{{0,25}}\d{{5}}(?!\d)(?:\D{{0,25}}{_ACCOUNT})?(?!\d)"
        ),
        0.95,
        "transit, institution and account",
    ),
    Pattern("bank_account", plain(rf"\b{_BANK}(?: (?:bancaire|chèques?))?(?: (?:number|no\.?|num|numéro|#|is))?\b[^\d$]{{0,30}}?(?<![\w$])(?!{_PHONE})(\d(?:[ -]?\d){{6,16}})(?![\d%$]| ?(?:\$|dollars|bucks))"), 0.955, "number after “account”", 1, needs=("acc", "compte", "folio", "bank", "banque", "caisse", "cheq", "check", "épargne", "savings", "rib", "iban", "void", "spécimen",)),
    Pattern("bank_account", plain(rf"\b(?:folio|account (?:number|no\.?|num|#)|acct(?: no\.?| #|#)|(?:numéro|no|num)\.? de (?:compte|folio))[^\d$\n]{{0,20}}?(?<![\w$])(?!{_PHONE})(\d(?:[ -]?\d){{4,6}})(?![\d%$])"), 0.94, "short number after “account number”", 1),
    Pattern("bank_account", re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?!\w)"), 0.98, "IBAN with valid check digits", check=iban),
    Pattern("bank_account", re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?!\w)"), 0.9, "form of an IBAN", check=like_iban),
    Pattern("bank_account", plain(r"(?<!\w)[a-z]{2}\d{2}(?:[ -]?(?=[a-z]{0,3}\d)[a-z0-9]{4}){2,7}(?:[ -]?[0-9]{1,3})?(?!\w)"), 0.9, "form of an IBAN", check=like_iban),
)  # fmt: skip

_C = r"[ .\-–_/]{0,3}"
_CARD_WORDS = plain(
    r"\b(?:cards?|cartes?|visa|master ?card|mc|amex|american express|debit|débit|credit|crédit|interac|prepaid|prépayée|presto|discover)\b"
)
_ALONE = r"(?<![\w$€])(?<!\d[.,-])"
CARD = (
    Pattern("card", re.compile(rf"{_ALONE}(?:\d{{4}}{_C}){{3}}\d{{1,4}}(?:{_C}\d{{1,3}})?(?!\d)"), 0.99, "card number with a valid check digit", check=card),
    Pattern("card", re.compile(rf"{_ALONE}\d{{4}}{_C}\d{{6}}{_C}\d{{4,5}}(?!\d)|{_ALONE}\d{{13,19}}(?!\d)"), 0.99, "card number with a valid check digit", check=card),
    Pattern("card", re.compile(rf"{_ALONE}\d(?:[ .\-–\n]{{0,2}}\d){{12,18}}(?!\d)"), 0.97, "digits with a valid check digit after “card”", check=card, near=_CARD_WORDS),
    Pattern("card", re.compile(rf"{_ALONE}(?:\d{{4}}[ .-]{{1,2}}){{3}}\d{{4}}(?!\d)"), 0.93, "four groups of four digits"),
    Pattern("card", re.compile(rf"{_ALONE}\d(?:[ -]?\d){{13,18}}(?!\d)"), 0.92, "long number after “card”", near=_CARD_WORDS),
)  # fmt: skip

_H = r"(?: [-–·•] |[ \-–·•._])?"
_PLATE = (
    rf"(?:[a-z]{{3,4}}{_H}\d{{3,4}}|[a-z]{{2}}{_H}\d{{4,5}}|[a-z]\d{{2}}{_H}[a-z]{{3}}|\d{{3}}{_H}[a-z]{{3,4}}|\d{{2,4}}{_H}[a-z]{{2,3}}|"
    r"[a-z]{1,2}\d{1,2}[ -]?\d[a-z]{2}|[a-z]{3}[ -]?\d[a-z]\d|\d[a-z]{3}\d{2,3}|[a-z]\d{5,6})"
)
_PLATE_WORDS = r"(?:(?:licen[cs]e |number[ -])?plates?|licen[cs]e tags?|plaques?(?: d['’]immatriculation)?|immatricul\w+|plaqu[ée]|tags?)"
_NOT_PLATES = some(
    "the and for was had has say but bus you are our her his she him got ans est des les une qui que pas par sur pis min day hrs mon kms yrs all per not can ont am pm le la de du un et ou au en to in is it on at of km"
)


def _plate(found: str) -> bool:
    letters = "".join(sign for sign in found.lower() if sign.isalpha())
    return letters not in _NOT_PLATES and mixed(found)


_CARS = plain(
    r"\b(?:plates?|plaques?|immatricul\w+|cars?|trucks?|drives?|driving|van|pick-?up|jeep|suv|sedan|char|auto|voiture|camion|honda|civic|"
    r"toyota|corolla|hyundai|elantra|ford|f-?150|ram|dodge|charger|nissan|mazda|kia|chevy|subaru|tesla|odyssey|caravan|bmw|audi|"
    r"mercedes|benz|conduit|fourgonnette|minivan|taxi|uber|vus|moto)\b"
)
PLATE = (
    Pattern("plate", plain(rf"\b{_PLATE_WORDS}\b(?:[\s:,#=(\"“«]|\b(?:number|no\.?|numéro|is|was|c['’]est|c|est|says|said|reads|starts with|de|du|on|en)\b){{0,8}}(?<![^\W_])({_PLATE})(?![^\W_])"), 0.95, "after “plate”", 1, check=_plate, needs=("plate", "plaqu", "immat", "tag",)),
    Pattern("plate", re.compile(rf"(?i:\b{_PLATE_WORDS}\b)[^\n]{{0,50}}?(?<![^\W_])((?-i:{_PLATE.replace('a-z', 'A-Z')}))(?![^\W_])"), 0.93, "after “plate”", 1, check=_plate, needs=("plate", "plaqu", "immat", "tag",)),
    Pattern("plate", plain(rf"(?<![^\W_])((?-i:{_PLATE.replace('a-z', 'A-Z')}))[\"”»)]?(?:,| is| was|,? c['’]est| c| est|,? voilà|:)? (?:the|my|his|her|their|our|la|sa|ma|leur|une?|le numéro de) {_PLATE_WORDS}\b"), 0.9, "before “plate”", 1, check=_plate, needs=("plate", "plaqu", "immat", "tag",)),
    Pattern("plate", plain(r"(?<![^\W_])[b-df-hj-np-tv-xz]{4}[ \-·.]?\d{3}(?![^\W_])"), 0.85, "form of an Ontario plate beside a car", near=_CARS),
    Pattern("plate", plain(rf"\b(?:car|truck|van|auto|char|camion|voiture|suv|pick-?up|jeep|moto|civic|taxi|uber)\b[^\n.()]{{0,20}}[(\[\"“«] ?({_PLATE}) ?[)\]\"”»]"), 0.85, "in brackets after a car", 1, check=_plate),
    Pattern("plate", re.compile(r"(?<![^\W_])[A-D][A-Z]{3}[ ·.–-]?\d{3}(?![^\W_])"), 0.85, "form of an Ontario plate beside a car", near=_CARS),
    Pattern("plate", re.compile(r"(?<![^\W_])(?:[A-Z]\d{2}[ -][A-Z]{3}|[A-Z]{2} \d{5})(?![^\W_])"), 0.8, "form of a plate beside a car", near=_CARS),
)  # fmt: skip

VANITY = (
    Pattern("plate", plain(r"\b(?:vanity|custom|personali[sz]ed|perso|personnalisée)(?: licen[cs]e)?(?: plates?| plaques?)?(?: perso\w*)?(?:[\s:,#=(\"“«]|\b(?:is|was|says?|said|reads?|c['’]est|c|est|dit)\b){1,6}((?-i:[A-Z0-9]{2,8}(?: [A-Z0-9]{1,4})?))(?!\w)"), 0.88, "after “vanity plate”", 1, near=plain(r"plate|plaque"), needs=("plate", "plaque")),
    Pattern("plate", re.compile(r"(?i:\bplates? (?:is|was|says|said|reads|:)|\bplaque(?: perso\w*)? (?:est|c['’]est|:|dit)) ?[\"“«]? ?([A-Z0-9]{4,8})(?!\w)"), 0.85, "word after “plate”", 1, needs=("plate", "plaque")),
)  # fmt: skip

_VERSIONS = plain(
    r"(?:version|update|v|ver|build|firmware|app|ios|android|release|mise à jour|chapter|section|article|art|clause|code)\.?:? ?$"
)
_POINT = r"(?: ?\. ?| dot | point |[\[(](?:\.|dot|point)[\])])"
NETWORK = (
    Pattern("mac", plain(r"(?<![\w.-])(?<!\b[0-9a-f]{2}:)[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])"), 0.98, "form of a MAC address"),
    Pattern("mac", plain(r"(?<![\w.-])(?<!\d:)[0-9a-f]{2}( ?[ ._:–-] ?)(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?!\w)"), 0.95, "form of a MAC address", check=mixed),
    Pattern("mac", plain(r"(?<![\w.])[0-9a-f]{4}([.:-])[0-9a-f]{4}\1[0-9a-f]{4}(?![\w:.-]\w|\w)"), 0.96, "form of a MAC address", check=mixed),
    Pattern("mac", plain(r"(?<![\w.:-])[0-9a-f]{1,2}([:-])(?:[0-9a-f]{1,2}\1){4}[0-9a-f]{1,2}(?![\w:-])"), 0.94, "form of a MAC address without zeros", check=mixed),
    Pattern("mac", plain(r"(?<![\w.-])[0-9a-f]{12}(?!\w)"), 0.94, "twelve digits beside a device", check=mixed, near=plain(r"\b(?:wi-?fi|bluetooth|ble|bt|console|laptop|portable|tablette?|phone|cell|xbox|switch|imprimante|printer|network|réseau)\b")),
    Pattern("mac", plain(r"(?<![\w.-])[0-9a-f]{12}(?!\w)"), 0.95, "twelve digits after “MAC”", near=plain(r"\b(?:mac|device|appareil|adresse|address|router|routeur|hardware)\b")),
    Pattern("mac", plain(r"(?<![\w.-])[0-9a-f]{6}[:. -][0-9a-f]{6}(?!\w)"), 0.95, "twelve digits after “MAC”", near=plain(r"\bmac\b")),
    Pattern("ip", plain(rf"(?<![\w.])\d{{1,3}}(?:{_POINT}\d{{1,3}}){{3}}(?!\d|\.\d)(?::\d{{2,5}}|/\d{{1,2}})?"), 0.97, "form of a network address", check=ipv4, unless=_VERSIONS),
    Pattern("ip", plain(r"(?<![\w.])(?<!::)(?=[0-9a-f]{0,4}:)[0-9a-f:]{3,39}(?<!:)(?![\w:])|(?<![\w:.])[0-9a-f]{1,4}:[0-9a-f:]{2,38}::(?![\w:])"), 0.97, "form of a network address", check=ipv6),
)  # fmt: skip

DIGITS = (*CARD, *SIN, *HEALTH, *LICENCE, *STUDENT, *BANK, *PLATE)


def find(text: str) -> Iterator[Span]:
    """Every number of a document, a card, an account, a plate or a device in `text`."""
    yield from search(VANITY, text)
    if any("0" <= sign <= "9" for sign in text):
        yield from search(DIGITS, text)
        yield from search(NETWORK, text)
    elif ":" in text:
        yield from search(NETWORK, text)
