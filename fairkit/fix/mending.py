"""The mending of one target: entries with proposed values or questions, what they gain, and the edited document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any, NamedTuple

from fairkit import __version__
from fairkit.assess.checklist import Checklist
from fairkit.assess.engine import Finding
from fairkit.compare import told as in_short
from fairkit.dialects import dialect
from fairkit.model.base import Frozen, Told, word
from fairkit.model.distribution import Distribution
from fairkit.model.evidence import Document
from fairkit.model.harvest import Harvest, View, merge

from .candidates import Candidate, candidates, told
from .edits import Edit, edits, speaker, where
from .gains import Gain, Judged, answered, gain, is_gain, is_loss, judged
from .patch import Operation, patched
from .toml import edited as edited_toml

__all__ = ["Change", "Entry", "Gain", "Mending", "mend"]

_TOML = "fairkit-toml"


@word
class Change(Frozen):
    """A place in the edited document and what it becomes."""

    pointer: Annotated[str, Told("A JSON pointer (RFC 6901)")]
    value: Annotated[Any, Told("In the form of the document")]


@word
class Entry(Frozen):
    """One thing to change: a value that the evidence holds, or a question that only people can answer."""

    document: Annotated[str, Told("The dialect of the document to change; empty where none is named")]
    field: Annotated[str | None, Told("The field of the resource, if it is about one")]
    pointer: Annotated[str | None, Told("Where it stands or would stand; null where the dialect has no place")]
    says: Annotated[str | None, Told("The proposed value in short; null for a question")]
    source: Annotated[str | None, Told("Where the value comes from")]
    changes: Annotated[tuple[Change, ...], Told("What is changed for it in the edited document")]
    question: Annotated[str | None, Told("What to find out; null for a value")]
    found: Annotated[str | None, Told("What was found wanting")]
    suggestion: Annotated[str | None, Told("A value to begin with, on nobody's authority")]
    gains: Annotated[tuple[Gain, ...], Told("By each checklist: alone, or of all together; of a question at most")]
    only_with_others: Annotated[bool, Told("Whether it gains only together with the other values for its document")]


@word
class Mending(Frozen):
    """What would raise the score of a target."""

    target: str
    document: Annotated[str | None, Told("The URL or path of the edited document")]
    dialect: Annotated[str | None, Told("Its dialect")]
    entries: tuple[Entry, ...]
    gains: Annotated[tuple[Gain, ...], Told("What the edited document gains, read again with all its changes")]
    patch: Annotated[tuple[Operation, ...], Told("A JSON patch (RFC 6902); empty for a document that is not JSON")]
    before: Annotated[str | None, Told("The text of the edited document, if it is TOML")]
    after: Annotated[str | None, Told("The text with the changes, if it is TOML")]
    evidence_digest: str
    fairkit_version: str


class _Scene(NamedTuple):
    """What all steps of one mending share."""

    harvest: Harvest
    edited: View | None
    checklists: Sequence[Checklist]
    before: tuple[Judged, ...]

    def after(self, every: Sequence[Candidate]) -> tuple[Judged, ...]:
        return judged(told(self.harvest, every), self.checklists)


class _Proposal(NamedTuple):
    candidate: Candidate
    edits: tuple[Edit, ...]
    gains: tuple[Gain, ...]
    alone: bool


def mend(harvest: Harvest, checklists: Sequence[Checklist], *, files: Sequence[Distribution] = ()) -> Mending:
    """What would raise the score: of a folder in its fairkit.toml, else in the first document that can be edited.

    `files` are those of the folder, with the sizes and checksums that were read from them.
    """
    before = judged(harvest, checklists)
    harvest = _with_toml(harvest)
    scene = _Scene(harvest, _edited(harvest), checklists, before)
    proposals = _proposals(scene, candidates(harvest, scene.edited, files))
    made = [edit for each in proposals for edit in each.edits]
    view = scene.edited
    patch, body = _written(view, made) if view and made else ((), None)
    mended = _reread(harvest, view, body) if view and body is not None else harvest
    is_toml = view is not None and view.representation == _TOML
    questions = _questions(scene, told(mended, _elsewhere(proposals, scene)))
    return Mending(
        target=harvest.evidence.target,
        document=view.document.url if view else None,
        dialect=view.representation if view else None,
        entries=(*(_entry(each) for each in proposals), *questions),
        gains=gain(before, judged(mended, checklists)),
        patch=patch,
        before=view.document.body.decode() if view and is_toml else None,
        after=(view.document.body if body is None else body).decode() if view and is_toml else None,
        evidence_digest=harvest.evidence.digest,
        fairkit_version=__version__,
    )


def _with_toml(harvest: Harvest) -> Harvest:
    """The harvest, with an empty fairkit.toml before all else where a folder has none yet."""
    evidence = harvest.evidence
    if evidence.basis != "local" or _TOML in harvest.representations:
        return harvest
    folder = next((view.document.url for view in harvest.views if view.representation == "folder"), evidence.target)
    module = dialect(_TOML)
    own = Document(
        representation=_TOML, media_type=module.MEDIA_TYPE, url=f"{folder.rstrip('/')}/fairkit.toml", body=b""
    )
    return merge(evidence, [module.read(own), *harvest.views], unread=harvest.unread)


def _edited(harvest: Harvest) -> View | None:
    return next((view for view in harvest.views if speaker(view)), None)


def _proposals(scene: _Scene, every: Sequence[Candidate]) -> list[_Proposal]:
    """The candidates that gain something, alone or with the others for their document; the most first."""
    found: list[_Proposal] = []
    for view in scene.harvest.views:
        writable = {id(each): _edits(each, scene) for each in every if each.view is view}
        offered = [each for each in every if each.view is view and (view is not scene.edited or writable[id(each)])]
        chosen = [_Proposal(each, writable[id(each)], gains, alone) for each, gains, alone in _gaining(scene, offered)]
        found += sorted(chosen, key=lambda each: (not each.alone, -_worth(each.gains)))
    return sorted(found, key=lambda each: each.candidate.view is not scene.edited)


def _gaining(scene: _Scene, offered: Sequence[Candidate]) -> Iterator[tuple[Candidate, tuple[Gain, ...], bool]]:
    """Those of one document that gain alone, and those that have a part in what all of them gain together."""
    after = scene.after(offered)
    together = gain(scene.before, after)
    for candidate in offered:
        alone = gain(scene.before, scene.after([candidate]))
        if is_gain(alone) or candidate.certain:
            yield candidate, alone, True
            continue
        shared = tuple(_about(candidate.field, *pair) for pair in zip(together, scene.checklists, strict=True))
        others = scene.after([other for other in offered if other is not candidate])
        if any(each.metrics for each in shared) and not is_loss(gain(others, after)):
            yield candidate, shared, False


def _about(field: str, gained: Gain, checklist: Checklist) -> Gain:
    """The gain, with those of its metrics only that look at a field."""
    looking = {metric.id for metric in checklist.metrics if any(field in test.fields for test in metric.tests)}
    return replace(gained, metrics=tuple(name for name in gained.metrics if name in looking))


def _edits(candidate: Candidate, scene: _Scene) -> tuple[Edit, ...]:
    return edits(candidate.view, candidate.field, candidate.value) if candidate.view is scene.edited else ()


def _elsewhere(proposals: Sequence[_Proposal], scene: _Scene) -> list[Candidate]:
    return [each.candidate for each in proposals if each.candidate.view is not scene.edited]


def _worth(gains: Sequence[Gain]) -> float:
    return sum(each.now.low - each.then.low for each in gains if each.then and each.now)


def _written(view: View, made: Sequence[Edit]) -> tuple[tuple[Operation, ...], bytes]:
    """The patch, if the document is JSON, and the changed document."""
    if view.representation == _TOML:
        return (), edited_toml(view.document.body.decode(), made).encode()
    return patched(view.data, made)


def _reread(harvest: Harvest, view: View, body: bytes) -> Harvest:
    """The harvest with the changed document read again, so that nothing is promised that the dialect cannot read."""
    new = dialect(view.representation).read(replace(view.document, body=body))
    views = [new if each is view else each for each in harvest.views]
    return merge(harvest.evidence, views, unread=harvest.unread)


def _entry(proposal: _Proposal) -> Entry:
    candidate = proposal.candidate
    view, field = candidate.view, candidate.field
    return Entry(
        document=view.representation,
        field=field,
        pointer=where(view, field),
        says=in_short(field, replace(view.resource, **{field: candidate.value})),
        source=candidate.source,
        changes=tuple(Change(pointer=edit.pointer, value=edit.value) for edit in proposal.edits),
        question=None,
        found=None,
        suggestion=None,
        gains=proposal.gains,
        only_with_others=not proposal.alone,
    )


def _questions(scene: _Scene, mended: Harvest) -> Iterator[Entry]:
    """What still falls short once all values are told, a question for each remedy, those that gain most first."""
    after = judged(mended, scene.checklists)
    asked: dict[tuple[str, str | None, str], list[tuple[str, str]]] = {}
    first: dict[tuple[str, str | None, str], Finding] = {}
    for each in after:
        for result in each.results:
            for finding in result.tests if result.status in ("fail", "partial") else ():
                if finding.outcome.status in ("fail", "partial"):
                    fix = finding.outcome.fix
                    remedy = result.metric.remedy or finding.test.check.remedy
                    key = (_document(finding, scene), fix.field if fix else None, remedy)
                    asked.setdefault(key, []).append((each.checklist.id, result.metric.id))
                    first.setdefault(key, finding)
    found = [_question(key, first[key], answered(after, metrics), mended) for key, metrics in asked.items()]
    yield from sorted(found, key=lambda entry: -_worth(entry.gains))


def _document(finding: Finding, scene: _Scene) -> str:
    """The dialect of the document in which the answer belongs."""
    if finding.on in scene.harvest.representations:
        return finding.on
    return scene.edited.representation if scene.edited else ""


def _question(key: tuple[str, str | None, str], finding: Finding, gains: tuple[Gain, ...], mended: Harvest) -> Entry:
    document, field, remedy = key
    view = next((view for view in mended.views if view.representation == document), None)
    fix = finding.outcome.fix
    return Entry(
        document=document,
        field=field,
        pointer=where(view, field) if view and field else None,
        says=None,
        source=None,
        changes=(),
        question=remedy,
        found=finding.outcome.text,
        suggestion=fix.suggestion if fix else None,
        gains=gains,
        only_with_others=False,
    )
