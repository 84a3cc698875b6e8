"""Variables: is every column explained, and is it said how many entries there are and how they are split?"""

from __future__ import annotations

from collections.abc import Callable

from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed
from fairkit.model.variable import Variable

from ._check import Seen, check, share


@check(fields={"variables"})
def describes_variables(view: Seen) -> Outcome:
    """The variables are listed: what is in a row, an event, an array.

    List every column with name, type, unit and meaning.
    """
    rows = view.resource.variables
    if rows:
        return passed("{count} variables", "variables", count=len(rows))
    return fail("no variable is described", fix=Fix("variables"))


@check(fields={"variables"})
def variables_are_explained(view: Seen) -> Outcome:
    """Every variable says what it means.

    One sentence each: which quantity, of which object, computed how.
    """
    return _all(view, lambda row: bool(row.description), "say what they mean")


@check(fields={"variables"})
def variables_have_types(view: Seen) -> Outcome:
    """Every variable says its type.

    float32, int64, bool …: take it from the file.
    """
    return _all(view, lambda row: bool(row.dtype), "say their type")


@check(fields={"variables"})
def variables_have_units(view: Seen) -> Outcome:
    """Every variable says its unit.

    GeV or MeV is a factor of a thousand: write the unit, and 1 for a pure number.
    """
    return _all(view, lambda row: bool(row.unit), "have a unit")


def _all(view: Seen, good: Callable[[Variable], bool], words: str) -> Outcome:
    rows = view.resource.variables
    if not rows:
        return not_applicable("no variable is described")
    count = sum(map(good, rows))
    told = share(count, len(rows))
    if count == len(rows):
        return passed("{count} variables {words}", "variables", count=told, words=words)
    verdict = partial if count else fail
    return verdict("{count} variables {words}", "variables", count=told, words=words, fix=Fix("variables"))


@check(fields={"entry_count", "splits"})
def counts_entries(view: Seen) -> Outcome:
    """The number of entries is stated: events, rows, jets.

    State the number of the whole; it is what a reader compares the files with.
    """
    count, splits = view.resource.entry_count, view.resource.splits
    if count:
        return passed("{count:,} entries", "entry_count", count=count)
    if count == 0:
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
    good = sum(1 for split in splits if split.entry_count)
    told = share(good, len(splits))
    if good == len(splits):
        return passed("{count} splits do", "splits", count=told)
    return (partial if good else fail)("{count} splits do", "splits", count=told, fix=Fix("splits"))


@check(fields={"variables"})
def variables_have_roles(view: Seen) -> Outcome:
    """Every variable says what it is for: feature, label, weight, identifier, truth.

    Without roles a label or a truth value slips into the features.
    """
    return _all(view, lambda row: bool(row.role), "have a role")
