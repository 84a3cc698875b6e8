"""Vocabularies: do the metadata speak a formal, shared language, and with words that others define?"""

from __future__ import annotations

from collections.abc import Sequence

from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed
from fairkit.vocab import namespaces, standards, units
from fairkit.vocab.namespaces import Vocabulary

from . import _pages
from ._check import Seen, check, graded
from ._shared import stated

_LINKED_DATA = ("schema-org", "croissant", "ro-crate")
_MOST = 5
"""Units that a message quotes."""
_STANDARDS = {  # the standard that each dialect is written in
    "schema-org": "schema.org",
    "datacite": "DataCite",
    "datacite-xml": "DataCite",
    "croissant": "Croissant",
    "ro-crate": "RO-Crate",
    "cff": "Citation File Format",
    "cern-open-data": "CERN Open Data record schema",
}


@check(of_documents=True)
def metadata_is_linked_data(view: Seen, *, dialects: Sequence[str] = _LINKED_DATA) -> Outcome:
    """The metadata are had in a formal language whose terms have addresses: JSON-LD or another form of RDF.

    Offer JSON-LD beside the native form: `fairkit` writes it, and most repositories export it.
    """
    found = [name for name in view.representations if name in dialects]
    if found:
        return passed("{names}", names=", ".join(found))
    return fail("no JSON-LD or other RDF was found")


@check(fields={"conforms_to"}, of_documents=True)
def metadata_follows_standard(view: Seen) -> Outcome:
    """The metadata follow a standard that the community knows, and say which.

    State the profile in `conforms_to`: Croissant, RO-Crate, DataCite 4.6, the schema of the portal.
    """
    declared = [found for written in view.resource.conforms_to if (found := standards.find(written))]
    if declared:
        return passed("{name}, declared", "conforms_to", name=declared[0].name)
    if view.resource.conforms_to:
        return partial("declares {iri}, which is not known here", "conforms_to", iri=view.resource.conforms_to[0])
    used = [_STANDARDS[name] for name in view.representations if name in _STANDARDS]
    if used:
        return passed("{names}", names=", ".join(used))
    return fail("no standard is used or declared", fix=Fix("conforms_to"))


@check(fields={"conforms_to"}, of_documents=True)
def standard_is_machine_readable(view: Seen) -> Outcome:
    """The standard that the metadata follow is published in a form that programs read: a schema, shapes, an ontology.

    Follow one that has a JSON Schema, an XML Schema, SHACL shapes or RDF classes.
    """
    declared = [found for written in view.resource.conforms_to if (found := standards.find(written))]
    used = [found for name in view.representations if (found := standards.find(_STANDARDS.get(name, name)))]
    good = next((found for found in [*declared, *used] if found.machine_readable), None)
    if good:
        return passed("{name}", *(("conforms_to",) if good in declared else ()), name=good.name)
    if declared or used:
        return fail("{name} is prose", name=[*declared, *used][0].name, fix=Fix("conforms_to"))
    return fail("no known standard is used or declared", fix=Fix("conforms_to"))


@check(fields={"subjects"})
def subjects_come_from_vocabularies(view: Seen) -> Outcome:
    """Subjects come from a vocabulary, and have addresses there.

    Give each subject its scheme and its IRI, such as those of the PhySH or EuroSciVoc subjects.
    """
    subjects = view.resource.subjects
    if not subjects:
        return fail("no subject from a vocabulary is stated", fix=Fix("subjects"))
    terms = len([1 for subject in subjects if subject.term])
    verbs = ("has an IRI", "have an IRI")  # the name of its scheme is something already
    return graded(terms, len(subjects), "subject", verbs, field="subjects", none=partial)


@check(fields={"variables"})
def units_are_standard(view: Seen) -> Outcome:
    """Units are written so that machines know them.

    Write GeV, mm, rad, 1 for a pure number; UCUM and QUDT define them.
    """
    rows = view.resource.variables
    if not stated(rows)["unit"]:
        return not_applicable("no unit is stated")
    written = [row.unit for row in rows if row.unit and units.is_stated(row.unit)]
    wrong = [unit for unit in written if not units.is_standard(unit)]
    verbs = ("is standard", "are standard")
    outcome = graded(len(written) - len(wrong), len(written), "unit", verbs, field="variables")
    if not wrong:
        return outcome
    told = outcome.values | {"advice": _advice(wrong)}
    return partial(outcome.message + "; {advice}", "variables", fix=outcome.fix, **told)


def _advice(wrong: list[str]) -> str:
    """What to write instead of units that are known only by a word or a slip, and the first that is not known."""
    found = {unit: units.find(unit) for unit in wrong}
    unknown = [f"not {unit!r}" for unit, known in found.items() if not known]
    worded = [f"{known.symbol} for {unit!r}" for unit, known in found.items() if known]
    return "; ".join([*unknown[:1], *(["write " + ", ".join(worded[:_MOST])] if worded else [])])


@check(fields={"variables"})
def variables_are_terms(view: Seen) -> Outcome:
    """Variables are tied to quantities that a vocabulary defines.

    Give each variable the IRI of its quantity, where the field has a vocabulary of them.
    """
    rows = view.resource.variables
    if not rows:
        return not_applicable("no variable is described")
    return graded(stated(rows)["term"], len(rows), "variable", ("has an IRI", "have an IRI"), field="variables")


@check(of_documents=True)
def uses_vocabularies(
    view: Seen,
    *,
    documents: Sequence[str] = ("schema-org", "datacite"),
    only: Sequence[str] = (),
    but: Sequence[str] = (),
) -> Outcome:
    """The metadata speak with terms that a vocabulary of some field defines.

    Use the IRIs of such terms for subjects, units, quantities and steps; schema.org and Dublin Core describe anything.
    """
    known = {found for address in _pages.addresses(view, documents) if (found := namespaces.of_iri(address))}
    names = sorted(found.name for found in known if _counts(found, only, but))
    if names:
        return passed("{names}", names=", ".join(names[:_MOST]))
    return fail("no term of a vocabulary was found")


def _counts(found: Vocabulary, only: Sequence[str], but: Sequence[str]) -> bool:
    """Whether a vocabulary is asked for: one of `only`, or any that is of some field and none of `but`."""
    return found.prefix in only if only else not found.generic and found.prefix not in but


@check(needs={"embedded"}, of_documents=True)
def standard_is_used(
    view: Seen, *, embedded: str, documents: Sequence[str] = ("schema-org", "datacite"), kinds: Sequence[str] = ()
) -> Outcome:
    """The metadata are written in a general standard, in a document of their own or in the page.

    Offer DataCite or schema.org metadata; Dublin Core tags in the page are the least.
    """
    found = [_STANDARDS.get(name, name) for name in view.representations if name in documents]
    found += [kind for kind in embedded.split(", ") if kind in kinds]
    if found:
        return passed("{names}", names=", ".join(dict.fromkeys(found)))
    return fail("no general standard is used")


@check(fields={"conforms_to"})
def standard_is_of_field(view: Seen) -> Outcome:
    """The metadata declare a standard of their field.

    State in `conforms_to` the profile that your community shares.
    """
    declared = [found for written in view.resource.conforms_to if (found := standards.find(written))]
    special = [found.name for found in declared if not found.generic]
    if special:
        return passed("{name}", "conforms_to", name=special[0])
    if declared:
        return fail("{name} is of no field", "conforms_to", name=declared[0].name, fix=Fix("conforms_to"))
    return fail("no known standard is declared", fix=Fix("conforms_to"))
