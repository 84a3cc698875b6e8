"""How far a deposit is to be brought, and what came of it."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.repositories import Draft

__all__ = ["Deposited", "Result", "Way"]


class Way(NamedTuple):
    """How far a deposit is to be brought, and as what."""

    publish: bool = False
    new_version: bool = False
    community: str | None = None
    """Whose curators shall review and publish it."""
    overwrite: bool = False
    """Whether to replace what a person changed in the draft meanwhile."""
    new_record: bool = False
    """Whether it is a work of its own, whatever was published from the folder or is called like it."""


class Result(NamedTuple):
    """What came of it."""

    draft: Draft
    steps: tuple[str, ...]
    """What was done in this run, in words; nothing if all was done already."""
    stale: tuple[str, ...] = ()
    """The documents of the folder that are others by now than those that were published."""

    def told(self) -> Deposited:
        """As it is written for programs."""
        one = self.draft
        return Deposited(
            id=one.id,
            url=one.page,
            doi=one.doi,
            concept=one.concept,
            published=one.published,
            steps=self.steps,
            stale=self.stale,
        )


@word
class Deposited(Frozen):
    """A deposit, and what a run did for it."""

    id: Annotated[str, Term(SDO.identifier, "Its identifier in the repository")]
    url: Annotated[str, Term(SDO.url, "Its page")]
    doi: Annotated[str | None, Term(SDO.identifier, "Its DOI, reserved or registered")]
    concept: Annotated[str | None, Term(FAIRKIT.concept, "The identifier that all its versions share")]
    published: Annotated[bool, Term(FAIRKIT.published, "Whether it is public; else it is a draft")]
    steps: Annotated[tuple[str, ...], Term(FAIRKIT.step, "What was done in this run; nothing if all was done")] = ()
    stale: Annotated[
        tuple[str, ...], Term(FAIRKIT.staleDocument, "Documents here that are others by now than those of the record")
    ] = ()
