"""Contents: what is claimed of the files, what came when they were asked for, and whether the two agree?

What came is the observation `content`: a JSON list of the files that were asked for, each with `url`, `status`,
`type` (as it was served), `size` in bytes, and the `text` that a short text file holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from fairkit.model.distribution import Distribution
from fairkit.model.outcome import Fix, Outcome, fail, passed
from fairkit.vocab import media_types

from ._check import Seen, check, count
from ._pages import stated_types

_MOST = 5
"""Names that a message quotes."""
_TYPED_BY = ("schema-org", "datacite", "html")
"""Where the type of a work is looked for; elsewhere it is about a page."""


def _asked(content: str) -> list[dict[str, Any]]:
    """The files that were asked for; what somebody wrote into saved evidence may be anything."""
    try:
        rows = json.loads(content)
    except (ValueError, RecursionError):
        return []
    every = rows if isinstance(rows, list) else []
    return [row for row in every if isinstance(row, dict) and isinstance(row.get("status"), int)]


def _answered(content: str) -> list[dict[str, Any]]:
    return [row for row in _asked(content) if 200 <= row["status"] < 300]


def _files(view: Seen) -> Iterator[Distribution]:
    """The files as each document names them: one may claim what another leaves out."""
    for each in view.views:
        yield from each.resource.distributions


@check(needs={"content"}, after_deposit=True)
def data_links_answer(view: Seen, *, content: str) -> Outcome:
    """The addresses of the files answer.

    Try each address without a login; state who may have the data where not everybody may.
    """
    asked = _asked(content)
    if not asked:
        return fail("there is no address of a file to try")
    good = _answered(content)
    if good:
        return passed("{good} of {asked} answer", good=len(good), asked=count(len(asked), "file"))
    return fail("none of {asked}: status {status}", asked=count(len(asked), "file"), status=asked[0]["status"])


@check(fields={"type"})
def content_is_claimed(view: Seen, *, fields: Sequence[str], typed_by: Sequence[str] = _TYPED_BY) -> Outcome:
    """What is in a work of a stated type is claimed: the variables, or the size and type of the whole or of a file.

    State what kind of work it is, name the variables, and state the size and the media type of every file.
    """
    if not stated_types(view, typed_by):
        return fail("what it is the content of is not stated", fix=Fix("type"))
    claims = {name: claim for name, claim in _claims(view) if name in fields}
    if claims:
        return passed("{claims}", *claims, claims=", ".join(map(str, claims.values())))
    return fail("nothing is claimed of its {fields}", fields=", ".join(fields), fix=Fix("distributions"))


def _claims(view: Seen) -> Iterator[tuple[str, object]]:
    """What is claimed, beside the field; a size counts with a type."""
    variables, formats, size = view.resource.variables, view.resource.formats, view.resource.byte_size
    typed = [file for file in _files(view) if file.media_type]
    if variables:
        yield "variables", count(len(variables), "variable")
    if size is not None and (typed or formats):
        yield "byte_size", f"{size:,} bytes"
    if size is not None and formats:
        yield "formats", formats[0]
    if any(file.byte_size is not None for file in typed):
        yield "distributions", "size and type of a file"


@check(fields={"distributions"}, needs={"content"}, after_deposit=True)
def formats_are_listed(
    view: Seen, *, content: str, formats: Sequence[str] = ("ROOT", "HDF5"), texts: bool = False
) -> Outcome:
    """A file is in one of the formats that are asked for, by what is claimed or by what came.

    Offer the data in one of them too.
    """
    named = [file.media_type for file in _files(view) if file.content_url and file.media_type]
    every = list(dict.fromkeys([*named, *(str(row["type"]) for row in _answered(content) if row.get("type"))]))
    good = [name for name in every if _is_listed(name, formats, texts=texts)]
    at = ("distributions",) if named else ()
    if good:
        return passed("{names}", *at, names=", ".join(good[:_MOST]))
    if every:
        return fail("only {names}", *at, names=", ".join(every[:_MOST]), fix=Fix("distributions"))
    return fail("no type of a file is known", fix=Fix("distributions"))


def _is_listed(name: str, formats: Sequence[str], *, texts: bool) -> bool:
    found = media_types.find(name)
    return (texts and name.startswith("text/")) or (found is not None and found.name in formats)


@check(fields={"distributions"}, needs={"content"}, after_deposit=True)
def files_are_as_claimed(view: Seen, *, content: str) -> Outcome:
    """The size and type of a file are those that are claimed.

    Count again, and compare the media type with what the server says.
    """
    came = {str(row.get("url")): row for row in _answered(content)}
    claimed = [file for file in _files(view) if file.content_url in came and file.byte_size is not None]
    right = [file for file in claimed if _agrees(file, came[str(file.content_url)])]
    if right:
        return passed("{name}", "distributions", name=right[0].name)
    if claimed:
        return fail("{name} is not as claimed", "distributions", name=claimed[0].name, fix=Fix("distributions"))
    return fail("no file to compare with what is claimed", fix=Fix("distributions"))


def _agrees(file: Distribution, row: dict[str, Any]) -> bool:
    return file.media_type == row.get("type") and file.byte_size == row.get("size")


@check(fields={"variables"}, needs={"content"}, after_deposit=True)
def variables_are_in_files(view: Seen, *, content: str) -> Outcome:
    """The variables that are described stand in the files.

    Write their names as the files do.
    """
    names = [variable.name for variable in view.resource.variables]
    if not names:
        return fail("no variable is described", fix=Fix("variables"))
    text = "\n".join(str(row.get("text") or "") for row in _answered(content))
    found = [name for name in names if name in text]
    if found:
        return passed("{found} found", "variables", found=count(len(found), "variable"))
    return fail("none was found in a file that is text", "variables", fix=Fix("variables"))
