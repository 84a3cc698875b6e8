"""What the reports for programs say alike: where a finding is, what it is called for good, and how JSON is written."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, NamedTuple
from urllib.parse import quote

from fairkit.assess.assessment import Assessment, DocumentRow, ResultRow

from ._harmless import harmless

__all__ = ["SHORT", "SOURCE", "Place", "fingerprint", "moment", "place", "told", "uri", "written"]

SOURCE = "https://github.com/fairkit/fairkit"
"""Where fairkit itself is found."""
SHORT = frozenset({"fail", "partial"})

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ONLINE = re.compile(r"https?://|showcase:", re.IGNORECASE)
_IN_URI = "%/?#[]@!$&'()*+,;=:~"
_IN_PATH = "/@!$&'()+,;=~"
_LONGEST_PLACE = 2000


class Place(NamedTuple):
    """Where a finding is."""

    document: str
    """The URL or path of the document; the target where there is none."""
    line: int
    """From 1; the first where no other is known."""
    pointer: str | None


def place(assessment: Assessment, row: ResultRow) -> Place:
    """Where to look: the value on which the verdict stands, else the top of the document that lacks it.

    A test of one dialect points into its document, any other at the first proof in a file that can be opened, which the
    listing of a folder is not; what is missing everywhere is to be added to the first document, which is the richest.
    """
    files = [one for one in assessment.documents if one.representation != "folder"]
    judged = _judged(row, files)
    looked_at = {one.url for one in ([judged] if judged else files)}
    proof = next((proof for proof in row.evidence if proof.document in looked_at), None)
    if proof:
        return Place(proof.document, proof.line or 1, proof.pointer)
    top = judged or next(iter([*files, *assessment.documents]), None)
    return Place(top.url if top else assessment.target, 1, None)


def _judged(row: ResultRow, files: list[DocumentRow]) -> DocumentRow | None:
    """The document that the tests which decide the status look at by itself, if it is one."""
    deciding = {test.on for test in row.tests if test.status == row.status or test.status in SHORT}
    found = [one for one in files if one.representation in deciding]
    return found[0] if found and len(deciding) == len(found) else None


def uri(document: str) -> str:
    """The address of a document as a URI: a local path relative to where fairkit ran, or of the scheme `file`."""
    name = document[:_LONGEST_PLACE].encode("utf-8", "replace")
    if _ONLINE.match(document):
        return quote(name, safe=_IN_URI)
    path = quote(name.removeprefix(b"./"), safe=_IN_PATH)
    return f"file://{path}" if path.startswith("/") else path


def fingerprint(assessment: Assessment, row: ResultRow) -> str:
    """What a finding is recognised by from run to run: the same target, checklist and metric, whatever is wrong."""
    named = json.dumps([assessment.checklist.id, assessment.target, row.metric])
    return hashlib.sha256(named.encode()).hexdigest()


def moment(assessment: Assessment) -> str | None:
    """When it was assessed, if that is a time in UTC."""
    return assessment.assessed_at if _TIME.fullmatch(assessment.assessed_at) else None


def told(row: ResultRow) -> str:
    """What was found and what to do about it, on one line."""
    message = harmless(row.message)
    return f"{message} → {harmless(row.fix.remedy)}" if row.fix else message


def written(value: Any) -> bytes:
    """JSON in UTF-8 with two spaces."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace") + b"\n"
