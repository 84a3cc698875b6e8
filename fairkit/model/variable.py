"""What is in the data: variables (columns, features, branches) and splits."""

from typing import Annotated

from .base import FAIRKIT, SDO, Frozen, Term, Told, word

__all__ = ["Meaning", "Split", "Table", "Variable"]

_Finite = Annotated[float, Told("", allow_inf_nan=False)]


@word
class Meaning(Frozen):
    """What a variable means for the entries in which another one has a certain value."""

    by: Annotated[str, Term(FAIRKIT.discriminator, "The name of the other variable")]
    value: Annotated[str, Term(SDO.value, "Its value")]
    name: Annotated[str | None, Term(SDO.name, "What the variable is called there")] = None
    unit: Annotated[str | None, Term(SDO.unitText, "The unit there", vocabulary="units")] = None
    description: Annotated[str | None, Term(SDO.description, "What it means there")] = None


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
    count: Annotated[str | None, Term(FAIRKIT.countVariable, "The variable that counts its filled places")] = None
    columns: Annotated[
        str | None, Term(FAIRKIT.foldedColumns, "The columns of the file that it folds into one array: E_{0..199}")
    ] = None
    classes: Annotated[
        tuple[tuple[str, str], ...], Term(FAIRKIT.classValue, "What the values of a label mean: value and name")
    ] = ()
    meanings: Annotated[
        tuple[Meaning, ...], Term(FAIRKIT.conditionalMeaning, "What it means by the value of another variable")
    ] = ()


@word
class Split(Frozen):
    """A part of the data set aside for a purpose."""

    name: Annotated[str, Term(SDO.name, "train, validation, test, or the data's own word")]
    entry_count: Annotated[int | None, Term(FAIRKIT.entryCount, "The number of entries")] = None
    file_count: Annotated[int | None, Term(FAIRKIT.fileCount, "The number of files")] = None
    files: Annotated[tuple[str, ...], Term(SDO.hasPart, "The names of its files, or patterns for them")] = ()
    description: Annotated[str | None, Term(SDO.description, "How it was chosen")] = None
    digest: Annotated[
        str | None, Term(FAIRKIT.splitDigest, "sha256:… over the digests of its rows, whatever their order")
    ] = None


@word
class Table(Frozen):
    """One table inside a file: a TTree, an RNTuple, a whole Parquet file, HDF5 arrays that share their length."""

    name: Annotated[str, Term(SDO.name, "Its name or path inside the file")]
    entry_count: Annotated[int | None, Term(FAIRKIT.entryCount, "The number of its rows")] = None
    columns: Annotated[tuple[Variable, ...], Term(FAIRKIT.column, "Its columns as the file has them")] = ()
