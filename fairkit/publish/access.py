"""Who gets the files, as a call decides it: open, embargoed until a day, or closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from fairkit import settings
from fairkit.errors import UsageError

__all__ = ["closed"]


def closed(*, embargo: str | None = None, restricted: bool = False) -> dict[str, Any]:
    """The fields of the resource that the options decide; none where they say nothing.

    Raises:
        UsageError: if the day is none, or not in the future, or both are asked for.
    """
    if embargo is not None and restricted:
        raise UsageError("--embargo and --restricted contradict each other", remedy="Choose one.")
    if restricted:
        return {"access": "restricted", "embargo_until": None}
    if embargo is None:
        return {}
    try:
        until = date.fromisoformat(embargo)
    except ValueError:
        what = f"{embargo!r} is no day"
        raise UsageError(what, value=embargo, remedy="Write one as in --embargo 2027-01-31") from None
    if until.isoformat() <= settings.now()[:10]:
        what = f"the embargo would end on {embargo}, which is not in the future"
        raise UsageError(what, value=embargo, remedy="Choose a later day, or publish the files openly.")
    return {"access": "embargoed", "embargo_until": until.isoformat()}
