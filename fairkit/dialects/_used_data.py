"""The data of a model as other works that it is related to: most forms have words for that, and none for their use."""

from __future__ import annotations

from fairkit.model.ai import DataUse
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource
from fairkit.vocab import identifiers, relations

__all__ = ["implied", "related"]

_MADE_FROM, _REFERRED = "IsDerivedFrom", "References"
_SAYS_AS_MUCH = {_MADE_FROM: frozenset({_MADE_FROM}), _REFERRED: frozenset({_MADE_FROM, _REFERRED, "Cites"})}
"""The relations that say what one says, or more."""


def related(resource: Resource) -> tuple[Relation, ...]:
    """The relations of a work, and those that its data imply."""
    return (*resource.relations, *implied(resource))


def implied(resource: Resource) -> tuple[Relation, ...]:
    """The relations of a model to its data that have an identifier, one for each, where none is stated already.

    It is made from what it was trained on, and refers to what it was only validated or tested on: to DataCite that is
    what was used as a source of information.
    """
    if resource.kind != "model":
        return ()
    uses: dict[object, list[DataUse]] = {}
    for one in resource.data_uses:
        if one.identifier:
            uses.setdefault(identifiers.key(one.identifier), []).append(one)
    told: dict[object, set[str]] = {}
    for each in resource.relations:
        if each.identifier and (kind := relations.find(each.type)):
            told.setdefault(identifiers.key(each.identifier), set()).add(kind.type)
    found = ((_relation(every), told.get(known, set())) for known, every in uses.items())
    return tuple(one for one, stated in found if not _SAYS_AS_MUCH[one.type] & stated)


def _relation(uses: list[DataUse]) -> Relation:
    trained = any(one.role == "trained" for one in uses)
    title = next((one.title for one in uses if one.title), None)
    return Relation(
        type=_MADE_FROM if trained else _REFERRED, identifier=uses[0].identifier, title=title, kind="dataset"
    )
