"""What a number has to satisfy to be what it looks like: check digits, dates, addresses of networks."""

from __future__ import annotations

import ipaddress
import re
from datetime import date

from youthvoice.nlp.pii.patterns.words import MONTH_NUMBER

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")


def digits(text: str) -> str:
    """The digits of `text`, without anything between them."""
    return "".join(sign for sign in text if "0" <= sign <= "9")


def luhn(text: str) -> bool:
    """Whether the digits of `text` pass the Luhn check (ISO/IEC 7812-1, annex B), as every SIN does."""
    found = [int(sign) for sign in digits(text)]
    doubled = [
        d if i % 2 == 0 else (d * 2 - 9 if d > 4 else d * 2) for i, d in enumerate(found[::-1])
    ]
    return bool(found) and sum(doubled) % 10 == 0


def sin(text: str) -> bool:
    """Whether nine digits can be a SIN: none begins with 0 or 8 (Service Canada, SIN code of practice)."""
    return digits(text)[:1] not in ("0", "8", "") and luhn(text)


def card(text: str) -> bool:
    """Whether `text` has 13 to 19 digits with a valid check digit, not all the same one."""
    found = digits(text)
    return 13 <= len(found) <= 19 and len(set(found)) > 1 and luhn(found)


def iban(text: str) -> bool:
    """Whether `text` passes the check of an IBAN (ISO 13616: remainder 1 of a division by 97)."""
    found = "".join(sign for sign in text.upper() if sign.isalnum() and sign.isascii())
    if not 15 <= len(found) <= 34:
        return False
    return int("".join(str(int(sign, 36)) for sign in found[4:] + found[:4])) % 97 == 1


def like_iban(text: str) -> bool:
    """Whether `text` is as long as an IBAN and mostly digits, whatever its check digits."""
    length = sum(sign.isalnum() for sign in text)
    return 15 <= length <= 34 and 2 * len(digits(text)) >= length


def ramq(text: str) -> bool:
    """Whether the first six digits can be a birth date as on a Québec card: women's months are 51 to 62."""
    found = digits(text)
    return int(found[2:4]) % 50 in range(1, 13) and int(found[4:6]) in range(1, 32)


def ipv4(text: str) -> bool:
    """Whether each of the four numbers is at most 255."""
    return all(int(part) <= 255 for part in _NUMBER.findall(text)[:4])


def ipv6(text: str) -> bool:
    """Whether `text` is an IPv6 address with something in it (`::` alone is punctuation)."""
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return sum(sign.isalnum() for sign in text) >= 3


def mixed(text: str) -> bool:
    """Whether `text` has both digits and letters."""
    return any(s.isdigit() for s in text) and any(s.isalpha() for s in text)


def real_date(text: str) -> bool:
    """Whether `text` can be read as a day that exists, in any usual order; a missing year is any year."""
    numbers = [int(found) for found in _NUMBER.findall(text)]
    month = next((m for w in _WORD.findall(text) if (m := MONTH_NUMBER.get(w.lower()))), None)
    if month is not None:
        return _with_month(numbers, month)
    if len(numbers) == 1:
        return _eight(str(numbers[0]))
    if len(numbers) != 3:
        return False
    a, b, c = numbers
    return any(_day(*order) for order in ((a, b, c), (c, b, a), (c, a, b)))


def _with_month(numbers: list[int], month: int) -> bool:
    years = [n for n in numbers if n > 31]
    days = [n for n in numbers if n <= 31]
    if len(days) == 2:  # the year has two digits
        years.append(days.pop())
    return all(_day(years[0] if years else 2000, month, day) for day in days or [1])


def _eight(found: str) -> bool:
    found = found.zfill(8)
    orders = ((found[:4], found[4:6], found[6:]), (found[4:], found[2:4], found[:2]))
    return any(_day(*map(int, order)) for order in (*orders, (found[4:], found[:2], found[2:4])))


def _day(year: int, month: int, day: int) -> bool:
    if year < 100:
        year += 2000
    try:
        return 1900 <= date(year, month, day).year < 2100
    except ValueError:
        return False
