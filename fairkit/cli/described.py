"""What `export` and `cite` share: one target becomes the resource that it is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from fairkit.errors import UsageError

from . import edge
from .gathering import Options, gathered, words_of

if TYPE_CHECKING:
    from fairkit.model.resource import Resource

__all__ = ["Described", "described"]


class Described(NamedTuple):
    """The resource that a target is, and the folder that it came from, if it was one."""

    target: str
    resource: Resource
    root: str | None = None


def described(words: Sequence[str], options: Options, codes: list[int], *, files: bool = True) -> Described | None:
    """What the one target in `words` is; None where it cannot be had, and `codes` tell why.

    Of a folder that is what its documents say, and with `files` what these hold, with the digests of those without any.

    Raises:
        UsageError: if there are several targets.
    """
    from fairkit.sources import targets

    named = words_of(words)  # once: what stands on standard input is gone then
    every = targets(named)
    if files and len(every) == 1 and every[0].keyword in (None, "folder") and os.path.isdir(every[0].word):
        return Described(str(every[0]), _of_folder(every[0].word, options), every[0].word)
    return _of_documents(named, options, codes)


def _of_documents(words: Sequence[str], options: Options, codes: list[int]) -> Described | None:
    from fairkit.assess import checklist
    from fairkit.dialects import harvest

    found = [harvest(one) for one in gathered(words, [checklist.load("fairkit")], options, codes)]
    if len(found) > 1:
        what = f"there are {len(found):,} works, and one is written down at a time"
        raise UsageError(what, value=list(words), remedy="Name one target.")
    for one in found:
        if one.views:
            return Described(one.evidence.target, one.resource)
        codes.append(3)
    return None


def _of_folder(root: str, options: Options) -> Resource:
    from fairkit.evidence.digests import digested
    from fairkit.package.description import describe

    def say(text: str) -> None:
        if options.verbose:
            edge.say(f"reading {text}")

    found = describe(root, say=say).resource
    bare = [file for file in found.distributions if not file.checksums and not file.content_url]
    if not bare:
        return found
    summed = {file.name: file.checksums for file in digested(root, bare)}
    if not summed and not options.quiet:
        edge.say("fairkit: the files are too many or too large to digest now: fairkit package does, and keeps it")
    files = (replace(file, checksums=summed.get(file.name, file.checksums)) for file in found.distributions)
    return replace(found, distributions=tuple(files))
