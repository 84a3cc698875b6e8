"""What the tables of `fairkit.toml` are made of: texts, days, identifiers, and a table that is closed."""

from __future__ import annotations

import math
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from fairkit.vocab import identifiers

from ._values import MOST_COUNTED, identifier

__all__ = [
    "AnyId", "Bound", "Count", "Day", "Doi", "Level", "Orcid", "Reason", "Ror", "Share", "Table", "Text", "WholeDay",
]  # fmt: skip


def _known(written: str) -> str:
    if identifiers.identify(written) is None:
        raise ValueError(f"{written!r} is no identifier that is known; write its scheme before it, or a URL")
    return written


def _of(scheme: str) -> AfterValidator:
    """The refusal of what is not a well-formed identifier of a scheme."""

    def well_formed(written: str) -> str:
        found = identifier(written, scheme)
        if found is None or found.scheme != scheme or not identifiers.is_valid(found):
            raise ValueError(f"{written!r} is no well-formed {scheme.upper()}")
        return written

    return AfterValidator(well_formed)


def _not_nan(bound: float) -> float:
    if math.isnan(bound):
        raise ValueError("nan is no bound; write inf or -inf where there is none")
    return bound


def _in_words(written: str) -> str:
    if not written.strip():
        raise ValueError("it has no words; say why the shortfall is accepted")
    return written


def _whole_day(written: str) -> str:
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        raise ValueError(f"{written!r} is no day; write one as in 2027-01-31") from None


def _year(written: object) -> object:
    return str(written) if isinstance(written, int) and not isinstance(written, bool) else written


Text = Annotated[str, Field(min_length=1)]
Day = Annotated[Text, BeforeValidator(_year)]
"""A date in ISO 8601; TOML's own dates and a bare year are taken too."""
WholeDay = Annotated[Text, AfterValidator(_whole_day)]
"""A day in ISO 8601; TOML's own dates are taken too."""
Reason = Annotated[Text, AfterValidator(_in_words)]
"""A text that has words."""
Level = Literal["essential", "important", "useful"]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=0, le=MOST_COUNTED)]
Bound = Annotated[float, AfterValidator(_not_nan)]
AnyId = Annotated[Text, AfterValidator(_known)]
Doi = Annotated[Text, _of("doi")]
Orcid = Annotated[Text, _of("orcid")]
Ror = Annotated[Text, _of("ror")]


class Table(BaseModel):
    """One table: closed, so that a misspelt key is found."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
