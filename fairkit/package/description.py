"""What a folder of files is: what its documents say, filled up with what the files hold.

What is documented wins; what contradicts it is found and named. What only a name suggests is a guess and is kept apart.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from fairkit.dialects import harvest
from fairkit.errors import FairkitError, UnreadableDocument
from fairkit.evidence import Gatherer
from fairkit.formats import find
from fairkit.formats._open import every_facts
from fairkit.http import Session
from fairkit.model.distribution import Distribution
from fairkit.model.evidence import Evidence
from fairkit.model.harvest import Harvest
from fairkit.model.resource import FIELDS, Resource
from fairkit.model.variable import Variable
from fairkit.sources import Target, Wants
from fairkit.vocab import media_types

from . import files, guesses, splits, variables
from ._finished import STATE, Finished
from .files import Places
from .layout import look
from .words import Description, FileFacts, Finding

__all__ = ["Description", "describe"]

_MOST_LINKS = 20
"""Links out of the folder that are named one by one."""


class _Opened(NamedTuple):
    """The data files that were looked into."""

    distributions: tuple[Distribution, ...]
    facts: tuple[FileFacts, ...]
    findings: tuple[Finding, ...]


def describe(
    root: str, *, stats: bool = False, jobs: int = 1, say: Callable[[str], None] = lambda _: None
) -> Description:
    """What the folder, or the one file, `root` holds.

    With `stats` all values are read, by as many processes as there are `jobs`. `say` hears each file that is opened.

    Raises:
        NotFound: if there is nothing of that name.
        UnreadableDocument: if its fairkit.toml or CITATION.cff is broken, or the one file cannot be read.
    """
    found, place = _file(root, say) if os.path.isfile(root) else _folder(root, say)
    if not stats:
        return found
    from .stats import measured  # it stands on NumPy and Arrow

    return measured(found, place=place, jobs=jobs, say=say)


def _file(path: str, say: Callable[[str], None]) -> tuple[Description, Places]:
    """One file by itself: nothing beside it is read."""
    name = os.path.basename(path)
    opened = _open(str(Path(path).parent), (name,), say)
    if not opened.facts:
        unread = opened.findings[0].text if opened.findings else "it is of no format that fairkit reads"
        raise UnreadableDocument(f"{path} cannot be described: {unread}", value=path, remedy="Is it a file of data?")
    place = Places(None)
    return _described(path, Resource(), opened, place, ()), place


def _folder(root: str, say: Callable[[str], None]) -> tuple[Description, Places]:
    folder = look(root)
    read, notes = _documents(root)
    findings = [_link(path) for path in folder.links_out[:_MOST_LINKS]]
    if left := len(folder.links_out) - _MOST_LINKS:
        more = f"{left:,} more links lead out of the folder and are not followed"
        findings += [Finding(kind="link", text=more)] if left > 0 else []
    findings += [Finding(kind="metadata", text=fault) for fault in read.unread]
    for view in read.views:
        file = os.path.basename(view.document.url)
        findings += [Finding(kind="metadata", text=fault, file=file) for fault in view.faults]
    findings += [Finding(kind="note", text=note) for note in notes if "leads out of the folder" not in note]
    opened = _open(root, folder.data, say)
    place = Places(read)
    return _described(root, _with_history(root, read.resource), opened, place, tuple(findings)), place


def _documents(root: str) -> tuple[Harvest, tuple[str, ...]]:
    """What the folder's own documents tell, read as for an assessment, without the network."""
    gatherer = Gatherer(lambda: Session(offline=True))
    reports = gatherer.gather(Target(root, "folder"), Wants(frozenset(), frozenset(FIELDS), False))
    evidence = reports[0].evidence if reports else Evidence(target=root, source="folder", basis="local")
    # What fairkit wrote into the folder when it was packaged would hold on to what its own documents tell no more.
    written = Finished(Path(root, STATE))
    own = tuple(one for one in evidence.documents if not written.has_derived(os.path.basename(one.url)))
    return harvest(replace(evidence, documents=own)), reports[0].notes if reports else ()


