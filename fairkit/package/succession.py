"""A version that follows others: the DOI that its folder still states as its own is that of a former one.

Documents that fairkit makes name the new DOI as that of the work, and the former one as what it supersedes. So do
`fairkit.toml` and `CITATION.cff` in the package; in the folder they stay as people wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource

__all__ = ["TEXTS", "Former", "rewritten", "succeeding"]

Former = Literal["version", "concept"]
"""What a DOI is of: a former version, or all versions of the work."""
TEXTS = ("fairkit.toml", "CITATION.cff")
"""The texts of people that state a DOI."""
_KEY = re.compile(r"(?m)^(?=[^\s#-])")


def succeeding(work: Resource, former: Mapping[str, Former]) -> Resource:
    """The work without the former DOIs as its own: it supersedes those of versions, and is a version of the concept."""
    theirs = {one: former[one.value] for one in work.identifiers if one.scheme == "doi" and one.value in former}
    if not theirs:
        return work
    versions = tuple(one for one, kind in theirs.items() if kind == "version")
    types: dict[Former, str] = {"version": "IsNewVersionOf", "concept": "IsVersionOf"}
    related = (Relation(type=types[kind], identifier=one) for one, kind in theirs.items())
    return replace(
        work,
        identifiers=tuple(one for one in work.identifiers if one not in theirs),
        supersedes=tuple(dict.fromkeys((*work.supersedes, *versions))),
        relations=tuple(dict.fromkeys((*work.relations, *related))),
    )


def rewritten(name: str, text: str, own: Identifier, former: Mapping[str, Former]) -> str | None:
    """One of `TEXTS` with its `own` DOI where a former one stood; None where it states none, or cannot be edited."""
    made = _toml(text, own.value, former) if name == "fairkit.toml" else _cff(text, own.value, former)
    return made if made != text else None


def _toml(text: str, own: str, former: Mapping[str, Former]) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document: Any = tomlkit.parse(text)
        resource = document.get("resource", {})
        stated = next((doi for doi in former if _is(resource.get("doi"), doi)), None)
        if stated is None:
            return text
        resource["doi"] = own
        if former[stated] == "version" and not any(_is(one, stated) for one in resource.get("supersedes", ())):
            resource["supersedes"] = [*resource.get("supersedes", ()), stated]
        return tomlkit.dumps(document)
    except (TOMLKitError, AttributeError, TypeError, RecursionError):
        return text


def _is(written: object, doi: str) -> bool:
    return isinstance(written, str) and written.lower().endswith(doi.lower())


def _cff(text: str, own: str, former: Mapping[str, Former]) -> str:
    """Line by line, since YAML that is written anew loses its comments; what the work refers to stays."""
    stated = "|".join(map(re.escape, former))
    line = re.compile(
        rf"(?im)^(\s*(?:-\s+)?(?:doi|value):\s*[\"']?(?:https://doi\.org/)?)(?:{stated})(?=[\"']?\s*(?:#|$))"
    )
    parts = _KEY.split(text)
    return "".join(part if part.startswith("references") else line.sub(rf"\g<1>{own}", part) for part in parts)
