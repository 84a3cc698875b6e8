"""Where a release may be deposited: which repository an option means, and what it takes."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from fairkit.errors import UnknownName, UsageError
from fairkit.repositories import Rules
from fairkit.settings import base_url

__all__ = ["SANDBOX", "Place", "place"]

SANDBOX = "https://sandbox.zenodo.org"
_ZENODO = Rules("Zenodo", required=frozenset({"title", "creators", "description", "license"}), prefix="10.5281")
_SANDBOX_PREFIX = "10.5072"
_INVENIO = Rules("InvenioRDM", metadata_only=True)


class Place(NamedTuple):
    """A repository: its name, its base URL, what it takes, and the variables that may hold a token for it."""

    name: str
    base: str
    rules: Rules
    tokens: tuple[str, ...]

    @property
    def publisher(self) -> str:
        """Who publishes what names no publisher."""
        return _ZENODO.name if self.rules.prefix else self.name


def place(*, zenodo: bool = False, sandbox: bool = False, invenio: str | None = None, to: str | None = None) -> Place:
    """The one repository that the options name.

    Raises:
        UsageError: if they name none, or more than one, or what is no base URL.
        UnknownName: if `to` names a kind of repository that there is not.
    """
    named = [written for written in ("zenodo" if zenodo else None, invenio and f"invenio:{invenio}", to) if written]
    if len(named) != 1:
        what = "more than one repository is named" if named else "no repository is named"
        remedy = "As in: --zenodo --sandbox   or: --invenio https://data.example.org"
        raise UsageError(what, value=named, remedy=remedy)
    kind, _, argument = named[0].partition(":")
    if kind == "zenodo":
        return _zenodo(sandbox=sandbox or argument == "sandbox")
    if sandbox:
        raise UsageError("--sandbox is the sandbox of Zenodo", remedy="Write --zenodo --sandbox.")
    if kind == "invenio":
        return _invenio(argument)
    raise UnknownName("kind of repository", kind, ("zenodo", "invenio"))


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
