"""What is wrong with the people, the organisations, the grants and the identifiers of a work."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.publish.problem import CODES, Problem, problem
from fairkit.repositories import Rules
from fairkit.vocab import identifiers, relations

__all__ = ["of_people"]

_MOST_CREATORS = 1_000
_WEB = re.compile(r"https?://[^\s/?#]+\S*")


def of_people(work: Resource, rules: Rules, *, own: str | None = None) -> Iterator[Problem]:
    """Everything that is wrong with who and what is named; `own` is the DOI that was reserved for this deposit."""
    yield from _people(work)
    yield from _funding(work)
    yield from _identity(work, rules, own)
    yield from _relations(work)


def _people(work: Resource) -> Iterator[Problem]:
    for field in ("creators", "contributors"):
        for row, who in enumerate(getattr(work, field)):
            yield from _person(who, field, row)
    if work.publisher is not None:
        yield from _well_formed(work.publisher, "publisher", None)
    if len(work.creators) > _MOST_CREATORS:
        yield problem("creators-many", f"there are {len(work.creators):,} creators", field="creators")
    for row, who in enumerate(work.contributors):
        known = (who.role or "").replace(" ", "").strip()
        if not known:
            yield problem("contributor-role", f"{who.name} has no role", field="contributors", row=row)
    for name, count in Counter(map(_key, work.creators)).items():
        if count > 1 and name:
            row = [_key(who) for who in work.creators].index(name)
            yield problem(
                "creator-twice", f"{work.creators[row].name} is named {count} times", field="creators", row=row
            )


def _key(who: Agent) -> str:
    return who.identifier("orcid") or " ".join(who.name.casefold().split())


def _person(who: Agent, field: str, row: int) -> Iterator[Problem]:
    if not _bare(who.name):
        yield problem("person-nameless", field=field, row=row)
    homes = [_bare(home.name) for home in who.affiliations]
    if len(set(homes)) < len(homes):
        yield problem("affiliation-twice", f"{who.name} works twice at one place", field=field, row=row)
    yield from _well_formed(who, field, row)
    schemes = Counter(one.scheme for one in set(who.identifiers))
    for scheme in (name for name, count in schemes.items() if count > 1):
        yield problem("identifier-twice", f"{who.name} has more than one {scheme}", field=field, row=row)


def _bare(name: str) -> str:
    """A name without what shows nothing."""
    return "".join(letter for letter in name if letter.isprintable()).strip(" ,.;-")


def _well_formed(who: Agent, field: str, row: int | None) -> Iterator[Problem]:
    for one in (*who.identifiers, *(each for home in who.affiliations for each in home.identifiers)):
        yield from _checked(one, f"{who.name} has", field, row)


def _checked(one: Identifier, told: str, field: str, row: int | None = None) -> Iterator[Problem]:
    """Whether an identifier has the shape of its scheme, and the right check digits."""
    if identifiers.is_valid(one):
        return
    code = f"{one.scheme}-wrong" if f"{one.scheme}-wrong" in CODES else "identifier-wrong"
    yield problem(code, f"{told} {one}, which is not well formed", field=field, row=row)


def _funding(work: Resource) -> Iterator[Problem]:
    for row, grant in enumerate(work.funding):
        if grant.url and not _WEB.fullmatch(grant.url.strip()):
            yield problem("award-page", f"{grant.url[:80]!r} is no address of a page", field="funding", row=row)
        if not _bare(grant.funder.name):
            code = "award-lonely" if grant.award or grant.title else "funder-missing"
            yield problem(code, field="funding", row=row)
        yield from _well_formed(grant.funder, "funding", row)


def _identity(work: Resource, rules: Rules, own: str | None) -> Iterator[Problem]:
    for one in (*work.identifiers, *work.supersedes, *work.superseded_by):
        yield from _checked(one, "it names", "identifiers")
    dois = {one.value.lower(): one.value for one in work.identifiers if one.scheme == "doi"}
    if own is not None:
        dois.pop(own.lower(), None)
    if len(dois) > 1:
        yield problem("doi-twice", f"it has more than one DOI: {', '.join(dois.values())}", field="identifiers")
    for written in dois.values():
        taken = rules.prefix is not None and written.startswith(f"{rules.prefix}/")
        what = f"{written} is the DOI of a record in {rules.name} already" if taken else f"it has the DOI {written}"
        yield problem("doi-taken" if taken else "doi-elsewhere", what, field="identifiers")


def _relations(work: Resource) -> Iterator[Problem]:
    mine = {identifiers.key(one) for one in work.identifiers}
    for row, relation in enumerate(work.relations):
        if relations.find(relation.type) is None:
            what = f"{relation.type!r} is no known type of relation"
            yield problem("relation-unknown", what, field="relations", row=row)
        if relation.identifier is None:
            what = f"{relation.type} {relation.title or ''}".strip() + ": without an identifier"
            yield problem("relation-nowhere", what, field="relations", row=row)
            continue
        yield from _checked(relation.identifier, f"it {relation.type}", "relations", row)
        if identifiers.key(relation.identifier) in mine:
            what = f"{relation.type} {relation.identifier}: that is the work itself"
            yield problem("relation-self", what, field="relations", row=row)
