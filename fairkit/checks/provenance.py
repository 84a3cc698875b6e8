"""Provenance: how did the work come about, and how was it checked?"""

from __future__ import annotations

from collections.abc import Sequence

from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed

from ._check import Seen, Words, check, count, graded
from ._shared import leading


@check(fields={"methodology"})
def describes_method(view: Seen) -> Outcome:
    """How the work was made is described.

    Write which selection, simulation or processing made it, in which order.
    """
    text = view.resource.methodology
    if text is None:
        return fail("no method is described", fix=Fix("methodology"))
    return passed("{words}", "methodology", words=Words(text))


@check(fields={"activities"})
def has_steps(view: Seen) -> Outcome:
    """The steps that made the work are recorded one by one, so that a machine can follow them.

    Record each step with its inputs, outputs, software and settings.
    """
    steps = view.resource.activities
    if steps:
        message = "1 step: {name}" if len(steps) == 1 else "{steps}, the first: {name}"
        return passed(message, "activities", steps=count(len(steps), "step"), name=steps[0].name)
    return fail("no step is recorded", fix=Fix("activities"))


@check(fields={"activities"})
def steps_name_versions(view: Seen) -> Outcome:
    """Each step names its software with the version.

    A result can be repeated only with the release that made it.
    """
    steps = view.resource.activities
    if not steps:
        return not_applicable("no step is recorded")
    good = len([1 for step in steps if any(entity.version for entity in step.software)])
    return graded(good, len(steps), "step", ("names a version", "name a version"), field="activities")


@check(fields={"relations", "activities"}, of_documents=True)
def provenance_is_shared(view: Seen, *, dialects: Sequence[str] = ("schema-org", "datacite")) -> Outcome:
    """Where the work comes from is told in a language that other communities read too.

    Keep the sources in every export: isBasedOn in schema.org, IsDerivedFrom in DataCite, wasDerivedFrom in PROV.
    """
    read = [each for each in view.views if each.representation in dialects]
    telling = [each for each in read if each.resource.activities or leading(each.resource.relations, "IsDerivedFrom")]
    if telling:
        resource, names = telling[0].resource, ", ".join(each.representation for each in telling)
        told = [name for name in ("relations", "activities") if getattr(resource, name)]
        return passed("{told} in {names}", *told, names=names, told=" and ".join(told))
    if read:
        names = ", ".join(each.representation for each in read)
        return fail("{names} without sources", "relations", names=names, fix=Fix("relations"))
    return fail("no export was found", fix=Fix("relations"))


@check(fields={"validation"})
def describes_validation(view: Seen) -> Outcome:
    """How the quality of the work was checked is described.

    Write what was compared with what, and what is known to be wrong.
    """
    text = view.resource.validation
    if text:
        return passed("{words}", "validation", words=Words(text))
    return fail("how it was checked is not described", fix=Fix("validation"))


@check(fields={"usage", "usage_rules"})
def explains_usage(view: Seen) -> Outcome:
    """How to use the work is explained.

    Say which software reads it, what padding and missing values look like, which weights must be applied.
    """
    usage, rules = view.resource.usage, view.resource.usage_rules
    told = {"words": Words(usage or ""), "rules": count(len(rules), "rule")}
    if usage and rules:
        return passed("{words}, {rules}", "usage", "usage_rules", **told)
    if usage:
        return passed("{words}", "usage", **told)
    if rules:
        return partial("{rules}, but no explanation", "usage_rules", fix=Fix("usage"), **told)
    return fail("how to use it is not explained", fix=Fix("usage"))


@check(fields={"code_repository"})
def has_code_repository(view: Seen) -> Outcome:
    """The source code can be had.

    Link the repository, better still its archived copy with a SWHID or a DOI.
    """
    if view.resource.code_repository:
        return passed("{url}", "code_repository", url=view.resource.code_repository)
    return fail("no repository is stated", fix=Fix("code_repository"))


@check(fields={"requirements"})
def states_requirements(view: Seen) -> Outcome:
    """What the work needs to run is stated: releases, containers, packages.

    Name them with versions; a container image with its digest is best.
    """
    needed = view.resource.requirements
    if needed:
        message = "{name}" if len(needed) == 1 else "{name} and {more} more"
        return passed(message, "requirements", name=needed[0], more=len(needed) - 1)
    return fail("what it needs to run is not stated", fix=Fix("requirements"))
