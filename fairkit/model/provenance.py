"""Where a thing comes from, in the terms of PROV: entities, activities, and typed relations between things."""

from typing import Annotated

from .agent import Agent
from .base import FAIRKIT, PROV, SDO, Frozen, Term, word
from .distribution import Checksum
from .identifier import Identifier

__all__ = ["Activity", "Entity", "Relation"]


@word
class Relation(Frozen):
    """A typed link from the resource to another thing."""

    type: Annotated[str, Term(SDO.additionalType, "How they relate", vocabulary="relation types (DataCite names)")]
    identifier: Annotated[Identifier | None, Term(SDO.identifier, "The other thing")] = None
    title: Annotated[str | None, Term(SDO.name, "Its title")] = None
    kind: Annotated[str | None, Term(FAIRKIT.kind, "dataset, software, documentation …, where it is said")] = None


@word
class Entity(Frozen):
    """A thing that an activity used or made."""

    name: Annotated[str, Term(SDO.name, "A file name, a dataset name, a software package")]
    version: Annotated[str | None, Term(SDO.version, "Its version or release")] = None
    identifier: Annotated[Identifier | None, Term(SDO.identifier, "Its identifier")] = None
    checksums: Annotated[tuple[Checksum, ...], Term(FAIRKIT.checksum, "Digests of its bytes")] = ()


@word
class Activity(Frozen):
    """A step that made the data: what was used, with which software, what came out, by whom and when."""

    name: Annotated[str, Term(SDO.name, "The kind of step: generation, simulation, reconstruction, conversion")]
    used: Annotated[tuple[Entity, ...], Term(PROV.used, "Inputs and configurations")] = ()
    generated: Annotated[tuple[Entity, ...], Term(PROV.generated, "Outputs")] = ()
    software: Annotated[tuple[Entity, ...], Term(SDO.instrument, "Programs, with their versions")] = ()
    parameters: Annotated[
        tuple[tuple[str, str], ...], Term(FAIRKIT.parameter, "Settings that shape the output, as name and value")
    ] = ()
    agent: Annotated[Agent | None, Term(PROV.wasAssociatedWith, "Who ran it")] = None
    started: Annotated[str | None, Term(PROV.startedAtTime, "ISO 8601")] = None
    ended: Annotated[str | None, Term(PROV.endedAtTime, "ISO 8601")] = None
    description: Annotated[str | None, Term(SDO.description, "What was done, in words")] = None
