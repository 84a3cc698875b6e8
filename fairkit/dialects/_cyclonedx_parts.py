"""What a bill of materials says of its parts in the same way: licences, checksums, and the software that is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fairkit.model.distribution import Checksum
from fairkit.vocab import licences

from ._writing import licence_url

__all__ = ["hashes", "libraries", "rights"]

_ALGORITHMS = {
    "md5": ("MD5", 32), "sha1": ("SHA-1", 40), "sha256": ("SHA-256", 64), "sha384": ("SHA-384", 96),
    "sha512": ("SHA-512", 128),
}  # fmt: skip
_PINNED = re.compile(
    r"([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[A-Za-z0-9._, -]*\])?\s*"  # a name, and its extras
    r"={2,3}\s*((?:\d+!)?\d+(?:\.\d+)*[A-Za-z0-9._+-]*)\s*(?:;.*)?",  # one version (PEP 440), and where it is asked for
    re.ASCII,
)
_OF_OTHERS = frozenset({
    "clang", "cmssw", "cpython", "cuda", "cudatoolkit", "cudnn", "docker", "gcc", "geant4", "java", "julia", "linux",
    "nvidia-driver", "pypy", "python", "python2", "python3", "r", "root", "ubuntu",
})  # fmt: skip
"""What is asked for beside packages of PyPI, in the same spelling: their names there are nobody's, or another's."""


def rights(licence: str | None) -> list[dict[str, Any]]:
    """An SPDX id by itself, a combination of such as an expression, and another licence by its name."""
    if not licence:
        return []
    known = licences.find(licence)
    if known and known.id == licence and " " in licence:
        return [{"expression": licence}]
    if known and known.id == licence and licence_url(licence) and not licence.startswith("LicenseRef-"):
        return [{"license": {"id": licence}}]
    return [{"license": {"name": licence}}]


def hashes(every: tuple[Checksum, ...]) -> Iterator[dict[str, str]]:
    """The checksums by algorithms that the format knows."""
    for one in every:
        name, length = _ALGORITHMS.get(one.algorithm.lower().replace("-", ""), ("", 0))
        if name and re.fullmatch(f"[a-fA-F0-9]{{{length}}}", one.value):
            yield {"alg": name, "content": one.value}


def libraries(requirements: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """The software it needs: one that is pinned as packages of PyPI are has a package URL."""
    for number, written in enumerate(dict.fromkeys(one.strip() for one in requirements)):
        pinned = _PINNED.fullmatch(written)
        said: dict[str, Any] = {"type": "library", "bom-ref": f"requirement-{number + 1}", "name": written}
        if pinned:
            said |= {"name": pinned[1], "version": pinned[2], **_package_url(pinned[1], pinned[2])}
        if written:
            yield said


def _package_url(written: str, version: str) -> dict[str, str]:
    name = re.sub(r"[-_.]+", "-", written).lower()  # PEP 503
    if name in _OF_OTHERS:
        return {}
    return {"purl": f"pkg:pypi/{name}@{version.replace('+', '%2B').replace('!', '%21')}"}
