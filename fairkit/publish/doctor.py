"""Whether a token is good: the repository that it is for is asked for the records of whoever it stands for."""

from __future__ import annotations

from typing import Annotated, Literal

from fairkit.errors import FairkitError
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.repositories.invenio import Invenio

__all__ = ["Found", "tried"]


@word
class Found(Frozen):
    """One thing that was looked at."""

    what: Annotated[str, Term(SDO.name, "What was looked at")]
    state: Annotated[Literal["good", "absent", "unknown", "bad"], Term(FAIRKIT.state, "How it is")]
    told: Annotated[str, Term(SDO.description, "What was found; no token shows in it")]
    code: Annotated[int, Term(FAIRKIT.exitCode, "The exit code that it deserves")] = 0


def tried(what: str, where: str, repository: Invenio) -> Found:
    """Whether the repository takes the token; it cannot tell which scopes it has before something is deposited."""
    try:
        next(repository.mine(most=1), None)
    except FairkitError as error:
        return Found(what=what, state="bad", told=f"from {where}: {error.what}", code=error.exit_code)
    return Found(what=what, state="good", told=f"from {where}, taken by {repository.base}")
