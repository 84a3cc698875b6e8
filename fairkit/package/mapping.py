"""The mapping between the views of a dataset: what each column is, where it comes from, and where it stands."""

from typing import Annotated

from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word

__all__ = ["View", "ViewColumn", "ViewFile", "ViewSource"]


@word
class ViewColumn(Frozen):
    """A column of the data: as the documented view calls it, and its place among the arrays where it has one."""

    column: Annotated[str, Term(SDO.name, "The column of the data, and of the documented view")]
    variable: Annotated[str, Term(FAIRKIT.variable, "The variable that describes it, by its documented name")]
    role: Annotated[str | None, Term(FAIRKIT.variableRole, "feature, label, weight, identifier, spectator, truth")] = (
        None
    )
    dtype: Annotated[str | None, Term(FAIRKIT.dtype, "Its type in the data")] = None
    unit: Annotated[str | None, Term(SDO.unitText, "Its unit, which its numbers keep")] = None
    description: Annotated[str | None, Term(SDO.description, "What it means")] = None
    index: Annotated[
        tuple[int, ...], Term(FAIRKIT.index, "The place inside an entry that is a list or an array; none for all of it")
    ] = ()
    name: Annotated[str | None, Term(SDO.alternateName, "What the arrays call it: f000")] = None
    array: Annotated[str | None, Term(FAIRKIT.array, "X, g (features of the entry beside X), y or w")] = None
    position: Annotated[int | None, Term(FAIRKIT.position, "Its place on the last axis of that array")] = None
    point: Annotated[int | None, Term(FAIRKIT.point, "The place of the point that it is, where each is a column")] = (
        None
    )
    scale: Annotated[str | None, Term(FAIRKIT.scale, "What was done to its numbers: none, or sum per pixel")] = None
    counts: Annotated[str | None, Term(FAIRKIT.countVariable, "The list whose lengths it is, if no file has it")] = None


@word
class ViewSource(Frozen):
    """A file that was read."""

    path: Annotated[str, Term(SDO.name, "Its path in the dataset")]
    table: Annotated[str, Term(FAIRKIT.table, "The table of it")]
    sha256: Annotated[str, Term(FAIRKIT.checksumValue, "The digest of its bytes")]


@word
class ViewFile(Frozen):
    """A file that was made."""

    path: Annotated[str, Term(SDO.name, "Its path, from where the mapping stands")]
    split: Annotated[str, Term(FAIRKIT.split, "The split whose entries it has, in the order of the sources")]
    array: Annotated[str | None, Term(FAIRKIT.array, "X, g, mask, y or w, where it is one array")] = None
    shape: Annotated[tuple[int, ...], Term(FAIRKIT.shape, "Its shape; the first number counts the entries")] = ()
    dtype: Annotated[str | None, Term(FAIRKIT.dtype, "The type of its numbers, where it is one array")] = None
    sources: Annotated[tuple[ViewSource, ...], Term(SDO.isBasedOn, "The files that it comes from")] = ()


@word
class View(Frozen):
    """What was made of a dataset, and how to find each number again."""

    dataset: Annotated[str | None, Term(SDO.isBasedOn, "The title of the dataset")] = None
    views: Annotated[tuple[str, ...], Term(FAIRKIT.view, "documented, ml or both")] = ()
    form: Annotated[str | None, Term(FAIRKIT.form, "How X is laid out: flat, image or point-cloud")] = None
    lengths: Annotated[
        tuple[tuple[str, int], ...], Term(FAIRKIT.listLengths, "The places that lists of a group were given")
    ] = ()
    cut: Annotated[
        tuple[tuple[str, int], ...], Term(FAIRKIT.cutCount, "Entries of which items were left out, by group")
    ] = ()
    classes: Annotated[
        tuple[tuple[str, tuple[str, ...]], ...], Term(FAIRKIT.classValue, "Labels in words, by their numbers in y")
    ] = ()
    columns: Annotated[tuple[ViewColumn, ...], Term(FAIRKIT.column, "Every column, also those that are in no array")]
    files: Annotated[tuple[ViewFile, ...], Term(SDO.hasPart, "The files that were made")] = ()
    notes: Annotated[tuple[str, ...], Term(FAIRKIT.note, "What a reader should know")] = ()
