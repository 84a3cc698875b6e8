"""What `fairkit bind` says."""

from typing import Annotated

from fairkit.model.ai import Channel
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word

from .validation import Fault

__all__ = ["Bound"]


@word
class Bound(Frozen):
    """The channels of a model, bound to the variables of a dataset."""

    target: Annotated[str, Term(FAIRKIT.target, "The model as it was named")]
    dataset: Annotated[str, Term(SDO.isBasedOn, "The dataset as it was named")]
    passed: Annotated[bool, Term(FAIRKIT.passed, "Whether every channel is bound and nothing is wrong")]
    written: Annotated[str | None, Term(SDO.name, "The file that was written; null if none was")] = None
    channels: Annotated[tuple[Channel, ...], Term(FAIRKIT.channel, "The channels, by input and in order")] = ()
    faults: Annotated[tuple[Fault, ...], Term(FAIRKIT.fault, "What is wrong, or should be looked at")] = ()
