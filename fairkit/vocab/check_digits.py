"""The check digits of identifiers: does the last figure follow from those before it?

Every function takes a value whose shape is already known to be right.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

__all__ = ["ALGORITHMS"]

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def _figures(value: str) -> list[int]:
    return [10 if figure in "Xx" else int(figure) for figure in value if figure != "-"]


def mod_11_2(value: str) -> bool:
    """ISO/IEC 7064 MOD 11-2, of ORCID and ISNI."""
    *digits, last = _figures(value)
    total = 0
    for digit in digits:
        total = (total + digit) * 2
    return (total + last) % 11 == 1


def mod_97_10(value: str) -> bool:
    """ISO/IEC 7064 MOD 97-10 over Crockford's base 32, of ROR: all but the last two figures are one number."""
    number = 0
    for letter in value[:-2].lower():
        number = number * 32 + _CROCKFORD.index(letter)
    return (number * 100 + int(value[-2:])) % 97 == 1


def issn(value: str) -> bool:
    """ISO 3297: weights 8 to 1, modulo 11."""
    figures = _figures(value)
    return sum(weight * figure for weight, figure in zip(range(8, 0, -1), figures, strict=True)) % 11 == 0


def isbn(value: str) -> bool:
    """ISO 2108: ten figures with weights 10 to 1 modulo 11, thirteen with weights 1 and 3 modulo 10."""
    figures = _figures(value)
    if len(figures) == 10:
        return sum(weight * figure for weight, figure in zip(range(10, 0, -1), figures, strict=True)) % 11 == 0
    return (sum(figures[::2]) + 3 * sum(figures[1::2])) % 10 == 0


ALGORITHMS: Mapping[str, Callable[[str], bool]] = {
    "": lambda value: True,
    "mod-11-2": mod_11_2,
    "mod-97-10": mod_97_10,
    "issn": issn,
    "isbn": isbn,
}
"""By the name that stands in `vocabularies/identifier_schemes.csv`; one without has none to be wrong."""
