"""Who may be a feature: the role of a variable decides, and where nobody stated one, nothing is taken for granted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from fairkit.errors import UsageError
from fairkit.model.variable import Variable

from .folding import expand
from .guesses import role_of

__all__ = ["Roles", "roles", "variable_of"]

KNOWN = ("feature", "label", "weight", "identifier", "spectator", "truth")
_TOLD = 10


class Roles(NamedTuple):
    """Variables by what they are for; `held` are all that may never be among the features, labels and weights too."""

    features: tuple[Variable, ...]
    labels: tuple[Variable, ...]
    weights: tuple[Variable, ...]
    held: tuple[Variable, ...]
    notes: tuple[str, ...]


def roles(variables: Sequence[Variable], *, assume_features: bool = False) -> Roles:
    """The roles of the variables.

    With `assume_features`, those without a role are features, unless their names suggest another role.

    Raises:
        UsageError: if a variable has no role, or an unknown one; if there are no features.
    """
    known = [(one, _role(one)) for one in variables]
    asked = [one.name for one, role in known if role is None]
    notes: list[str] = []
    if asked and not assume_features:
        some = ", ".join(asked[:_TOLD]) + (f" and {len(asked) - _TOLD:,} more" if len(asked) > _TOLD else "")
        what = f"what are these for? {some}: no role is stated"
        remedy = f"Write role = … into their [[variables]] in fairkit.toml: {', '.join(KNOWN)}. Or --assume-features."
        raise UsageError(what, value=asked, remedy=remedy)
    decided = []
    for one, role in known:
        guess = (role_of(one) or _unfit(one)) if role is None else None
        if guess:
            notes.append(f"{one.name} is no feature although no role is stated: it {guess[1]}")
        decided.append((one, role or (guess[0] if guess else "feature")))
    chosen = {kind: tuple(one for one, role in decided if role == kind) for kind in KNOWN}
    if not chosen["feature"]:
        raise UsageError(
            "no variable is a feature", remedy='Write role = "feature" into [[variables]] of fairkit.toml.'
        )
    held = tuple(one for one, role in decided if role != "feature")
    return Roles(chosen["feature"], chosen["label"], chosen["weight"], held, tuple(notes))


def _unfit(one: Variable) -> tuple[str, str] | None:
    """What nobody called a feature, and what could be none: texts, times, lists in lists."""
    is_number = one.dtype is None or one.dtype.startswith(("int", "uint", "float", "bool"))
    if is_number and None not in (one.shape or ())[1:]:
        return None
    return "spectator", "holds no numbers" if not is_number else "holds lists in lists"


def _role(variable: Variable) -> str | None:
    """The role in our words.

    Raises:
        UsageError: if it is a word that means nothing here; nobody knows whether such a variable may be a feature.
    """
    if variable.role is None or not variable.role.strip():
        return None
    role = variable.role.strip().lower()
    if role not in KNOWN:
        what = f"{variable.name} has the role {variable.role!r}, which means nothing here"
        raise UsageError(what, value=variable.role, remedy=f"Known: {', '.join(KNOWN)}.")
    return role


def variable_of(variables: Sequence[Variable]) -> dict[str, Variable]:
    """The variable that describes each column; the columns that it folds are described by an array."""
    found: dict[str, Variable] = {}
    for one in variables:
        for column in expand(one.columns) if one.columns else (one.name,):
            found[column] = one
    return found
