"""What every word of the model shares: it is frozen, and each field carries its IRI and meaning beside its type.

The modules of the model do without `from __future__ import annotations`: pydantic would have to evaluate every
annotation again from its text, for each class that inherits it, whenever the program starts.
"""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

__all__ = ["FAIRKIT", "PROV", "SDO", "Frozen", "Namespace", "Term"]


class Namespace:
    """An IRI prefix whose attributes are the IRIs of its terms: `SDO.license`.

    No subclass of `str`: its methods (`split`, `format`) would stand in the way of terms of the same name.
    """

    __slots__ = ("_iri",)

    def __init__(self, iri: str) -> None:
        self._iri = iri

    def __str__(self) -> str:
        return self._iri

    def __getattr__(self, name: str) -> str:
        if name.startswith("__"):
            raise AttributeError(name)
        return f"{self._iri}{name}"


SDO = Namespace("https://schema.org/")
PROV = Namespace("http://www.w3.org/ns/prov#")
FAIRKIT = Namespace("https://w3id.org/fairkit/terms#")


class Term(NamedTuple):
    """The `iri` of a field's property, its `meaning` in a sentence, and its `unit` or `vocabulary` where it has one."""

    iri: str
    meaning: str = ""
    unit: str = ""
    vocabulary: str = ""


class Frozen(BaseModel):
    """The base of all that travels between steps: immutable, and closed to fields that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
