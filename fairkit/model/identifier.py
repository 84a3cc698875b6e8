"""An identifier: a scheme and a value (`doi`, `10.7483/OPENDATA.CMS.JGJX.MS7Q`)."""

from typing import Annotated

from .base import SDO, Frozen, Term, word

__all__ = ["Identifier"]


@word
class Identifier(Frozen):
    """A name for a thing in one of the schemes of `vocabularies/identifier_schemes.csv`, without resolver or prefix.

    The value keeps the case in which it was written: which schemes ignore it is known to `vocab.identifiers`.
    """

    scheme: Annotated[
        str, Term(SDO.propertyID, "The scheme that the value belongs to", vocabulary="identifier schemes")
    ]
    value: Annotated[str, Term(SDO.value, "The identifier itself, without resolver or prefix")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"
