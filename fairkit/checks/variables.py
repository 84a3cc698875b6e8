"""Variables: is every column explained, and is it said how many entries there are and how they are split?"""

from __future__ import annotations

from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed

from ._check import Seen, check, count, graded
from ._shared import leading, stated


@check(fields={"variables"}, instead={"relations"})
def describes_variables(view: Seen) -> Outcome:
    """The variables are listed: what is in a row, an event, an array.

    List every column with name, type, unit and meaning.
    """
    rows = view.resource.variables
    if rows:
        return passed("{variables}", "variables", variables=count(len(rows), "variable"))
    documents = leading(view.resource.relations, "HasMetadata")
    if documents:
        message, at = "described in {identifier}, which was not read", ("relations", "variables")
        return partial(message, *at, identifier=documents[0].identifier, fix=Fix("variables"))
    return fail("no variable is described", fix=Fix("variables"))


@check(fields={"variables"})
def variables_are_explained(view: Seen) -> Outcome:
    """Every variable says what it means.

    One sentence each: which quantity, of which object, computed how.
    """
    return _all(view, "description", ("says what it means", "say what they mean"))


@check(fields={"variables"})
def variables_have_types(view: Seen) -> Outcome:
    """Every variable says its type.

    float32, int64, bool …: take it from the file.
    """
    return _all(view, "dtype", ("says its type", "say their type"))


@check(fields={"variables"})
def variables_have_units(view: Seen) -> Outcome:
    """Every variable says its unit.

    GeV or MeV is a factor of a thousand: write the unit, and 1 for a pure number; N/A says nothing.
    """
    return _all(view, "unit", ("has a unit", "have a unit"))


@check(fields={"variables"})
def variables_have_roles(view: Seen) -> Outcome:
    """Every variable says what it is for: feature, label, weight, identifier, truth.

    Without roles a label or a truth value slips into the features.
    """
    return _all(view, "role", ("has a role", "have a role"))


def _all(view: Seen, attribute: str, verbs: tuple[str, str]) -> Outcome:
    rows = view.resource.variables
    if not rows:
        return not_applicable("no variable is described")
    return graded(stated(rows)[attribute], len(rows), "variable", verbs, field="variables")


@check(fields={"entry_count", "splits"})
def counts_entries(view: Seen) -> Outcome:
    """The number of entries is stated: events, rows, jets.

    State the number of the whole; it is what a reader compares the files with.
    """
    entries, splits = view.resource.entry_count, view.resource.splits
    if entries:
        return passed("1 entry" if entries == 1 else "{entries:,} entries", "entry_count", entries=entries)
    if entries == 0:
        return fail("0 entries are claimed", "entry_count", fix=Fix("entry_count"))
    if splits and all(split.entry_count for split in splits):
        return partial("only split by split", "splits", fix=Fix("entry_count"))
    return fail("no number of entries is stated", fix=Fix("entry_count"))


@check(fields={"splits"})
def declares_splits(view: Seen) -> Outcome:
    """Which part is for training and which for testing is stated.

    Name the splits with their files or entries: two results compare only on the same split.
    """
    splits = view.resource.splits
    names = ", ".join(split.name for split in splits)
    if not splits:
        return fail("no split is stated", fix=Fix("splits"))
    if view.told("splits") == "given":
        return passed("{names}", "splits", names=names)
    return partial("only the paths of the files tell: {names}", "splits", names=names, fix=Fix("splits"))


@check(fields={"splits"})
def splits_are_counted(view: Seen) -> Outcome:
    """Every split says how many entries it has.

    Count them; a split without a number cannot be checked.
    """
    splits = view.resource.splits
    if not splits:
        return not_applicable("no split is stated")
    good = len([1 for split in splits if split.entry_count])
    verbs = ("says how many entries it has", "say how many entries they have")
    return graded(good, len(splits), "split", verbs, field="splits")
