"""What names suggest: roles, groups and counting variables. A guess is shown as one, and never stands for metadata."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from fairkit.model.variable import Variable

from .folding import FOUR_VECTOR
from .words import Guess

__all__ = ["guesses", "names_a_split", "role_of"]

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_ROLES = (
    ("weight", {"weight", "weights", "wgt", "wt"}, "is called a weight"),
    ("label", {"label", "labels", "target", "class", "signal", "background"}, "is called a label or a class"),
    ("truth", {"truth", "true", "gen", "generator", "mc", "simulated"}, "is called truth"),
)
_IDENTIFIERS = {
    "event", "event number", "event no", "event id", "event nr", "run", "run number", "run no", "lumi", "lumi block",
    "luminosity block", "lumi section", "id", "index", "entry", "row", "uid", "uuid", "jet index", "event index",
}  # fmt: skip
_SPLITS = {"split", "part", "fold", "ttv", "kaggle set", "subset"}
_INTEGER = ("int", "uint", "bool")
_NO_GROUPS = {"is", "has", "n", "num", "label", "target", "truth", "true", "gen", "mc", "weight", "the", "x", "y"}
_FEWEST = 2
_DETAIL = ("{}_n", "n_{}", "n{}", "{}_size", "{}_count", "num_{}", "{}_length")
"""How a variable is called that counts the members of a group."""


def guesses(variables: Sequence[Variable]) -> tuple[Guess, ...]:
    """The roles, groups and counting variables that nobody states and that names suggest."""
    found: list[Guess] = []
    groups = _groups(variables)
    for one in variables:
        role = role_of(one) if one.role is None else None
        if role:
            found.append(Guess(subject=one.name, field="role", value=role[0], why=role[1]))
        group = groups.get(one.name)
        if one.group is None and group:
            found.append(Guess(subject=one.name, field="group", value=group[0], why=group[1]))
    found += _counts(variables, {name: group for name, (group, _) in groups.items()})
    return tuple(found)


def role_of(variable: Variable) -> tuple[str, str] | None:
    """The role that the name of a variable suggests, and why; None where it suggests nothing."""
    words = [word.lower() for word in _WORDS.findall(variable.name)]
    known = set(words)
    discrete = (variable.dtype or "").startswith((*_INTEGER, "string"))
    for role, names, why in _ROLES:
        if known & names and not (role == "label" and _counted(words)):
            return role, why
    if len(words) > 1 and "is" in words[:2] and discrete:
        return "label", "asks whether something is so"
    if " ".join(words) in _IDENTIFIERS or (len(words) > 1 and words[-1] in ("id", "idx", "uid") and discrete):
        return "identifier", "is called a number or an index of something"
    if " ".join(words) in _SPLITS:
        return "identifier", "is called the part that a row belongs to"
    return ("label", "is called y") if variable.name == "y" and discrete else None


def names_a_split(name: str) -> bool:
    """Whether a column may say which split its row belongs to."""
    return " ".join(word.lower() for word in _WORDS.findall(name)) in _SPLITS


def _counted(words: Sequence[str]) -> bool:
    return words[0] in ("n", "num")


def _groups(variables: Sequence[Variable]) -> dict[str, tuple[str, str]]:
    """The group of each variable whose name begins as another's does; numbered momenta are constituents."""
    arrays = [one for one in variables if one.columns and one.shape]
    shapes = Counter(one.shape for one in arrays)
    found: dict[str, tuple[str, str]] = {}
    for one in arrays:
        if shapes[one.shape] > 1 and one.name.lower() in FOUR_VECTOR:
            found[one.name] = ("constituents", "is a component of numbered momenta")
    prefixes = {one.name: prefix for one in variables if (prefix := _prefix(one.name))}
    times = Counter(prefixes.values())
    for name, prefix in prefixes.items():
        if times[prefix] >= _FEWEST and name not in found:
            found[name] = (prefix, f"begins with {prefix}_ as {times[prefix] - 1} others do")
    return found


def _prefix(name: str) -> str | None:
    begin, sign, rest = name.rpartition("/")[2].partition("_")
    plain = begin.isalnum() and not begin.isdigit() and begin.lower() not in _NO_GROUPS
    return begin if sign and rest and plain else None


def _counts(variables: Sequence[Variable], groups: dict[str, str]) -> Iterator[Guess]:
    """For each list without a count, the whole number whose name says that it counts its group."""
    scalars = {
        one.name.lower(): one.name
        for one in variables
        if not one.shape and (one.dtype or "").startswith(("int", "uint"))
    }
    for one in variables:
        if one.count is not None or not one.shape:
            continue
        stem = (one.group or groups.get(one.name) or one.name).lower()
        stems = (stem, stem.removesuffix("s"), f"{stem}s")
        wanted = (form.format(each) for each in stems for form in _DETAIL)
        count = next((scalars[name] for name in wanted if name in scalars), None)
        if count:
            yield Guess(subject=one.name, field="count", value=count, why="is called the number of them")
