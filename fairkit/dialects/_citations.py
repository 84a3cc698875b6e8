"""How a work is cited: as a line of text, for BibTeX, as RIS, and as CSL JSON for programs that set references.

Texts of strangers come into LaTeX documents through BibTeX: what LaTeX would obey is written so that it is printed, but
for formulas of plain mathematics.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any

from fairkit.model.agent import Agent
from fairkit.model.base import Frozen, Told, word
from fairkit.model.resource import Resource

from ._bibtex import address as plain_address
from ._bibtex import author, escaped
from ._writing import address, json_bytes, sound, stated

__all__ = ["FORMATS", "Citation", "citation", "cited"]

_MOST_NAMES = 20
_KINDS = {
    "dataset": ("Data set", "DATA", "dataset"),
    "model": ("Model", "DATA", "dataset"),
    "software": ("Computer software", "COMP", "software"),
    "environment": ("Computer software", "COMP", "software"),
}
"""A kind in words, its type in RIS, and its type in CSL."""
_OTHER = ("", "GEN", "document")
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


@word
class Citation(Frozen):
    """How a work is cited, in every format."""

    target: Annotated[str, Told("What is cited")]
    text: Annotated[str, Told("A line for people, in the order of APA")]
    bibtex: Annotated[str, Told("An entry for BibTeX")]
    ris: Annotated[str, Told("A reference in RIS")]
    csl: Annotated[dict[str, Any], Told("An item of CSL JSON")]


def citation(resource: Resource, *, target: str) -> Citation:
    """The citation of a work in every format."""
    text, bibtex, ris = (cited(resource, form).decode() for form in ("text", "bibtex", "ris"))
    return Citation(target=target, text=text.rstrip("\n"), bibtex=bibtex, ris=ris, csl=_csl(sound(resource)))


def cited(resource: Resource, form: str = "text") -> bytes:
    """The citation in one of the `FORMATS`, a newline at its end; what the work does not tell is left out."""
    return FORMATS[form](sound(resource))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _kind(resource: Resource) -> tuple[str, str, str]:
    return _KINDS.get(resource.kind, _OTHER)


def _date(resource: Resource) -> list[int]:
    """Year, month and day of its publication, else of its making, as far as they are told."""
    found = _DAY.match(resource.date_published or resource.date_created or "")
    return [int(part) for part in found.groups() if part] if found else []


def _doi(resource: Resource) -> str | None:
    return next((one.value for one in resource.identifiers if one.scheme == "doi"), None)


def _url(resource: Resource) -> str | None:
    """Where it is found: by a DOI, else by another identifier that leads somewhere, else on its page."""
    doi = next((url for one in resource.identifiers if one.scheme == "doi" and (url := address(one))), None)
    return doi or next((url for one in resource.identifiers if (url := address(one))), resource.landing_page)


def _one_line(words: str | None) -> str:
    """A text on one line, without what is no letter, sign or blank."""
    kept = (letter if unicodedata.category(letter)[0] != "C" else " " for letter in words or "")
    return " ".join("".join(kept).split())


def _names(one: Agent) -> tuple[str, str]:
    """The family name and the given names of a person; the whole name, and nothing, of anybody else."""
    family, comma, given = _one_line(one.name).partition(", ")
    return (family, given) if comma and one.type != "organisation" else (_one_line(one.name), "")


def _text(resource: Resource) -> bytes:
    """Makers (year). Title (Version) [Kind]. Publisher. Address: the order of APA, in which DataCite cites too."""
    date = _date(resource)
    title = _one_line(resource.title) or "[Untitled]"
    version = f" (Version {_one_line(resource.version)})" if resource.version else ""
    kind = f" [{_kind(resource)[0]}]" if _kind(resource)[0] else ""
    year = f"({date[0] if date else 'n.d.'})"
    makers = _makers(resource)
    publisher = _one_line(resource.publisher.name) if resource.publisher else ""
    head = f"{makers} {year}. {title}{version}{kind}." if makers else f"{title}{version}{kind} {year}."
    whole = " ".join(filter(None, [head, f"{publisher.rstrip('.')}." if publisher else "", _one_line(_url(resource))]))
    return _encoded(f"{whole}\n")


def _makers(resource: Resource) -> str:
    """The first twenty, with initials; of more, the last as well."""
    every = [_initialled(one) for one in resource.creators]
    if len(every) > _MOST_NAMES:
        return f"{', '.join(every[: _MOST_NAMES - 1])}, … {every[-1]}"
    return ", & ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else "".join(every)


def _initialled(one: Agent) -> str:
    family, given = _names(one)
    initials = " ".join("-".join(f"{part[0]}." for part in word.split("-") if part) for word in given.split())
    return f"{family}, {initials}" if initials else family


def _bibtex(resource: Resource) -> bytes:
    date, doi = _date(resource), _doi(resource)
    fields = stated(
        {
            "author": " and ".join(author(one.name, person=one.type == "person") for one in resource.creators),
            "title": f"{{{escaped(_one_line(resource.title))}}}" if resource.title else None,
            "year": str(date[0]) if date else None,
            "month": str(date[1]) if len(date) > 1 else None,
            "version": escaped(_one_line(resource.version)),
            "publisher": escaped(_one_line(resource.publisher.name)) if resource.publisher else None,
            "howpublished": _kind(resource)[0],
            "doi": plain_address(doi) if doi else None,
            "url": plain_address(_url(resource) or ""),
        }
    )
    rows = ",\n".join(f"  {name:<12} = {{{value}}}" for name, value in fields.items())
    return _encoded(f"@misc{{{_key(resource, date)},\n{rows}\n}}\n")


def _key(resource: Resource, date: list[int]) -> str:
    """A key of plain letters: who first, when, and the first long word of the title."""
    maker = _names(resource.creators[0])[0] if resource.creators else "anonymous"
    words = [word for word in _plain_words(resource.title or "") if len(word) > 3]
    parts = ["".join(_plain_words(maker))[:30] or "anonymous", str(date[0]) if date else "", (words or [""])[0][:30]]
    return "".join(parts)


def _plain_words(text: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", text).casefold()
    return re.findall(r"[a-z0-9]+", "".join(one for one in letters if not unicodedata.combining(one)))


def _ris(resource: Resource) -> bytes:
    lines = (f"{tag}  - {_one_line(value)}" for tag, value in _tags(resource) if _one_line(value))
    return _encoded("".join(f"{line}\r\n" for line in (*lines, "ER  - ")))


def _tags(resource: Resource) -> Iterator[tuple[str, str | None]]:
    date = _date(resource)
    yield "TY", _kind(resource)[1]
    yield from (("AU", ", ".join(filter(None, _names(one)))) for one in resource.creators)
    yield "TI", resource.title
    yield "PY", str(date[0]) if date else None
    yield "DA", "/".join(f"{part:02}" for part in date) if len(date) > 1 else None
    yield "ET", resource.version
    yield "PB", resource.publisher.name if resource.publisher else None
    yield "AB", resource.description
    yield from (("KW", word) for word in resource.keywords)
    yield "LA", resource.language
    yield "DO", _doi(resource)
    yield "UR", _url(resource)


def _csl(resource: Resource) -> dict[str, Any]:
    """The work as an item of CSL JSON."""
    date = _date(resource)
    makers = [_names(one) for one in resource.creators]
    return stated(
        {
            "id": _key(resource, date),
            "type": _kind(resource)[2],
            "title": _one_line(resource.title),
            "author": [
                {"family": family, "given": given} if given else {"literal": family} for family, given in makers
            ],
            "issued": {"date-parts": [date]} if date else None,
            "version": _one_line(resource.version),
            "publisher": _one_line(resource.publisher.name) if resource.publisher else None,
            "abstract": _one_line(resource.description),
            "keyword": ", ".join(_one_line(word) for word in resource.keywords),
            "language": resource.language,
            "DOI": _doi(resource),
            "URL": _url(resource),
        }
    )


def _csl_json(resource: Resource) -> bytes:
    return json_bytes([_csl(resource)])


FORMATS: Mapping[str, Callable[[Resource], bytes]] = {
    "text": _text,
    "bibtex": _bibtex,
    "ris": _ris,
    "csl-json": _csl_json,
}
"""What writes a citation, by the name of its format."""
