"""The pages of a local repository. What strangers wrote is shown, and does nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from fairkit import __version__
from fairkit.assess.assessment import Assessment
from fairkit.dialects._citations import cited
from fairkit.dialects.schema_org import write as json_ld
from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.variable import Variable
from fairkit.ocfl.storage import Version
from fairkit.package._page_style import STYLE
from fairkit.report._markup import Markup, link, tag, text
from fairkit.report._page import page
from fairkit.vocab import identifiers, licences

from .library import Entry, Library, Unread
from .links import EXPORTS, of_entry, sets

__all__ = ["fault", "record", "search"]

Thing = TypeVar("Thing")

_LETTERS = (("F", "Findable"), ("A", "Accessible"), ("I", "Interoperable"), ("R", "Reusable"), ("total", "Total"))
_MOST_VARIABLES = 500
_MOST_FILES = 1000
_MOST_ITEMS = 200
_MOST_EMBEDDED = 1024 * 1024
_LONGEST = 8000
_OWN = """
.score { display: grid; grid-template-columns: max-content minmax(6rem, 18rem) max-content; gap: .35rem .9rem;
  align-items: center; }
.score meter { width: 100%; height: .9rem; }
.wide { overflow-x: auto; }
form.find { display: flex; flex-wrap: wrap; gap: .6rem; }
form.find input { flex: 1 1 14rem; min-width: 0; padding: .5rem .75rem; border: 1px solid var(--line); font: inherit;
  border-radius: 8px; background: var(--soft); color: var(--ink); }
form.find button { padding: .5rem 1.1rem; border: 0; border-radius: 8px; background: var(--accent); color: var(--card);
  font: inherit; cursor: pointer; }
