"""Relations: is the work tied to others, by what relation, and by identifiers that last?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed
from fairkit.model.provenance import Relation
from fairkit.vocab import relations

from ._check import Seen, check, count, graded
from ._shared import leading, related

_DOCUMENTING = ("IsDocumentedBy", "IsDescribedBy", "IsSupplementTo", "IsReviewedBy", "HasMetadata")
_BETWEEN_DATA = (
    "IsDerivedFrom",
    "IsSourceOf",
    "IsPartOf",
    "HasPart",
    "IsVersionOf",
    "HasVersion",
    "IsNewVersionOf",
    "IsPreviousVersionOf",
    "IsVariantFormOf",
    "IsOriginalFormOf",
    "Continues",
    "IsContinuedBy",
)
"""Relations whose other end is of the same kind: data are derived from data, and are parts of data."""
_DATA = frozenset({"dataset", "data", "collection", "model"})


@check(fields={"relations"})
def has_relations(view: Seen, *, but: Sequence[str] = ()) -> Outcome:
    """The work refers to others: what it comes from, what documents it, what uses it.

    Add the parents, the paper, the software and the documentation as relations.
    """
    every: Sequence[Relation] = view.resource.relations
    if but:  # the first document that has relations may have none of the others
        every = [row for each in view.views for row in each.resource.relations if row.type not in but]
    if every:
        return passed("{relations}", "relations", relations=count(len(every), "relation"))
    return fail("no relation is stated", fix=Fix("relations"))


@check(fields={"relations"})
def links_lead_somewhere(view: Seen) -> Outcome:
    """The work links to others by an address or an identifier, not by a title alone.

    Give related things their DOI, or at least their address.
    """
    every = view.resource.relations
    if not every:
        return fail("no relation is stated", fix=Fix("relations"))
    return graded(
        related(every).named, len(every), "relation", ("leads somewhere", "lead somewhere"), field="relations"
    )


@check(fields={"relations"})
def refers_to_data(view: Seen, *, qualified: bool = False) -> Outcome:
    """The work refers to other data: those that it comes from, those that it holds or belongs to.

    Name them with IsDerivedFrom, IsPartOf, HasPart or IsVersionOf, by their identifiers.
    """
    every = view.resource.relations
    found = [*leading(every, *_BETWEEN_DATA), *_to_kinds(every)]
    clear = [row for row in found if (known := relations.find(row.type)) and known.qualified]
    if found and not clear and qualified:
        return fail("{things}, without how they relate", "relations", things=_things(found), fix=Fix("relations"))
    if found:
        return passed("{things}", "relations", things=_things(clear if qualified else found))
    return fail("no other data are named", fix=Fix("relations"))


def _to_kinds(every: Iterable[Relation]) -> Iterator[Relation]:
    return (row for row in every if row.identifier and row.kind and row.kind.lower() in _DATA)


def _things(rows: Iterable[Relation]) -> count:
    return count(len({row.identifier for row in rows}), "thing")


@check(fields={"relations"})
def relations_are_qualified(view: Seen) -> Outcome:
    """Each relation says how the two things relate.

    Replace a vague "related" by IsDerivedFrom, IsDocumentedBy, IsCompiledBy, IsPartOf …
    """
    every = view.resource.relations
    if not every:
        return fail("no relation is stated", fix=Fix("relations"))
    return graded(related(every).clear, len(every), "relation", ("says how", "say how"), field="relations")


@check(fields={"relations"})
def relations_are_identified(view: Seen) -> Outcome:
    """Related things are named by identifiers that last.

    Use their DOIs: a record number means nothing outside its portal.
    """
    every = view.resource.relations
    if not every:
        return not_applicable("no relation is stated")
    found = related(every)
    verbs = ("has a persistent identifier", "have a persistent identifier")
    none = partial if found.named else fail  # a number in a portal does lead there, as long as the portal lives
    return graded(found.lasting, len(every), "related thing", verbs, field="relations", none=none)


@check(fields={"relations", "activities"})
def names_sources(view: Seen) -> Outcome:
    """What the work was derived from is named.

    Name the parent datasets with IsDerivedFrom, or the inputs of each step.
    """
    parents = related(view.resource.relations).types.get("IsDerivedFrom", 0)
    inputs = [entity for activity in view.resource.activities for entity in activity.used]
    told = {"parents": count(parents, "parent"), "inputs": count(len(inputs), "input")}
    if parents and inputs:
        return passed("{parents}, {inputs} of steps", "relations", "activities", **told)
    if parents:
        return passed("{parents}", "relations", **told)
    if inputs:
        return passed("{inputs} of steps", "activities", **told)
    return fail("no source is named", fix=Fix("relations"))


@check(fields={"relations", "activities"})
def names_software(view: Seen) -> Outcome:
    """The software that made the work is named.

    Name it with IsCompiledBy, or with its version in the step that ran it.
    """
    makers = related(view.resource.relations).types.get("IsCompiledBy", 0)
    programs = [entity for activity in view.resource.activities for entity in activity.software]
    told = {"makers": count(makers, "related program"), "programs": count(len(programs), "program")}
    if makers and programs:
        return passed("{makers}, {programs} in steps", "relations", "activities", **told)
    if makers:
        return passed("{makers}", "relations", **told)
    if programs:
        return passed("{programs} in steps, the first: {name}", "activities", name=programs[0].name, **told)
    return fail("no software is named", fix=Fix("relations"))


@check(fields={"relations"})
def names_documentation(view: Seen) -> Outcome:
    """A paper, a note or a page that documents the work is linked.

    Link it with IsDocumentedBy, by its DOI.
    """
    types = related(view.resource.relations).types
    documents = sum([types.get(name, 0) for name in _DOCUMENTING])
    if documents:
        return passed("{documents}", "relations", documents=count(documents, "document"))
    return fail("no document is linked", fix=Fix("relations"))


@check(fields={"supersedes", "superseded_by"})
def is_current(view: Seen) -> Outcome:
    """The work is the newest of its line.

    Use the one that takes its place; cite this one only for what was made from it.
    """
    newer, older = view.resource.superseded_by, view.resource.supersedes
    if newer:
        return partial("superseded by {identifier}", "superseded_by", identifier=newer[0])
    if older:
        return passed("it supersedes {identifier}", "supersedes", identifier=older[0])
    return passed("nothing says that it is superseded")
