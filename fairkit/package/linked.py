"""What `fairkit link` says."""

from typing import Annotated

from fairkit.model.ai import DataUse
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word

from .validation import Fault

__all__ = ["Linked"]


@word
class Linked(Frozen):
    """The data of a model, with one part more."""

    target: Annotated[str, Term(FAIRKIT.target, "The folder of the model as it was named")]
    dataset: Annotated[str, Term(SDO.isBasedOn, "The dataset as it was named")]
    passed: Annotated[bool, Term(FAIRKIT.passed, "Whether nothing is in two roles")]
    written: Annotated[str | None, Term(SDO.name, "The file that was written; null if none was")] = None
    data_uses: Annotated[tuple[DataUse, ...], Term(FAIRKIT.dataUse, "All parts in their roles")] = ()
    faults: Annotated[tuple[Fault, ...], Term(FAIRKIT.fault, "What is wrong, or should be looked at")] = ()
