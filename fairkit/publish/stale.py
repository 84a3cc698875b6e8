"""Documents of a folder that are others by now than those in its record, which nobody can change any more."""

from __future__ import annotations

from collections.abc import Sequence

from fairkit.package.layout import is_describing
from fairkit.repositories.invenio import Invenio

from .sending import LocalFile, md5_of

__all__ = ["stale"]


def stale(repository: Invenio, record: str, files: Sequence[LocalFile]) -> tuple[str, ...]:
    """The documents among the files of a package that a record has otherwise, has not, or has besides them.

    Of data the release tells already. Nothing is told where the files of the record are not shown.
    """
    answer = repository.files(record, published=True)
    if not answer.ok:
        return ()
    there = {key: one for key, one in repository.as_files(answer.data).items() if is_describing(key)}
    here = {file.key: file for file in files if is_describing(file.key)}
    changed = [
        key
        for key, file in here.items()
        if key in there and (there[key].size, there[key].checksum) != (file.size, f"md5:{md5_of(file)}")
    ]
    return tuple(sorted([*changed, *(here.keys() ^ there.keys())]))
