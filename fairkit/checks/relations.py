"""Relations: is the work tied to others, by what relation, and by identifiers that last?"""

from __future__ import annotations

from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed
from fairkit.model.provenance import Relation
from fairkit.vocab import identifiers, relations

from ._check import Seen, check, share


@check(fields={"relations"})
def has_relations(view: Seen) -> Outcome:
    """The work refers to others: what it comes from, what documents it, what uses it.

    Add the parents, the paper, the software and the documentation as relations.
    """
    every = view.resource.relations
    if every:
        return passed("{count} relations", "relations", count=len(every))
    return fail("no relation is stated", fix=Fix("relations"))


@check(fields={"relations"})
def relations_are_qualified(view: Seen) -> Outcome:
    """Each relation says how the two things relate.

    Replace a vague "related" by IsDerivedFrom, IsDocumentedBy, IsCompiledBy, IsPartOf …
    """
    every = view.resource.relations
    if not every:
        return fail("no relation is stated", fix=Fix("relations"))
    vague = [r for r in every if not (found := relations.find(r.type)) or not found.qualified]
    told = share(len(every) - len(vague), len(every))
    if not vague:
        return passed("{count} relations say how", "relations", count=told)
    verdict = partial if len(vague) < len(every) else fail
    return verdict("{count} relations say how", "relations", count=told, fix=Fix("relations"))


@check(fields={"relations"})
def relations_are_identified(view: Seen) -> Outcome:
    """Related things are named by identifiers that last.

    Use their DOIs: a record number means nothing outside its portal.
    """
    every = view.resource.relations
    if not every:
        return not_applicable("no relation is stated")
    lasting = sum(1 for r in every if r.identifier and identifiers.is_persistent(r.identifier))
    told = share(lasting, len(every))
    if lasting == len(every):
        return passed("{count} related things have a persistent identifier", "relations", count=told)
    verdict = partial if lasting or any(r.identifier for r in every) else fail
    return verdict(
        "{count} related things have a persistent identifier", "relations", count=told, fix=Fix("relations")
    )


def _of(view: Seen, *categories: str) -> list[Relation]:
    """The relations of some categories of the vocabulary."""
    return [r for r in view.resource.relations if (found := relations.find(r.type)) and found.category in categories]


@check(fields={"relations", "activities"})
def names_sources(view: Seen) -> Outcome:
    """What the work was derived from is named.

    Name the parent datasets with IsDerivedFrom, or the inputs of each step.
    """
    parents = [r for r in _of(view, "provenance") if r.type in ("IsDerivedFrom", "IsPartOf")]
    inputs = [entity for activity in view.resource.activities for entity in activity.used]
    if parents:
        message = "{count} parents, {inputs} inputs of steps"
        return passed(message, "relations", count=len(parents), inputs=len(inputs))
    if inputs:
        return passed("{inputs} inputs of steps", "activities", inputs=len(inputs))
    return fail("no source is named", fix=Fix("relations"))


@check(fields={"relations", "activities"})
def names_software(view: Seen) -> Outcome:
    """The software that made the work is named.

    Name it with IsCompiledBy, or with its version in the step that ran it.
    """
    makers = [r for r in view.resource.relations if r.type == "IsCompiledBy"]
    programs = [entity for activity in view.resource.activities for entity in activity.software]
    if makers:
        message = "{count} as relations, {programs} in steps"
        return passed(message, "relations", count=len(makers), programs=len(programs))
    if programs:
        return passed("{name} and {more} more", "activities", name=programs[0].name, more=len(programs) - 1)
    return fail("no software is named", fix=Fix("relations"))


@check(fields={"relations"})
def names_documentation(view: Seen) -> Outcome:
    """A paper, a note or a page that documents the work is linked.

    Link it with IsDocumentedBy, by its DOI.
    """
    pages = _of(view, "documentation")
    if pages:
        return passed("{count} documents", "relations", count=len(pages))
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
