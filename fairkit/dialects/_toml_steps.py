"""Steps and the recipe of a `fairkit.toml`: read as activities, and written again.

A recipe is the first activity of those that it can tell whole: called generation, with a generator, a card, seeds, a
command and settings, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity
from fairkit.vocab import identifiers

from . import _toml_tables as tables
from ._cern_files import checksum

__all__ = ["activities", "filled", "spelled", "strongest", "written"]

_RECIPE = "generation"
_CUT = "cut"
_SEEDS, _COMMAND, _VARIED = "seeds", "command", "may be varied"


def activities(form: tables.FairkitToml, who: Callable[[tables.Party], Agent | None]) -> tuple[Activity, ...]:
    """The recipe, then the steps; `who` reads a party."""
    recipe = (_recipe(form.recipe),) if form.recipe else ()
    return (*recipe, *(_activity(step, who) for step in form.provenance.steps))


def written(every: Iterable[Activity], party: Callable[[Agent], dict[str, Any]]) -> dict[str, Any]:
    """Activities as the file has them, by pointers; `party` writes an agent."""
    steps = list(every)
    recipe = _as_recipe(steps[0]) if steps else None
    rows = [_step(step, party) for step in (steps[1:] if recipe else steps)]
    return filled({"/recipe": recipe, "/provenance/steps": rows})


def filled(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is not empty."""
    return {key: value for key, value in told.items() if value not in (None, "", [], {})}


def strongest(checksums: Iterable[Checksum]) -> str | None:
    """The longest of the digests, since there is room for one."""
    best = max(checksums, key=lambda checksum: len(checksum.value), default=None)
    return f"{best.algorithm}:{best.value}" if best else None


def spelled(identifier: Identifier | None) -> str | None:
    """An identifier as it is recognised again: behind its scheme, a URL as it is."""
    if identifier is None:
        return None
    return identifier.value if identifier.scheme == "url" else str(identifier)


def _activity(step: tables.Step, who: Callable[[tables.Party], Agent | None]) -> Activity:
    return Activity(
        name=step.name,
        description=step.description,
        agent=who(step.agent) if step.agent else None,
        software=tuple(_entity(p.name, p.version, p.identifier, p.checksum) for p in step.software),
        used=tuple(map(_thing, step.inputs)),
        generated=tuple(map(_thing, step.outputs)),
        parameters=(*_settings(step.parameters), *((_CUT, cut) for cut in step.cuts)),
        started=step.started,
        ended=step.ended,
    )


def _recipe(recipe: tables.Recipe) -> Activity:
    generator = _entity(recipe.generator, recipe.version, recipe.identifier)
    image = [_entity(recipe.container, digest=recipe.container_checksum)] if recipe.container else []
    seeds = ", ".join(map(str, recipe.seeds)) if isinstance(recipe.seeds, tuple) else recipe.seeds
    told = {_SEEDS: seeds, _COMMAND: recipe.command, _VARIED: ", ".join(recipe.varied) or None}
    return Activity(
        name=_RECIPE,
        software=(generator, *image),
        used=(_entity(recipe.card, digest=recipe.card_checksum),) if recipe.card else (),
        parameters=(
            *((name, str(value)) for name, value in told.items() if value is not None),
            *_settings(recipe.parameters),
        ),
    )


def _thing(written: str | tables.Thing) -> Entity:
    if isinstance(written, str):
        return Entity(name=written)
    return _entity(written.name, written.version, written.identifier, written.checksum)


def _entity(name: str, version: str | None = None, named: str | None = None, digest: str | None = None) -> Entity:
    found = checksum(digest)
    identifier = identifiers.identify(named) if named else None
    return Entity(name=name, version=version, identifier=identifier, checksums=(found,) if found else ())


def _settings(parameters: Mapping[str, str | int | float | bool]) -> tuple[tuple[str, str], ...]:
    """Settings, each as TOML writes it."""
    return tuple((k, str(v).lower() if isinstance(v, bool) else str(v)) for k, v in parameters.items())


def _as_recipe(step: Activity) -> dict[str, Any] | None:
    """The activity as a recipe, if that loses nothing."""
    generator, *images = step.software or (None,)
    settings = dict(step.parameters)
    cards = step.used
    if generator is None or len(images) > 1 or len(cards) > 1 or not settings.keys() & {_SEEDS, _COMMAND, _VARIED}:
        return None
    image, card = (each[0] if each else None for each in (images, cards))
    varied = settings.pop(_VARIED, None)
    told = filled({
        "generator": generator.name, "version": generator.version, "identifier": spelled(generator.identifier),
        "card": card.name if card else None, "card_checksum": strongest(card.checksums) if card else None,
        "container": image.name if image else None, "container_checksum": strongest(image.checksums) if image else None,
        "seeds": settings.pop(_SEEDS, None), "command": settings.pop(_COMMAND, None), "parameters": settings,
        "varied": varied.split(", ") if varied else None,
    })  # fmt: skip
    return told if _reread(told) == step else None


def _reread(told: Mapping[str, Any]) -> Activity | None:
    try:
        return _recipe(tables.Recipe.model_validate(told))
    except ValueError:
        return None


def _step(step: Activity, party: Callable[[Agent], dict[str, Any]]) -> dict[str, Any]:
    settings, cuts = list(step.parameters), list[str]()
    while settings and settings[-1][0] == _CUT:  # cuts come last, as they are read
        cuts.insert(0, settings.pop()[1])
    return filled({
        "name": step.name,
        "description": step.description,
        "agent": party(step.agent) if step.agent else None,
        "software": [_entity_told(entity) for entity in step.software],
        "inputs": [_named(entity) for entity in step.used],
        "outputs": [_named(entity) for entity in step.generated],
        "parameters": dict(settings),
        "cuts": cuts,
        "started": step.started,
        "ended": step.ended,
    })  # fmt: skip


def _entity_told(entity: Entity) -> dict[str, Any]:
    told = {"name": entity.name, "version": entity.version, "identifier": spelled(entity.identifier)}
    return filled({**told, "checksum": strongest(entity.checksums)})


def _named(entity: Entity) -> str | dict[str, Any]:
    """What was used or made: by its name alone, where that is all that is known."""
    told = _entity_told(entity)
    return entity.name if len(told) == 1 else told
