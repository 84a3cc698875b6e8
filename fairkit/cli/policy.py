"""Where the policy of `fairkit gate` stands: a file that is named, one beside the target, or the working directory."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fairkit.errors import UnreadableDocument, UsageError

if TYPE_CHECKING:
    from fairkit.dialects._toml_tables import Gate
    from fairkit.gate import Policy

__all__ = ["Rules", "chosen"]

_ABOVE = {"fairkit.toml": (), "pyproject.toml": ("tool", "fairkit")}
"""The files that are looked for, and the tables in which [gate] stands there; a file of another name has it alone."""
_MOST_BYTES = 4 * 1024 * 1024


class Rules(NamedTuple):
    """A policy, and the checklist that it is for, if it names one."""

    policy: Policy
    checklist: str | None = None


def chosen(
    named: str | None,
    words: Sequence[str],
    minimum: Sequence[str] | None,
    required: Sequence[str] | None,
    levels: Sequence[str] | None,
) -> Rules:
    """The policy in the file `named`, else the one that is found for the targets in `words`; options win over it.

    Raises:
        UsageError: if a policy is wrong, is not there, or is not the same for all targets.
    """
    from fairkit.gate import Policy
    from fairkit.gate import minimum as scores

    rules = _named(named) if named is not None else _found(words)
    said: dict[str, Any] = {
        "minimum": scores(minimum or ()),
        "required": tuple(required or ()),
        "levels": tuple(levels or ()),
    }
    policy = rules.policy if rules else Policy()
    return Rules(policy._replace(**{key: value for key, value in said.items() if value}), rules and rules.checklist)


def _named(path: str) -> Rules:
    rules = _read(Path(path))
    if rules is None:
        table = ".".join([*_ABOVE.get(Path(path).name, ()), "gate"])
        raise UsageError(f"{path} holds no policy", value=path, remedy=f"A policy stands in the table [{table}].")
    return rules


def _found(words: Sequence[str]) -> Rules | None:
    """The policy beside the targets that are folders, or in the working directory."""
    from fairkit.sources import targets

    places = (target.word if os.path.isdir(target.word) else "." for target in targets(words))
    folders = list(dict.fromkeys(places)) or ["."]
    beside = [_beside(folder) for folder in folders]
    here = None if all(beside) else _beside(".")
    policies = [one or here for one in beside]
    if len({one.policy.where if one else None for one in policies}) > 1:
        named = (
            f"{folder}: {one.policy.where if one else 'none'}" for folder, one in zip(folders, policies, strict=True)
        )
        remedy = "Gate them one by one, or name one policy for all with --policy."
        raise UsageError(f"the targets have different policies ({', '.join(named)})", remedy=remedy)
    return policies[0]


def _beside(folder: str) -> Rules | None:
    files = (Path(folder, name) for name in _ABOVE)
    return next((one for file in files if file.is_file() and (one := _read(file))), None)


def _read(file: Path) -> Rules | None:
    from fairkit.dialects import fairkit_toml
    from fairkit.evidence.local import read
    from fairkit.model.evidence import Document

    answer = read(str(file), most=_MOST_BYTES)
    if answer.error is not None:
        raise UnreadableDocument(f"{file} cannot be read: {answer.error}", value=str(file), remedy="Is the path right?")
    document = Document(
        representation="fairkit-toml", media_type=fairkit_toml.MEDIA_TYPE, url=str(file), body=answer.body
    )
    table = fairkit_toml.gate(document, *_ABOVE.get(file.name, ()))
    return Rules(_policy(table, str(file)), table.checklist) if table else None


def _policy(table: Gate, where: str) -> Policy:
    from datetime import date

    from fairkit.gate import Policy, Waiver

    return Policy(
        minimum={name: least for name, least in table.minimum.model_dump().items() if least is not None},
        required=table.required,
        levels=table.levels,
        waivers=tuple(Waiver(one.metric, one.reason, date.fromisoformat(one.until)) for one in table.waivers),
        where=where,
    )
