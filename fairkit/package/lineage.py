"""The lineage of a work: the works that it comes from, the software that made it, and the steps between its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Annotated

from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.model.harvest import Harvest
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import Resource

__all__ = ["Ancestor", "Follow", "lineage", "tree"]

_ABOVE = {
    "IsDerivedFrom": "comes from", "IsVariantFormOf": "is another form of", "IsTranslationOf": "is a translation of",
    "IsNewVersionOf": "follows", "IsCompiledBy": "was made with",
}  # fmt: skip
"""The relations that lead to what came before, in the words of the tree."""
_OURS = ("fairkit-toml", "provenance")
_GENERATED, _USED, _SOFTWARE = "was made by the step", "from", "with"

Follow = Callable[[Identifier], Harvest | str]
"""What looks another work up: its harvest, or why it could not be read."""


@word
class Ancestor(Frozen):
    """One thing in a lineage, and what it comes from."""

    name: Annotated[str, Term(SDO.name, "Its title or name")]
    relation: Annotated[str | None, Term(FAIRKIT.relation, "How what stands above it comes from it")] = None
    identifier: Annotated[str | None, Term(SDO.identifier, "Its identifier, behind its scheme")] = None
    version: Annotated[str | None, Term(SDO.version, "Its version")] = None
    digest: Annotated[str | None, Term(FAIRKIT.checksum, "The digest of its bytes, behind the algorithm")] = None
    when: Annotated[str | None, Term(FAIRKIT.when, "When a step was run")] = None
    note: Annotated[str | None, Term(FAIRKIT.note, "Why nothing more stands below it")] = None
    origins: Annotated[tuple[Ancestor, ...], Term(FAIRKIT.origin, "What it comes from")] = ()


def lineage(read: Harvest, *, depth: int = 1, follow: Follow | None = None) -> Ancestor:
    """The work with what it comes from; works are looked up by `follow`, so that `depth` generations are seen."""
    work = read.resource
    names = [str(identifier) for identifier in work.identifiers]
    origins = (*_works(work, depth, follow, frozenset(names)), *_steps(_recorded(read)))
    name, own = work.title or read.evidence.target, next(iter(names), None)
    return Ancestor(name=name, identifier=own, version=work.version, origins=origins)


def _recorded(read: Harvest) -> Sequence[Activity]:
    """All steps: those that people wrote down, then those of the journal; where there is neither, what is told."""
    ours = [view for name in _OURS for view in read.views if view.representation == name]
    return [step for view in ours for step in view.resource.activities] or read.resource.activities


def _works(work: Resource, depth: int, follow: Follow | None, seen: frozenset[str]) -> Iterator[Ancestor]:
    """The works that the relations of one lead back to, those with a title or an identifier."""
    for relation in work.relations:
        if relation.type in _ABOVE and (relation.identifier or relation.title):
            yield _work(relation, depth, follow, seen)


def _work(relation: Relation, depth: int, follow: Follow | None, seen: frozenset[str]) -> Ancestor:
    name = str(relation.identifier) if relation.identifier else None
    told = Ancestor(name=relation.title or name or "", relation=_ABOVE[relation.type], identifier=name)
    if relation.identifier is None or depth <= 1 or follow is None:
        return told
    if name in seen:
        return _with(told, note="it stands above already")
    found = follow(relation.identifier)
    if isinstance(found, str):
        return _with(told, note=found)
    work = found.resource
    known = seen | {str(identifier) for identifier in work.identifiers} | {str(name)}
    origins = (*_works(work, depth - 1, follow, known), *_steps(work.activities))
    return _with(told, name=work.title or told.name, version=work.version, origins=origins)


def _with(ancestor: Ancestor, **changes: object) -> Ancestor:
    return Ancestor(**{**ancestor.__dict__, **changes})


def _steps(activities: Sequence[Activity]) -> Iterator[Ancestor]:
    """The steps whose outputs no other step used, the last first; those before them stand below what they made."""
    used = {key for step in activities for entity in step.used for key in _keys(entity)}
    last = [step for step in activities if not any(key in used for e in step.generated for key in _keys(e))]
    for step in reversed(last or activities[-1:]):
        yield _step(step, activities, (step,))


def _step(step: Activity, every: Sequence[Activity], above: tuple[Activity, ...]) -> Ancestor:
    inputs = [_entity(entity, every, above) for entity in step.used]
    software = [_program(entity) for entity in step.software]
    return Ancestor(name=step.name, relation=_GENERATED, when=step.ended or step.started, origins=(*inputs, *software))


def _entity(entity: Entity, every: Sequence[Activity], above: tuple[Activity, ...]) -> Ancestor:
    """What a step used, and the step that made it: the last one before it in the journal."""
    keys = _keys(entity)
    before = every[: _place(every, above[-1])]
    makers = [step for step in before if any(keys & _keys(made) for made in step.generated)]
    origins = (_step(makers[-1], every, (*above, makers[-1])),) if makers else ()
    return _named(entity, _USED, origins)


def _place(every: Sequence[Activity], step: Activity) -> int:
    return next(place for place, each in enumerate(every) if each is step)


def _program(entity: Entity) -> Ancestor:
    return _named(entity, _SOFTWARE, ())


def _named(entity: Entity, relation: str, origins: tuple[Ancestor, ...]) -> Ancestor:
    digest = next((f"{each.algorithm}:{each.value}" for each in entity.checksums), None)
    identifier = str(entity.identifier) if entity.identifier else None
    return Ancestor(
        name=entity.name,
        relation=relation,
        identifier=identifier,
        version=entity.version,
        digest=digest,
        origins=origins,
    )


def _keys(entity: Entity) -> set[str]:
    """By what two mentions of a file are known to mean the same: its digests, else its name."""
    return {f"{each.algorithm}:{each.value}" for each in entity.checksums} or {entity.name}


def tree(ancestor: Ancestor) -> Iterator[str]:
    """The lineage as lines of text: what has the same relation stands together, with its number where it is many."""
    yield _line(ancestor)
    yield from _branches(ancestor.origins, "")


def _branches(origins: Sequence[Ancestor], indent: str) -> Iterator[str]:
    groups: dict[str, list[Ancestor]] = {}
    for origin in origins:
        groups.setdefault(origin.relation or "", []).append(origin)
    for number, (relation, members) in enumerate(groups.items(), 1):
        last = number == len(groups)
        many = f" ({len(members)})" if len(members) > 1 else ""
        yield f"{indent}{'└' if last else '├'}─ {relation}{many}"
        below = indent + ("   " if last else "│  ")
        for place, member in enumerate(members, 1):
            final = place == len(members)
            yield f"{below}{'└' if final else '├'}─ {_line(member)}"
            yield from _branches(member.origins, below + ("   " if final else "│  "))


def _line(one: Ancestor) -> str:
    told = [one.identifier if one.identifier != one.name else None, one.version, one.when]
    digest = f"{one.digest[:19]}…" if one.digest else None
    beside = ", ".join(part for part in (*told, digest) if part)
    return one.name + (f"  [{beside}]" if beside else "") + (f"  ({one.note})" if one.note else "")
