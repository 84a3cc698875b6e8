"""`fairkit doctor`: is everything there that fairkit needs, and is each token good for its own repository?"""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from fairkit import __version__
from fairkit.errors import FairkitError

from . import edge
from .bytes_shown import harmless
from .options import Json, Offline
from .repository import opened

if TYPE_CHECKING:
    from fairkit.publish.doctor import Found
    from fairkit.publish.places import Place

__all__ = ["doctor"]

_EXTRAS = {
    "root": "uproot",
    "web": "extruct",
    "dask": "distributed",
    "models": "onnxruntime",
    "shacl": "pyshacl",
    "publish": "detect_secrets",
}


@edge.guarded
def doctor(
    invenio: Annotated[
        str | None, typer.Option("--invenio", metavar="URL", help="An InvenioRDM whose token is to be tried.")
    ] = None,
    json: Json = False,
    offline: Offline = False,
) -> int:
    """Look at the installation, and try each token at its own repository, and nowhere else.

    \b
    fairkit doctor
    fairkit doctor --invenio https://data.example.org
    fairkit doctor --offline

    The exit code is 4 if a token is refused, 3 if a repository could not be reached, 0 otherwise.
    """
    from .looks import json_of

    found = (*_installation(), *_tokens(invenio, offline=offline))
    edge.write(json_of(found) if json else _text(found), None)
    return edge.worst([one.code for one in found])


def _installation() -> Iterator[Found]:
    from fairkit.http import cache_folder
    from fairkit.publish.doctor import Found

    yield Found(what="fairkit", state="good", told=f"{__version__}, Python {platform.python_version()}")
    for extra, module in _EXTRAS.items():
        there = find_spec(module) is not None
        told = module if there else f'not installed; pip install "fairkit[{extra}]" brings {module}'
        yield Found(what=f"extra {extra}", state="good" if there else "absent", told=told)
    try:
        yield Found(what="cache", state="good", told=str(cache_folder()))
    except FairkitError as error:
        yield Found(what="cache", state="absent", told=error.what)


def _tokens(invenio: str | None, *, offline: bool) -> Iterator[Found]:
    from fairkit.publish.places import place

    every = [place(zenodo=True), place(zenodo=True, sandbox=True)]
    every += [place(invenio=invenio)] if invenio else []
    yield from (_token(where, offline=offline) for where in every)


def _token(where: Place, *, offline: bool) -> Found:
    """Whether there is a token, and whether the repository that it is for takes it.

    A token that may be for any repository is not tried at one that nobody named.
    """
    from fairkit.publish import tokens
    from fairkit.publish.doctor import Found, tried

    what = f"token for {where.name}"
    named = where if where.tokens[-1] == "FAIRKIT_INVENIO_TOKEN" else where._replace(tokens=where.tokens[1:])
    try:
        token = tokens.find(named)
        if token is None:
            return Found(what=what, state="absent", told=f"none; {named.tokens[-1]} or {tokens.file_of(where)}")
        if offline:
            return Found(what=what, state="unknown", told=f"from {token.where}, not tried")
        with opened(where, token.value) as repository:
            return tried(what, token.where, repository)
    except FairkitError as error:
        return Found(what=what, state="bad", told=error.what, code=error.exit_code)


def _text(found: tuple[Found, ...]) -> bytes:
    marks = {"good": "✓", "absent": "–", "unknown": "?", "bad": "✗"}
    lines = [f"{marks[one.state]}  {one.what:28}  {one.told}" for one in found]
    return "\n".join(map(harmless, lines)).encode("utf-8", "replace") + b"\n"
