"""People and organisations: who made, contributed to, funded or publishes a thing."""

from typing import Annotated, Literal

from .base import FAIRKIT, SDO, Frozen, Term, word
from .identifier import Identifier

__all__ = ["Agent", "Funding"]


@word
class Agent(Frozen):
    """A person, an organisation, or a name of which the document does not say which it is."""

    name: Annotated[str, Term(SDO.name, "The name as the document writes it; persons usually as 'Family, Given'")]
    type: Annotated[
        Literal["person", "organisation", "agent"], Term(FAIRKIT.agentType, "'agent' where the document does not say")
    ] = "agent"
    identifiers: Annotated[tuple[Identifier, ...], Term(SDO.identifier, "ORCID, ROR, ISNI and others")] = ()
    affiliations: Annotated[tuple["Agent", ...], Term(SDO.affiliation, "Where a person works")] = ()
    role: Annotated[str | None, Term(SDO.roleName, "What a contributor did", vocabulary="DataCite contributorType")] = (
        None
    )

    def identifier(self, scheme: str) -> str | None:
        """The value of the first identifier of a `scheme` such as `orcid`."""
        return next((i.value for i in self.identifiers if i.scheme == scheme), None)


@word
class Funding(Frozen):
    """Who paid, and under which grant."""

    funder: Annotated[Agent, Term(SDO.funder, "The organisation that paid")]
    award: Annotated[str | None, Term(SDO.identifier, "The number of the grant")] = None
    title: Annotated[str | None, Term(SDO.name, "The title of the grant")] = None
    url: Annotated[str | None, Term(SDO.url, "A page about the grant")] = None
