"""Annotations for GitHub: workflow commands that put each shortfall on its file and line, the worst first.

A step shows ten annotations of a level and drops the rest in the order of their printing, so that the tenth says how
many more there are. The commands and how their parts are escaped are those of GitHub's runner
(https://docs.github.com/actions/reference/workflow-commands-for-github-actions): what strangers wrote can neither end a
command nor begin one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from fairkit.assess.assessment import Assessment, ResultRow

from . import Style
from ._facts import place, told
from ._harmless import harmless
from ._ranking import lost, shortfalls
from ._wording import warned

__all__ = ["LINES", "MEDIA_TYPE", "TITLE", "render"]

TITLE = "annotations of a GitHub workflow"
MEDIA_TYPE = "text/plain; charset=utf-8"
LINES = True

Level = Literal["error", "warning", "notice"]
_LEVELS: dict[str, Level] = {"essential": "error", "important": "warning", "useful": "notice"}
_MOST = 10
"""Annotations of one level that GitHub shows for a step."""


class _Annotation(NamedTuple):
    level: Level
    title: str
    message: str
    file: str | None = None
    line: int | None = None


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """The commands, a line each; the style changes nothing."""
    found = [annotation for assessment in assessments for annotation in _loud(assessment)]
    pairs = [(assessment, row) for assessment in assessments for row in _short(assessment)]
    found += [_annotation(*pair) for pair in sorted(pairs, key=lambda pair: lost(pair[1]), reverse=True)]
    lines = (line for level in _LEVELS.values() for line in _shown([one for one in found if one.level == level]))
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _loud(assessment: Assessment) -> Iterator[_Annotation]:
    for word, sentence in warned(assessment):
        yield _Annotation("warning", word, f"{harmless(assessment.target, longest=120)}: {sentence}")


def _short(assessment: Assessment) -> Iterable[ResultRow]:
    return () if assessment.is_empty or assessment.from_showcase else shortfalls(assessment.results)


def _annotation(assessment: Assessment, row: ResultRow) -> _Annotation:
    where = place(assessment, row)
    title = harmless(f"{row.metric} ({assessment.checklist.id})", longest=120)
    message = f"{row.status}: {told(row)}"
    if where.document in _files(assessment):
        return _Annotation(_LEVELS[row.level], title, message, where.document.removeprefix("./"), where.line)
    return _Annotation(_LEVELS[row.level], title, f"{harmless(assessment.target, longest=120)}: {message}")


def _files(assessment: Assessment) -> set[str]:
    """The documents that are files of the checkout: no addresses, and not the listing of a folder.

    A name with what moves a cursor or is not seen stays out of the command, which a terminal may show as well.
    """
    files = (one.url for one in assessment.documents if one.representation != "folder")
    return {url for url in files if ":" not in url and url.isprintable()}


def _shown(annotations: Sequence[_Annotation]) -> Iterator[str]:
    """The commands of one level; where there are too many, the last one counts the rest."""
    if len(annotations) <= _MOST:
        yield from map(_command, annotations)
        return
    shown, rest = annotations[: _MOST - 1], annotations[_MOST - 1 :]
    yield from map(_command, shown)
    yield _command(_Annotation(rest[0].level, "fairkit", f"+{len(rest)} more of this level: the report has them all"))


def _command(annotation: _Annotation) -> str:
    parts = {"file": annotation.file, "line": annotation.line, "title": annotation.title}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in parts.items() if value is not None)
    return f"::{annotation.level} {properties}::{_data(annotation.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