.hits > li { padding: .8rem 0; border-top: 1px solid var(--line); list-style: none; }
.hits p { color: var(--muted); font-size: .95rem; }
.break { overflow-wrap: anywhere; }
"""
_STYLE = f"{STYLE}\n{_OWN.strip()}"
_BYTES = ((10**12, "TB"), (10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def search(
    query: str, hits: Iterable[Entry | Unread], library: Library, *, number: int, pages: int, total: int
) -> bytes:
    """The list of what a query found, or of everything."""
    field = tag(
        "input", type="search", name="q", value=query, aria_label="Search", placeholder="Title, person, keyword"
    )
    form = tag(
        "form", field, tag("button", "Search", type="submit"), class_="find", action=library.base + "/", role="search"
    )
    told = f"{total:,} {'record' if total == 1 else 'records'}" + (f" for {query!r}" if query else "")
    items = [_unread(one, library) if isinstance(one, Unread) else _hit(one, library) for one in hits]
    parts = [form, tag("p", told), tag("ul", *items, class_="hits"), *_turning(query, number, pages)]
    return _page("Repository", [tag("section", *parts, class_="card data")], library, head=[])


def _turning(query: str, number: int, pages: int) -> Iterator[Markup]:
    from urllib.parse import urlencode

    for step, name in ((-1, "Previous"), (1, "Next")):
        if 1 <= number + step <= pages:
            there = urlencode({"q": query, "page": number + step})
            yield tag("p", tag("a", f"{name} page", href=f"?{there}", rel="prev" if step < 0 else "next"))


def _hit(entry: Entry, library: Library) -> Markup:
    work = entry.resource
    head = tag("h2", tag("a", _title(entry), href=library.page(entry.object.name)))
    people = ", ".join(one.name for one in work.creators[:5])
    about = " · ".join(filter(None, (people, work.date_published, work.version and f"version {work.version}")))
    return tag("li", head, tag("p", text(about)), tag("p", text(work.description or "", longest=280)))


def _unread(one: Unread, library: Library) -> Markup:
    head = tag("h2", tag("a", text(one.name), href=library.page(one.name)))
    return tag("li", head, tag("p", text(f"Its metadata cannot be read: {one.what}", longest=280)))


def record(library: Library, entry: Entry) -> bytes:
    """The landing page of a version of an object, with its JSON-LD; a link alone leads to one of megabytes."""
    told = json_ld(entry.resource).decode().replace("<", "\\u003c")  # nothing may end the script early
    script = [tag("script", Markup(told), type="application/ld+json")] if len(told) <= _MOST_EMBEDDED else []
    canonical = entry.resource.landing_page
    head = [tag("link", rel="canonical", href=canonical), *_links(entry, library), *script]
    return _page(_title(entry), _parts(entry, library), library, head=head)


def _links(entry: Entry, library: Library) -> Iterator[Markup]:
    for one in of_entry(library, entry):
        if one.rel != "item":
            yield tag("link", rel=one.rel, href=one.href, type=one.type)
    for one in sets(library, entry.object, entry.version):
        yield tag("link", rel=one.rel, href=one.href, type=one.type)


def _here(entry: Entry, library: Library) -> str:
    return library.page(entry.object.name, entry.version.number)


def _title(entry: Entry) -> str:
    return entry.resource.title or "Without a title"


def _parts(entry: Entry, library: Library) -> Iterator[Markup]:
    if not entry.is_head:
        newest = tag("a", f"version {entry.object.head}", href=library.page(entry.object.name))
        yield _card(None, [tag("p", "This is not the newest version: ", newest)])
    yield _card(None, _about(entry))
    yield _card("How FAIR it is", _score(library.assessment(entry)))
    yield _card("Files", _files(entry, library))
    if entry.resource.variables:
        yield _card("Variables", _variables(entry.resource.variables))
    yield _card("How to cite it", _citation(entry))
    if entry.resource.usage or entry.resource.methodology or entry.resource.activities:
        yield _card("How it was made, and how to use it", _making(entry))
    yield _card("For machines", _machines(entry, library))
    yield _card("Versions", _versions(entry, library))


def _card(heading: str | None, parts: Iterable[Markup]) -> Markup:
    return tag("section", *([tag("h2", heading)] if heading else []), *parts, class_="card data")


def _about(entry: Entry) -> Iterator[Markup]:
    work = entry.resource
    if work.description:
        yield tag("p", text(work.description, longest=_LONGEST), class_="lead")
    known = licences.find(work.license) if work.license else None
    rows: list[tuple[str, Markup | str | None]] = [
        ("By", _list(work.creators, _person) if work.creators else None),
        ("With", _list(work.contributors, _person) if work.contributors else None),
        (
            "Published",
            " ".join(filter(None, (work.date_published, f"by {work.publisher.name}" if work.publisher else None))),
        ),
        ("Version", work.version),
        (
            "Licence",
            tag("span", text(work.license or ""), " ", link(known.url)) if known and known.url else work.license,
        ),
        ("Access", " ".join(filter(None, (work.access, work.access_conditions)))),
        ("Identifiers", _list(work.identifiers, _identifier)),
        ("Keywords", ", ".join(work.keywords)),
        ("Related", _list(work.relations, _related) if work.relations else None),
    ]
    told = [tag("div", tag("dt", name), tag("dd", value, class_="break")) for name, value in rows if value]
    yield tag("dl", *told, class_="plain")


def _list(every: Sequence[Thing], shown: Callable[[Thing], Markup]) -> Markup:
    left = len(every) - _MOST_ITEMS
    more = [tag("li", f"and {left:,} more")] if left > 0 else []
    return tag("ul", *(tag("li", shown(one)) for one in every[:_MOST_ITEMS]), *more)


def _person(one: Agent) -> Markup:
    url = next((url for known in one.identifiers if (url := identifiers.url(known))), None)
    home = ", ".join(each.name for each in one.affiliations)
    return tag("span", text(one.name), *([" ", link(url)] if url else []), f" ({home})" if home else "")


def _identifier(one: Identifier) -> Markup:
    url = identifiers.url(one)
    return link(url) if url else tag("code", text(str(one)))


def _related(relation: Relation) -> Markup:
    url = identifiers.url(relation.identifier) if relation.identifier else None
    named = relation.title or str(relation.identifier or "")
    return tag("span", text(f"{relation.type} "), link(url) if url else text(named))


def _score(made: Assessment) -> Iterator[Markup]:
    yield tag("p", f"As it was stored, by the checklist {made.checklist.id}; what only a deposit gives is open.")
    rows: list[Markup] = []
    for letter, name in _LETTERS:
        found = getattr(made.scores, letter)
        if found is not None:
            shown = f"{found.low:.0%}" if found.low == found.high else f"{found.low:.0%} to {found.high:.0%}"
            meter = tag("meter", shown, min=0, max=1, value=f"{found.low:.3f}", aria_label=name)
            rows += [tag("span", name), meter, tag("span", shown)]
    yield tag("div", *rows, class_="score")
    lacks = [row for row in made.results if row.status in ("fail", "partial")]
    if lacks:
        yield tag("ul", *(tag("li", text(f"{row.metric}: {row.title}")) for row in lacks[:20]))


def _files(entry: Entry, library: Library) -> Iterator[Markup]:
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in ("Name", "Size", "sha256"))))
    files = entry.resource.distributions
    sums = {one.name: next((c.value for c in one.checksums if c.algorithm == "sha256"), "") for one in files}
    rows = []
    for name, content in list(entry.version.files.items())[:_MOST_FILES]:
        place = library.file(entry.object.name, entry.version.number, name)
        cells = [tag("th", tag("a", text(name, longest=200), href=place), scope="row", class_="break")]
        cells += [tag("td", _size(content.size), class_="number"), tag("td", tag("code", text(sums.get(name, ""))))]
        rows.append(tag("tr", *cells))
    table = tag("table", head, tag("tbody", *rows))
    yield tag("div", table, class_="wide", tabindex=0, role="region", aria_label="Files")
    left = len(entry.version.files) - _MOST_FILES
    if left > 0:
        yield tag("p", f"and {left:,} more, which the link set names.")


def _size(size: int) -> str:
    for unit, name in _BYTES:
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size} B"


def _variables(every: Sequence[Variable]) -> Iterator[Markup]:
    heads = ("Name", "Type", "Unit", "Role", "Meaning")
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in heads)))
    rows = [
        tag(
            "tr",
            tag("th", tag("code", text(one.name)), scope="row"),
            *(tag("td", text(value or "")) for value in (one.dtype, one.unit, one.role)),
            tag("td", text(one.description or "", longest=600)),
        )
        for one in every[:_MOST_VARIABLES]
    ]
    yield tag(
        "div", tag("table", head, tag("tbody", *rows)), class_="wide", tabindex=0, role="region", aria_label="Variables"
    )
    if len(every) > _MOST_VARIABLES:
        yield tag("p", f"and {len(every) - _MOST_VARIABLES:,} more.")


def _citation(entry: Entry) -> Iterator[Markup]:
    yield tag("p", text(cited(entry.resource, "text").decode("utf-8", "replace"), longest=1000), class_="break")
    for form, name in (("bibtex", "BibTeX"), ("ris", "RIS")):
        lines = cited(entry.resource, form).decode("utf-8", "replace").splitlines()
        code = tag("code", *(Markup(f"{text(line, longest=1000)}\n") for line in lines[:400]))
        yield tag("details", tag("summary", name), tag("pre", code, tabindex=0))


def _making(entry: Entry) -> Iterator[Markup]:
    work = entry.resource
    for words in (work.methodology, work.validation, work.usage):
        if words:
            yield tag("p", text(words, longest=_LONGEST))
    if work.usage_rules:
        yield _list(work.usage_rules, lambda rule: text(rule, longest=1000))
    steps = []
    for step in work.activities[:100]:
        used = ", ".join(one.name for one in step.used[:5])
        made = ", ".join(one.name for one in step.generated[:5])
        tools = ", ".join(" ".join(filter(None, (one.name, one.version))) for one in step.software[:5])
        about = "; ".join(filter(None, (used and f"from {used}", made and f"made {made}", tools and f"with {tools}")))
        steps.append(text(f"{step.name}: {about}" if about else step.name, longest=600))
    if steps:
        yield tag("ol", *(tag("li", step) for step in steps))


def _machines(entry: Entry, library: Library) -> Iterator[Markup]:
    here = _here(entry, library)
    places = [(name, f"{here}/export/{name}") for name in EXPORTS] + [
        (name, f"{here}/{name}") for name in ("linkset", "linkset.txt")
    ]
    yield _list(places, lambda place: tag("a", place[0], href=place[1]))


def _versions(entry: Entry, library: Library) -> Iterator[Markup]:
    def shown(version: Version) -> Markup:
        name = f"Version {version.number}, of {version.created[:10]}"
        if version.number == entry.version.number:
            return tag("strong", name, aria_current="page")
        return tag("a", name, href=library.page(entry.object.name, version.number))

    yield _list(entry.object.versions[::-1], shown)


def fault(library: Library, status: int, what: str, remedy: str) -> bytes:
    """The page that says what went wrong."""
    parts = [
        tag("p", text(what)),
        tag("p", text(remedy)),
        tag("p", tag("a", "To the repository", href=library.base + "/")),
    ]
    return _page(f"{status}", [tag("section", *parts, class_="card data")], library, head=[])


def _page(title: str, main: Iterable[Markup], library: Library, *, head: Iterable[Markup]) -> bytes:
    foot = [tag("p", tag("a", "All records", href=library.base + "/")), tag("p", f"Served by fairkit {__version__}.")]
    return page(title, main, foot, style=_STYLE, head=head, forms="'self'")
