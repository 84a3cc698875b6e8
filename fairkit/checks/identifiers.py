"""Identifiers: is there one, does it last, and does everybody concerned have one?"""

from __future__ import annotations

from collections.abc import Sequence

from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed
from fairkit.vocab import identifiers

from ._check import Seen, check, count, graded

_OF_AGENTS = frozenset({"orcid", "ror", "isni"})


@check(fields={"identifiers"}, after_deposit=True)
def has_identifier(view: Seen, *, schemes: Sequence[str] = ()) -> Outcome:
    """The work has an identifier of some kind, be it one that only its own repository knows.

    Give it a name that does not change: at the least a number in the place where it is kept.
    """
    every = view.resource.identifiers
    named = [identifier for identifier in every if identifier.scheme in schemes] if schemes else every
    if named:
        return passed("{identifier}", "identifiers", identifier=named[0])
    if every:
        message, kinds = "{identifier} is none of {schemes}", ", ".join(schemes)
        return fail(message, "identifiers", identifier=every[0], schemes=kinds, fix=Fix("identifiers"))
    return fail("no identifier is stated", fix=Fix("identifiers"))


@check(fields={"identifiers"}, after_deposit=True)
def has_unique_identifier(view: Seen) -> Outcome:
    """The work has a globally unique identifier.

    Deposit it where it gets one: Zenodo, CERN Open Data and most institutional repositories give a DOI.
    """
    every = view.resource.identifiers
    unique = next((i for i in every if identifiers.is_globally_unique(i)), None)
    if unique:
        return passed("{identifier} is unique everywhere", "identifiers", identifier=unique)
    if every:
        message = "{identifier} is unique only where it was given"
        return fail(message, "identifiers", identifier=every[0], fix=Fix("identifiers"))
    return fail("no identifier is stated", fix=Fix("identifiers"))


@check(fields={"identifiers"}, after_deposit=True)
def identifier_is_persistent(view: Seen) -> Outcome:
    """The identifier is kept alive by somebody: a DOI, a Handle, an ARK, a URN.

    Web addresses die. Deposit the work where it gets a persistent identifier, and state that one first.
    """
    lasting = next((i for i in view.resource.identifiers if identifiers.is_persistent(i)), None)
    if lasting:
        return passed("{identifier} is persistent: its scheme has a policy for that", "identifiers", identifier=lasting)
    at = ("identifiers",) if view.resource.identifiers else ()
    return fail("no persistent identifier is stated", *at, fix=Fix("identifiers"))


@check(fields={"identifiers"})
def identifiers_are_valid(view: Seen) -> Outcome:
    """Every identifier is well formed.

    Compare it letter by letter with the page of the service that gave it; check digits catch most slips.
    """
    every = view.resource.identifiers
    if not every:
        return not_applicable("there is no identifier to judge")
    wrong = [i for i in every if not identifiers.is_valid(i)]
    if wrong:
        return fail("{identifier} is not well formed", "identifiers", identifier=wrong[0], fix=Fix("identifiers"))
    return passed("{identifiers}, well formed", "identifiers", identifiers=count(len(every), "identifier"))


@check(needs={"identifier"}, after_deposit=True)
def identifier_resolves(view: Seen, *, identifier: str) -> Outcome:
    """The persistent identifier leads to something.

    Ask the registration agency or the repository: a DOI that is reserved but not published does not resolve.
    """
    if identifier == "none":
        return fail("there is no persistent identifier to resolve", fix=Fix("identifiers"))
    if identifier.startswith("resolves"):
        return passed("it resolves ({found})", found=identifier)
    return fail("it does not resolve ({found})", found=identifier)


@check(fields={"identifiers"}, after_deposit=True)
def metadata_names_identifier(view: Seen) -> Outcome:
    """The metadata hold the identifier of what they describe.

    Write the identifier into every document that travels without its page: JSON-LD, DataCite, the files themselves.
    """
    every = view.resource.identifiers
    lasting = next((i for i in every if identifiers.is_persistent(i)), None)
    if lasting:
        return passed("names {identifier}", "identifiers", identifier=lasting)
    if every:
        return partial("names only {identifier}", "identifiers", identifier=every[0], fix=Fix("identifiers"))
    return fail("names no identifier", fix=Fix("identifiers"))


@check(fields={"creators"})
def creators_are_identified(view: Seen) -> Outcome:
    """Creators have identifiers of their own: an ORCID for people, a ROR id for organisations.

    Names are shared and change. Ask the creators for their ORCID; look organisations up at ror.org.
    """
    people = view.resource.creators
    if not people:
        return not_applicable("there is no creator to identify")
    named = [agent.identifiers for agent in people if agent.identifiers]
    known = len([1 for each in named if not _OF_AGENTS.isdisjoint([identifier.scheme for identifier in each])])
    verbs = ("has an ORCID or ROR id", "have an ORCID or ROR id")
    return graded(known, len(people), "creator", verbs, field="creators")


@check(fields={"publisher"})
def publisher_is_identified(view: Seen) -> Outcome:
    """The publisher has an identifier of its own.

    Add the ROR id of the organisation that runs the repository.
    """
    publisher = view.resource.publisher
    if publisher is None:
        return not_applicable("there is no publisher to identify")
    if publisher.identifiers:
        return passed("{name} is {identifier}", "publisher", name=publisher.name, identifier=publisher.identifiers[0])
    return fail("{name} has no identifier", "publisher", name=publisher.name, fix=Fix("publisher"))


@check(needs={"identifier", "landing_page"}, after_deposit=True)
def identifier_leads_to_page(view: Seen, *, identifier: str, landing_page: str) -> Outcome:
    """The persistent identifier leads to a page, and that page answers.

    Tell the registration agency where the page is now; let the page of what is gone say so.
    """
    if identifier.startswith("resolves") and landing_page.startswith("200"):
        return passed("{page}", page=landing_page)
    if identifier == "none":
        return fail("there is no persistent identifier", fix=Fix("identifiers"))
    return fail("{led}; the page answers {page}", led=identifier, page=landing_page)
