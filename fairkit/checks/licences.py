"""Licences: is there one, which one, and does it fit what it covers?"""

from __future__ import annotations

from collections.abc import Sequence

from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed
from fairkit.vocab import licences
from fairkit.vocab.licences import Licence

from ._check import Seen, check

_PROPOSED = {"software": "BSD-3-Clause", "environment": "BSD-3-Clause", "model": "Apache-2.0"}
_WORKS = {"dataset": "a dataset", "model": "a model", "environment": "an environment", "supplementary": "a supplement"}
_MADE_FOR = {"dataset": "data", "model": "models", "environment": "environments", "supplementary": "supplements"}


@check(fields={"license", "implied_license", "kind"})
def has_licence(view: Seen) -> Outcome:
    """A licence is stated.

    Without one nobody may reuse the work: choose one (CC-BY-4.0 and CC0-1.0 suit data) and write it as an SPDX id.
    """
    stated, implied = view.resource.license, view.resource.implied_license
    if stated:
        return passed("{licence}", "license", licence=stated)
    fix = Fix("license", implied or _PROPOSED.get(view.resource.kind, "CC-BY-4.0"))
    if implied:
        message = "no licence is stated; the repository's terms of use imply {licence}, which no machine can read"
        return partial(message, "implied_license", licence=implied, fix=fix)
    return fail("no licence is stated", fix=fix)


@check(fields={"license"})
def licence_is_standard(view: Seen, *, ids: bool = True) -> Outcome:
    """The licence is one that machines know: an SPDX id, or the address of its text.

    Write the SPDX id (CC-BY-4.0), not a sentence.
    """
    stated = view.resource.license
    if stated is None:
        return fail("no licence to recognise", fix=Fix("license"))
    known = licences.find(stated)
    if known and not ids and not _has_name_or_address(view, known):
        return fail("only the id {id}", "license", id=known.id, fix=Fix("license", known.url))
    if known:
        return passed("{id} is a known licence", "license", id=known.id)
    return fail("{licence!r} is no known licence", "license", licence=stated, fix=Fix("license"))


def _has_name_or_address(view: Seen, known: Licence) -> bool:
    """Whether any document writes more than the id of a licence: its name, or its address."""
    origins = [origin for each in view.views if (origin := each.origin("license"))]
    values = [item for origin in origins for item in _plain(origin.value)]
    return any(licences.find(value) and value.casefold() != known.id.casefold() for value in values)


def _plain(value: object) -> list[str]:
    """The texts of a value that is one, or holds some."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return [item for item in inner if isinstance(item, str)]


@check(fields={"license"})
def licence_has_address(view: Seen) -> Outcome:
    """The terms of the licence have an address that a program can follow.

    Write the SPDX id or the URL of the licence; terms of your own need a page of their own.
    """
    stated = view.resource.license
    if stated is None:
        return fail("no licence is stated", fix=Fix("license"))
    known = licences.find(stated)
    if known:
        return passed("{url}", "license", url=known.url or known.id)
    if stated.lower().startswith(("http://", "https://")):
        return passed("{url}", "license", url=stated)
    return fail("{licence!r} leads nowhere", "license", licence=stated, fix=Fix("license"))


@check(fields={"license"})
def licence_is_open(view: Seen) -> Outcome:
    """The licence is open: anybody may use, change and share, at most with credit and under the same terms.

    Non-commercial and no-derivatives clauses keep others from combining the data.
    """
    stated = view.resource.license
    known = licences.find(stated) if stated else None
    if known is None:
        return fail("no known licence", *(("license",) if stated else ()), fix=Fix("license"))
    if known.open:
        return passed("{id} is open", "license", id=known.id)
    return partial("{id} is not known as open", "license", id=known.id, fix=Fix("license"))


@check(fields={"license", "kind"})
def licence_fits_kind(view: Seen) -> Outcome:
    """The licence is meant for this kind of work.

    Software licences such as the GPL say nothing about data; Creative Commons advises against its licences for code.
    """
    stated, kind = view.resource.license, view.resource.kind
    known = licences.find(stated) if stated else None
    if known is None:
        return not_applicable("no known licence to judge")
    if not known.made_for:
        return not_applicable("{id} combines licences for different kinds of work", "license", id=known.id)
    work = _WORKS.get(kind, kind)
    if kind in known.made_for:
        return passed("{id} suits {work}", "license", id=known.id, work=work)
    made_for = _MADE_FOR.get(known.made_for[0], known.made_for[0])
    message = "{id} is a licence for {made_for}, this is {work}"
    return partial(message, "license", id=known.id, made_for=made_for, work=work, fix=Fix("license"))


@check(fields={"license"})
def states_rights(view: Seen, *, access_of: Sequence[str] = ()) -> Outcome:
    """What may be done with the work is stated, in whatever words.

    Write the SPDX id of a licence: "open access" says who gets the work, not what they may do with it.
    """
    stated = view.resource.license
    if stated:
        return passed("{licence}", "license", licence=stated)
    spoken = [each for each in view.views if each.representation in access_of and each.resource.access]
    if spoken:
        return passed("{access} access, and no licence", "access", access=spoken[0].resource.access)
    return fail("no right is stated", fix=Fix("license"))