def _with_history(root: str, resource: Resource) -> Resource:
    """The resource with the steps of the folder's own journal after those that documents tell."""
    from . import provenance

    known = set(resource.activities)
    steps = tuple(step for step in provenance.read(root) if step not in known)
    return replace(resource, activities=(*resource.activities, *steps)) if steps else resource


def _link(path: str) -> Finding:
    return Finding(kind="link", text=f"{path} leads out of the folder, or to nothing, and is not followed", file=path)


def _open(root: str, paths: Sequence[str], say: Callable[[str], None]) -> _Opened:
    """Look into every file of data; one that cannot be read is a finding."""
    findings: list[Finding] = []
    readable = [path for path in paths if _is_known(os.path.join(root, path), path, findings)]
    facts: dict[str, FileFacts] = {}
    for path, found in zip(readable, every_facts(os.path.join(root, path) for path in readable), strict=True):
        say(path)
        if isinstance(found, FairkitError):
            findings.append(Finding(kind="unreadable", text=found.what, file=path))
        else:
            facts[path] = FileFacts(path=path, facts=found)
            findings += [Finding(kind="note", text=note, file=path) for note in found.notes]
    distributions = tuple(_distribution(os.path.join(root, path), path, facts.get(path)) for path in paths)
    return _Opened(distributions, tuple(facts.values()), tuple(findings))


def _is_known(whole: str, path: str, findings: list[Finding]) -> bool:
    """Whether a file is of a format that can be looked into; pictures, programs and papers are not."""
    try:
        return find(whole) is not None
    except UnreadableDocument as error:
        findings.append(Finding(kind="unreadable", text=error.what, file=path))
        return False


def _distribution(whole: str, path: str, one: FileFacts | None) -> Distribution:
    known = media_types.of_file(path) or (media_types.find(one.facts.format.replace("-", " ")) if one else None)
    return Distribution(
        name=path,
        byte_size=os.path.getsize(whole),
        media_type=known.media_type if known else None,
        tables=one.facts.tables if one else (),
    )


def _described(
    target: str, resource: Resource, opened: _Opened, place: Places, before: tuple[Finding, ...]
) -> Description:
    """The resource with its gaps filled, what contradicts it, and what names suggest."""
    seen = {file.path for file in opened.facts}
    complete = all(file.name in seen for file in opened.distributions if _is_table(file))
    own, contradictions = variables.merged(
        resource.variables, opened.facts, line=lambda number: place("variables", f"/{number}"), complete=complete
    )
    documented = () if place.is_looked("splits") else resource.splits
    paths = [file.name for file in opened.distributions]
    parts, wrong, suggested = splits.counted(documented, paths, opened.facts, where=place("splits"))
    resource, conflicts = files.filled(
        replace(resource, variables=own, splits=parts), opened.distributions, opened.facts, place
    )
    guessed = guesses.guesses(own)
    return Description(
        target=target,
        resource=resource,
        facts=opened.facts,
        guessed=(*suggested, *guessed),
        findings=(*before, *opened.findings, *contradictions, *wrong, *conflicts, *_leaks(own, place)),
    )


def _is_table(file: Distribution) -> bool:
    known = media_types.find(file.media_type) if file.media_type else None
    return known is not None and known.tabular


def _leaks(own: Sequence[Variable], place: Places) -> Iterator[Finding]:
    """The features that are called as what is to be predicted is, or as what only a simulation knows."""
    for number, one in enumerate(own):
        guess = guesses.role_of(one) if one.role == "feature" else None
        if guess and guess[0] in ("label", "truth"):
            what = "a label" if guess[0] == "label" else "derived from truth"
            text = f"{one.name} is said to be a feature, and may be {what}: it {guess[1]}"
            file, line = place("variables", f"/{number}")
            yield Finding(kind="leak", text=text, file=file, line=line)
