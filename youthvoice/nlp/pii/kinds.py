"""The kinds of identifiers: the word for each in code, database and labelled sets, and on the screen.

A placeholder is a noun in the language of the message (`[name 1]`, `[école]`). Labels of other sets
(CoNLL's PER, Presidio's PHONE_NUMBER …) are translated here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Kind(NamedTuple):
    """One kind: its placeholder in both languages, and whether equal ones are numbered in a message."""

    en: str
    fr: str
    numbered: bool = False


KINDS: Mapping[str, Kind] = {
    "name": Kind("name", "nom", numbered=True),
    "handle": Kind("handle", "pseudo"),
    "email": Kind("e-mail", "courriel"),
    "phone": Kind("telephone", "téléphone"),
    "url": Kind("link", "lien"),
    "address": Kind("address", "adresse"),
    "postal": Kind("postal code", "code postal"),
    "place": Kind("place", "lieu"),
    "school": Kind("school", "école"),
    "team": Kind("team", "équipe"),
    "workplace": Kind("workplace", "lieu de travail"),
    "shelter": Kind("shelter", "refuge"),
    "organisation": Kind("organisation", "organisme"),
    "birth_date": Kind("date of birth", "date de naissance"),
    "age": Kind("age", "âge"),
    "sin": Kind("SIN", "NAS"),
    "health_card": Kind("health card", "carte santé"),
    "driver_licence": Kind("driver’s licence", "permis de conduire"),
    "passport": Kind("passport or permit", "passeport ou permis"),
    "student_number": Kind("student number", "numéro d’élève"),
    "bank_account": Kind("bank account", "compte bancaire"),
    "card": Kind("card number", "numéro de carte"),
    "ip": Kind("network address", "adresse réseau"),
    "mac": Kind("device address", "adresse d’appareil"),
    "plate": Kind("licence plate", "plaque"),
}
"""Every kind that a detector may name. The order is that of docs and tables."""

OTHER = Kind("hidden", "masqué")
"""What an unknown kind becomes: it is replaced, never kept."""

STRUCTURED = frozenset(
    {
        "handle", "email", "phone", "url", "address", "postal", "birth_date", "sin", "health_card",
        "driver_licence", "passport", "student_number", "bank_account", "card", "ip", "mac", "plate",
    }
)  # fmt: skip
"""Kinds that have a form; the rest are words."""

ALIASES: Mapping[str, str] = {
    "person": "name", "per": "name", "persname": "name", "nickname": "name", "given_name": "name",
    "surname": "name", "family_name": "name", "nick": "name",
    "location": "place", "loc": "place", "gpe": "place", "geo-loc": "place", "fac": "place", "city": "place",
    "org": "organisation", "organization": "organisation", "corporation": "organisation",
    "group": "organisation", "company": "organisation",
    "username": "handle", "user": "handle",
    "email_address": "email", "e-mail": "email",
    "phone_number": "phone", "telephone": "phone",
    "link": "url", "postal_code": "postal", "zip_code": "postal",
    "street_address": "address", "date_of_birth": "birth_date", "dob": "birth_date",
    "ca_sin": "sin", "drivers_license": "driver_licence", "credit_card": "card",
    "ip_address": "ip", "mac_address": "mac", "licence_plate": "plate", "license_plate": "plate",
    "iban_code": "bank_account", "ca_postal_code": "postal",
}  # fmt: skip
"""Labels of other sets and programs, in lower case, and our word for them."""

NO_IDENTIFIER = frozenset(
    {"creative-work", "product", "work", "prod", "event", "misc", "date_time", "nrp", "norp"}
)
"""Labels of other sets that identify nobody."""


def kind_of(label: str) -> str | None:
    """Our word for a `label` of any set (`B-PER`'s PER, `PERSON`, `name`); None where it names no identifier.

    An unknown label is its own word in lower case, so that nothing that somebody labelled is lost.
    """
    word = label.strip().lower().replace(" ", "_")
    if word in KINDS:
        return word
    if word in NO_IDENTIFIER:
        return None
    return ALIASES.get(word, word)


def placeholder(kind: str, spoken: str) -> str:
    """The noun of a `kind` in `spoken` (en or fr); that of what is hidden for an unknown one."""
    found = KINDS.get(kind, OTHER)
    return found.fr if spoken == "fr" else found.en
