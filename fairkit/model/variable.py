"""What is in the data: variables (columns, features, branches) and splits."""

from typing import Annotated

from .base import FAIRKIT, SDO, Frozen, Term, Told, word

__all__ = ["Split", "Variable"]

_Finite = Annotated[float, Told("", allow_inf_nan=False)]


@word
class Variable(Frozen):
    """One column, branch or array of the data."""

    name: Annotated[str, Term(SDO.name, "The name in the file")]
    dtype: Annotated[
        str | None, Term(FAIRKIT.dtype, "The type as the file or the document calls it: float32, UInt_t")
    ] = None
    unit: Annotated[str | None, Term(SDO.unitText, "The unit; '1' for a pure number", vocabulary="units")] = None
    description: Annotated[str | None, Term(SDO.description, "What it means")] = None
    role: Annotated[str | None, Term(FAIRKIT.variableRole, "feature, label, weight, identifier, spectator, truth")] = (
        None
    )
    group: Annotated[str | None, Term(FAIRKIT.variableGroup, "The object it belongs to: event, jet, track")] = None
    shape: Annotated[tuple[int | None, ...] | None, Term(FAIRKIT.shape, "Per entry; null for a free length")] = None
    padding: Annotated[str | None, Term(FAIRKIT.padding, "The value that fills unused places")] = None
    missing: Annotated[str | None, Term(FAIRKIT.missingValue, "The value that stands for 'not known'")] = None
    range: Annotated[
        tuple[_Finite | None, _Finite | None] | None,
        Term(FAIRKIT.valueRange, "Least and greatest value, in the unit"),
    ] = None
    term: Annotated[str | None, Term(SDO.propertyID, "The IRI of the quantity in a vocabulary")] = None


@word
class Split(Frozen):
    """A part of the data set aside for a purpose."""

    name: Annotated[str, Term(SDO.name, "train, validation, test, or the data's own word")]
    entry_count: Annotated[int | None, Term(FAIRKIT.entryCount, "The number of entries")] = None
    file_count: Annotated[int | None, Term(FAIRKIT.fileCount, "The number of files")] = None
    files: Annotated[tuple[str, ...], Term(SDO.hasPart, "The names of its files, or patterns for them")] = ()
    description: Annotated[str | None, Term(SDO.description, "How it was chosen")] = None
