"""Receipts: 20 random characters of Crockford's base 32 and his check symbol, for reading aloud.

20 characters are 100 bits: nobody meets one by guessing. Crockford's check symbol is the number modulo
37 and may be one of * ~ $ = U; codes with such a symbol are not given out, because they are hard to
say and to type on a phone (so one in seven is drawn again: 0.2 bits). Source:
https://www.crockford.com/base32.html
"""

from __future__ import annotations

from youthvoice.errors import BadInput, note
from youthvoice.trust import codes

LENGTH = 20
CHECKED = LENGTH + 1
SYMBOLS = codes.ALPHABET + "*~$=U"


def check_symbol(code: str) -> str:
    """Crockford's check symbol of a code."""
    number = 0
    for letter in code:
        number = number * 32 + codes.ALPHABET.index(letter)
    return SYMBOLS[number % 37]


def make() -> str:
    """A new receipt with its check character, ungrouped."""
    while True:
        code = codes.make(LENGTH)
        symbol = check_symbol(code)
        if symbol in codes.ALPHABET:
            return code + symbol


def read(typed: str) -> str:
    """The receipt that somebody typed. Lower case, missing dashes, and O, I, L are forgiven.

    Raises `BadInput`, which says whether its length or its check character is wrong.
    """
    code = codes.read(typed, CHECKED)
    if code is None:
        raise BadInput(
            note(
                "A receipt has %(n)s letters and numbers. Look at yours once more.",
                n=CHECKED,
            )
        )
    if check_symbol(code[:LENGTH]) != code[LENGTH]:
        raise BadInput(
            note(
                "A letter or number in it is not right: the last one does not fit the others. "
                "Look at it once more."
            )
        )
    return code


def grouped(code: str) -> str:
    """A receipt in groups of four; the check character stands alone at the end."""
    return codes.grouped(code, 4)
