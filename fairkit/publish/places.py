"""Where a release may be deposited: which repository an option means, and what it takes."""

from __future__ import annotations

import os
import sys
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from fairkit.errors import UnknownName, UsageError
from fairkit.repositories import Rules
from fairkit.settings import base_url

__all__ = ["EXPERIMENTS", "LOCAL", "PORTAL", "SANDBOX", "Place", "place"]

SANDBOX = "https://sandbox.zenodo.org"
_ZENODO = Rules("Zenodo", required=frozenset({"title", "creators", "description", "license"}), prefix="10.5281")
_SANDBOX_PREFIX = "10.5072"
_INVENIO = Rules("InvenioRDM", metadata_only=True, multipart=True)
LOCAL = "./repository"
"""Where a release goes when no repository is named: a folder that needs no account."""
_UNLIMITED = sys.maxsize
_OWN = Rules(
    "the local repository", most_files=_UNLIMITED, most_bytes=_UNLIMITED, most_file_bytes=_UNLIMITED, empty_files=True
)
EXPERIMENTS = ("alice", "atlas", "cms", "delphi", "lhcb", "opera")
"""Those that the CERN Open Data portal has curators for."""
PORTAL = "https://opendata.cern.ch"
_PORTAL = Rules(
    "CERN Open Data", most_files=_UNLIMITED, most_bytes=_UNLIMITED, most_file_bytes=_UNLIMITED, prefix="10.7483"
)


class Place(NamedTuple):
    """A repository: its name, where it is, what it takes, and the variables that may hold a token for it."""

    name: str
    base: str
    """Its base URL, or the absolute path of a local one."""
    rules: Rules
    tokens: tuple[str, ...]
    kind: Literal["invenio", "local", "cern"] = "invenio"
    experiment: str | None = None
    """For which experiment, where a portal has several."""

    @property
    def publisher(self) -> str:
        """Who publishes what names no publisher."""
        return _ZENODO.name if self.name.startswith(_ZENODO.name) else self.name


def place(
    *,
    zenodo: bool = False,
    sandbox: bool = False,
    invenio: str | None = None,
    local: str | None = None,
    cern: bool = False,
    experiment: str | None = None,
    to: str | None = None,
) -> Place:
    """The one repository that the options name; the folder `LOCAL` where they name none.

    Raises:
        UsageError: if they name more than one, or what is no base URL, or an option of another one.
        UnknownName: if `to` names a kind of repository that there is not, or `experiment` none of the portal's.
    """
    forms = (
        "zenodo" if zenodo else None,
        None if invenio is None else f"invenio:{invenio}",
        None if local is None else f"local:{local}",
        "cern" if cern else None,
        to,
    )
    named = [written for written in forms if written]
    if len(named) > 1:
        remedy = "As in: --zenodo --sandbox   or: --invenio https://data.example.org   or: --local ./repository"
        raise UsageError("more than one repository is named", value=named, remedy=remedy)
    if sandbox and not named:
        raise UsageError("--sandbox is the sandbox of Zenodo", remedy="Write --zenodo --sandbox.")
    kind, _, argument = (named or [f"local:{LOCAL}"])[0].partition(":")
    if kind == "zenodo":
        found = _zenodo(sandbox=sandbox or argument == "sandbox")
    elif kind == "invenio":
        found = _invenio(argument)
    elif kind == "local":
        found = _local(argument or LOCAL)
    elif kind == "cern":
        found = _cern(experiment or argument)
    else:
        raise UnknownName("kind of repository", kind, ("zenodo", "invenio", "local", "cern"))
    if sandbox and kind != "zenodo":
        raise UsageError("--sandbox is the sandbox of Zenodo", remedy="Write --zenodo --sandbox.")
    if experiment and kind != "cern":
        raise UsageError("--experiment is one of CERN Open Data", value=experiment, remedy="Write --cern, too.")
    return found


def _local(written: str) -> Place:
    return Place("the local repository", os.path.abspath(written), _OWN, (), "local")


def _cern(experiment: str) -> Place:
    written = experiment.strip().lower()
    if not written:
        remedy = f"As in: --cern --experiment {EXPERIMENTS[1]}. There are: {', '.join(EXPERIMENTS)}."
        raise UsageError("CERN Open Data is told by experiment, and none is named", remedy=remedy)
    if written not in EXPERIMENTS:
        raise UnknownName("experiment", experiment, EXPERIMENTS)
    return Place("CERN Open Data", PORTAL, _PORTAL, (), "cern", written)


def _zenodo(*, sandbox: bool) -> Place:
    name = "Zenodo's sandbox" if sandbox else "Zenodo"
    variable = "FAIRKIT_ZENODO_SANDBOX_TOKEN" if sandbox else "FAIRKIT_ZENODO_TOKEN"
    base = SANDBOX if sandbox else base_url("zenodo")
    rules = _ZENODO._replace(name=name, real=not sandbox, prefix=_SANDBOX_PREFIX if sandbox else _ZENODO.prefix)
    return Place(name, base, rules, ("FAIRKIT_TOKEN", variable))


def _invenio(written: str) -> Place:
    base = written.strip().rstrip("/").removesuffix("/api")
    try:
        parts = urlsplit(base)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
        local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    except ValueError:
        good = local = False
    if not good:
        what = f"{written!r} is no base URL of a repository"
        raise UsageError(what, value=written, remedy="As in: --invenio https://data.example.org")
    if parts.scheme == "http" and not local:
        what = f"{base} is not encrypted: whoever is on the way would read the token"
        raise UsageError(what, value=base, remedy="Use https.")
    return Place(parts.netloc, base, _INVENIO._replace(name=parts.netloc), ("FAIRKIT_TOKEN", "FAIRKIT_INVENIO_TOKEN"))
