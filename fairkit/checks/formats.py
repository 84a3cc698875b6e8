"""Formats: are they named, open, and do they explain their own contents?"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed
from fairkit.vocab import media_types
from fairkit.vocab.media_types import Format

from . import _shared
from ._check import Seen, check, graded

_MOST = 5
"""Names that a message quotes."""
_ONLY_CONTAINERS = "only containers are named: {names}"
_PLACES = ("formats", "distributions")


def _named(view: Seen) -> tuple[tuple[str, ...], str]:
    """The formats as the metadata name them, else as the files tell, and the field; containers are set aside."""
    named = _contents(view.resource.formats)
    if named:
        return named, "formats"
    return _contents(_shared.formats(view.resource.distributions)), "distributions"


@lru_cache(maxsize=256)  # several checks ask of the same record, and most records name the same few
def _contents(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([name for name in names if not (found := media_types.find(name)) or not found.container])


def _containers(view: Seen) -> str:
    """The containers that are named where nothing tells what is in them."""
    return ", ".join((view.resource.formats or _shared.formats(view.resource.distributions))[:_MOST])


@check(fields={"formats", "distributions"})
def formats_are_named(view: Seen) -> Outcome:
    """The file formats are stated.

    List them by their usual names or media types: root, h5, application/vnd.apache.parquet.
    """
    names, at = _named(view)
    if not names:
        if containers := _containers(view):
            return partial(_ONLY_CONTAINERS, *_PLACES, names=containers, fix=Fix("formats"))
        return fail("no format is stated", fix=Fix("formats"))
    if at == "formats":
        return passed("{names}", at, names=", ".join(view.resource.formats[:_MOST]))
    quoted = ", ".join(names[:_MOST])
    return partial("only the files tell: {names}", at, names=quoted, fix=Fix("formats"))


@check(fields={"formats", "distributions"})
def formats_are_known(view: Seen) -> Outcome:
    """The file formats are ones that the world knows.

    Use the usual names; describe a format of your own in a document that the metadata link to.
    """
    return _judge(view, lambda found: True, ("is known", "are known"))


@check(fields={"formats", "distributions"})
def formats_are_open(view: Seen) -> Outcome:
    """The file formats are open: documented, and readable with free software.

    Convert to ROOT, HDF5, Parquet, NetCDF, FITS or CSV; a pickle is code and needs its program.
    """
    return _judge(view, lambda found: found.open, ("is open", "are open"))


@check(fields={"formats", "distributions"})
def formats_describe_themselves(view: Seen) -> Outcome:
    """The data files carry the names and types of their own columns.

    ROOT, HDF5, Parquet and NetCDF do; a bare array or text without a header does not.
    """
    verbs = ("describes itself", "describe themselves")
    return _judge(view, lambda found: found.self_describing, verbs, data_only=True)


@check(fields={"formats", "distributions"})
def formats_are_machine_readable(view: Seen) -> Outcome:
    """The data are in open formats that are structured for programs.

    Offer CSV, JSON, Parquet, HDF5 or ROOT beside texts and pictures, which are made for eyes.
    """
    verbs = ("is open and structured", "are open and structured")
    return _judge(view, lambda found: found.open and (found.tabular or found.self_describing), verbs)


def _judge(view: Seen, good: Callable[[Format], bool], verbs: tuple[str, str], *, data_only: bool = False) -> Outcome:
    names, at = _named(view)
    if not names and (containers := _containers(view)):
        return not_applicable(_ONLY_CONTAINERS, *_PLACES, names=containers)
    known = [(name, media_types.find(name)) for name in names]
    if data_only and any(found and found.scientific for _, found in known):
        known = [(name, found) for name, found in known if found is None or found.scientific]
    if not known:
        return not_applicable("no format is stated")
    bad = [name for name, found in known if found is None or not good(found)]
    outcome = graded(len(known) - len(bad), len(known), "format", verbs, field=at)
    if not bad:
        return outcome
    told = outcome.values | {"names": ", ".join(bad[:_MOST])}
    verdict = partial if len(bad) < len(known) else fail
    return verdict(outcome.message + "; not {names}", at, fix=Fix("formats"), **told)
