"""Settings from the environment: the base URLs of services, and the time that is written into results.

A base URL is taken with or without a slash or `/api` at its end. Setting one is what lets fairkit talk to a private
or loopback address.
"""

from __future__ import annotations

import os
import re
import time
from urllib.parse import urlsplit

from .errors import UsageError

__all__ = ["SERVICES", "base_url", "fixed_time", "now", "trusted"]

_USERINFO = re.compile(r"//[^/@]*@")

SERVICES = {
    "cern-open-data": ("FAIRKIT_CERN_OPEN_DATA_URL", "https://opendata.cern.ch"),
    "doi": ("FAIRKIT_DOI_URL", "https://doi.org"),
    "hugging-face": ("FAIRKIT_HUGGING_FACE_URL", "https://huggingface.co"),
    "zenodo": ("FAIRKIT_ZENODO_URL", "https://zenodo.org"),
}
"""Each service: the variable that moves it, and where it is otherwise."""


def base_url(service: str) -> str:
    """The base URL of a service, without a slash at its end.

    Raises:
        UsageError: if the variable holds something else than an http(s) URL.
    """
    variable, default = SERVICES[service]
    written = os.environ.get(variable, "").strip() or default
    return _checked(written, variable, default).rstrip("/").removesuffix("/api")


def trusted() -> list[str]:
    """The URLs whose origins may have private or loopback addresses.

    These are the bases that the user has set, and those in `FAIRKIT_TRUSTED_URLS`, a list with commas.

    Raises:
        UsageError: if one is not an http(s) URL.
    """
    bases = [base_url(service) for service, (variable, _) in SERVICES.items() if os.environ.get(variable, "").strip()]
    more = (part.strip() for part in os.environ.get("FAIRKIT_TRUSTED_URLS", "").split(","))
    return [*bases, *(_checked(part, "FAIRKIT_TRUSTED_URLS", "http://127.0.0.1:8000") for part in more if part)]


def _checked(written: str, variable: str, example: str) -> str:
    shown = _USERINFO.sub("//…@", written)
    try:
        parts = urlsplit(written)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        good = False
    if not good or shown != written:
        why = "is not an http(s) URL" if not good else "has a name or a password in it, which do not belong there"
        remedy = f"Set {variable} to something like {example}, or leave it unset."
        raise UsageError(f"{variable} {why}: {shown!r}", value=shown, remedy=remedy)
    return written


def now() -> str:
    """The time for results, ISO 8601 in UTC: `SOURCE_DATE_EPOCH` where it is set, so that results can be repeated."""
    written = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    try:
        seconds = float(written) if written else time.time()
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
    except (ValueError, OverflowError, OSError):
        remedy = "It is a number of seconds since 1970."
        raise UsageError(f"SOURCE_DATE_EPOCH is not a time: {written!r}", value=written, remedy=remedy) from None


def fixed_time() -> str | None:
    """The time of `SOURCE_DATE_EPOCH`, ISO 8601 in UTC; None where it is not set.

    Raises:
        UsageError: if it is no time.
    """
    return now() if os.environ.get("SOURCE_DATE_EPOCH", "").strip() else None
