"""The parts of the documentation that are made from the code: checks, metrics, and the tables of what there is.

`PAGES` has every such page by its path from the top of the checkout. Two pages are made whole; in the others only what
stands between `<!-- generated: NAME -->` and `<!-- end -->` is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import Any

from fairkit.assess import checklist
from fairkit.checks import Check
from fairkit.dialects import exports, form, reads
from fairkit.dialects._toml_tables import FairkitToml
from fairkit.model.resource import FIELDS, KINDS
from fairkit.publish.preflight import CODES, Code
from fairkit.registry import CHECKS, DIALECTS, FORMATS, REPORTS, SOURCES
from fairkit.settings import SERVICES

ROOT = Path(__file__).resolve().parents[1]

_MADE = "<!-- Made by .ci/generate.py from the code: change it there. -->"
_LETTERS = {"F": "Findable", "A": "Accessible", "I": "Interoperable", "R": "Reusable"}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown; a bar inside a cell would end it, so it is escaped."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def code(names: Iterable[str]) -> str:
    """Names as code, with commas."""
    return ", ".join(f"`{name}`" for name in names)


def checks_page() -> bytes:
    """Every check, by subject: what it asks, what to do, and on what its verdict depends."""
    subjects = [_subject(name, module) for name, module in CHECKS]
    return _page(
        "Checks",
        "A check is a small pure function that judges one question. Checklists name checks; no check names one.\n"
        "This list is made from the code; `fairkit list checks` prints it too. [Checklists](checklists.md) tells how\n"
        "checks are joined to metrics.",
        *subjects,
    )


def _subject(name: str, module: ModuleType) -> str:
    _, _, first = (module.__doc__ or "").strip().partition("\n")[0].partition(": ")
    found = sorted((v for v in vars(module).values() if isinstance(v, Check)), key=attrgetter("name"))
    return "\n\n".join([f"## {name.capitalize()}", first[:1].upper() + first[1:], *map(_check, found)])


def _check(check: Check) -> str:
    facts = {
        "Depends on": code(sorted(check.fields)),
        "Needs to be tried": code(sorted(check.needs)),
        "A checklist may set": code(check.parameters),
    }
    lines = [f"- {head}: {names}." for head, names in facts.items() if names]
    lines += ["- Pending before deposit."] if check.after_deposit else []
    lines += ["- Depends on which documents there are."] if check.of_documents else []
    return "\n\n".join(
        [f"### `{check.name}`", f"**{check.title}** {check.remedy}", *(["\n".join(lines)] if lines else [])]
    )


def metrics_page() -> bytes:
    """The metrics of every checklist that is shipped."""
    return _page(
        "Metrics",
        "Every checklist that is shipped, metric by metric. This list is made from the files in `checklists/`; what\n"
        "levels, points and `on` mean is told in [Checklists](checklists.md).",
        *map(_checklist, map(checklist.load, checklist.names())),
    )


def _checklist(found: checklist.Checklist) -> str:
    about = f"`{found.id}` {found.version}: {len(found.metrics)} metrics. {' '.join(found.description.split())}"
    parts = [f"## {found.title}", about]
    for letter, name in _LETTERS.items():
        rows = [_metric(metric) for metric in found.metrics if metric.principle.startswith(letter)]
        heads = ("metric", "principle", "asks", "level", "points", "about", "asked of", "judged by")
        parts += [f"**{name}**", table(heads, rows)] if rows else []
    return "\n\n".join(parts)


def _metric(metric: checklist.Metric) -> list[str]:
    kinds = "all kinds" if metric.applies == set(KINDS) else ", ".join(k for k in KINDS if k in metric.applies)
    tests = "; ".join(
        f"[`{test.check.name}`](checks.md#{test.check.name})" + ("" if test.on == "resource" else f" on {test.on}")
        for test in metric.tests
    )
    facts = [metric.title, metric.level, f"{metric.points:g}", metric.about, kinds, tests]
    return [f"`{metric.id}`", metric.principle, *facts]


def dialects_table() -> str:
    """The dialects, and which field each has a place for."""
    every = list(DIALECTS)
    rows = [
        (f"`{name}`", d.TITLE, f"`{d.MEDIA_TYPE}`", code(getattr(d, "FILE_NAMES", ())) or "any", _ways(d))
        for name, d in every
    ]
    known = table(("dialect", "what it is", "media type", "file name", "fairkit can"), rows)
    holds = [(f"`{field}`", *("✓" if field in d.HOLDS else "" for _, d in every)) for field in FIELDS]
    return known + "\n\n" + table(("field", *(f"`{name}`" for name, _ in every)), holds)


def _ways(dialect: ModuleType) -> str:
    return ", ".join(way for way in ("read", "write") if hasattr(dialect, way))


def exports_table() -> str:
    """The forms in which a work is written down, and the fields for which each has no place."""
    every = [(name, d) for name, d in DIALECTS if name in exports()]
    known = [field for field in FIELDS if field not in ("listing", "implied_license")]

    def lacks(holds: frozenset[str]) -> str:
        missing = [field for field in known if field not in holds]
        return ", ".join(missing).replace("_", " ") or "nothing"

    forms = table(
        ("form", "what it is", "media type", "file", "read back"),
        (
            (f"`{name}`", d.TITLE, f"`{d.MEDIA_TYPE}`", f"`{form(name).file_name}`", "✓" if reads(name) else "")
            for name, d in every
        ),
    )
    return forms + "\n\n" + table(("form", "has no place for"), ((f"`{n}`", lacks(d.HOLDS)) for n, d in every))


def sources_table() -> str:
    """The sources, with the keyword and the spellings of each."""

    def cell(words: Sequence[str]) -> str:
        return "<br>".join(f"`{word}`" for word in words)

    rows = ((f"`{name}`", s.TITLE, cell(s.KEYWORDS), cell(s.EXAMPLES)) for name, s in SOURCES)
    return table(("source", "what it is", "keyword", "targets look like"), rows)


def formats_table() -> str:
    """The file formats, and where each is opened."""
    rows = (
        (
            f"`{name}`",
            f.TITLE,
            code(f.EXTENSIONS),
            "read, write" if hasattr(f, "writer") else "read",
            "in a limited child process" if f.SANDBOXED else "here",
        )
        for name, f in FORMATS
    )
    return table(("format", "what it is", "files end with", "fairkit can", "opened"), rows)


def reports_table() -> str:
    """The reports."""
    rows = ((f"`{name}`", report.TITLE, f"`{report.MEDIA_TYPE}`") for name, report in REPORTS)
    return table(("report", "what it is", "media type"), rows)


def settings_table() -> str:
    """The variables that move the services."""
    rows = ((f"`{variable}`", f"`{service}`", f"`{default}`") for service, (variable, default) in SERVICES.items())
    return table(("variable", "service", "otherwise"), rows)


def preflight_table() -> str:
    """The problems that are looked for before anything is sent."""
    rows = (
        (f"`{code}`", one.about, "✓" if one.blocks else "", f"{one.remedy} {_of_model(one)}".strip())
        for code, one in CODES.items()
    )
    return table(("code", "what is wrong", "blocks", "what to do"), rows)


def _of_model(one: Code) -> str:
    return f"For a model: {one.of_model}" if one.of_model else ""


def toml_tables() -> str:
    """The keys of fairkit.toml, table by table, in the order in which the form has them."""
    schema = FairkitToml.model_json_schema()
    parts = []
    for name in _reached(schema, schema["$defs"]):
        form = schema["$defs"][name]
        needed = form.get("required", ())
        rows = [
            (f"`{key}`" + (" (needed)" if key in needed else ""), _kind(field), field["description"])
            for key, field in form["properties"].items()
        ]
        parts.append(f"### {name}\n\n{_escaped(form['description'])}\n\n{table(('key', 'value', 'meaning'), rows)}")
    return "\n\n".join(parts)


def _escaped(text: str) -> str:
    """Brackets as they stand, so that no reader takes `[[files]]` for a link."""
    return re.sub(r"\[+[a-z.]+\]+", lambda found: f"`{found[0]}`", text)


def _reached(form: dict[str, Any], forms: dict[str, Any]) -> Iterator[str]:
    """The tables that a form leads to, each once, in order."""
    seen: dict[str, None] = {}
    for field in form["properties"].values():
        for name in re.findall(r"#/\$defs/(\w+)", str(field)):
            seen |= dict.fromkeys([name, *_reached(forms[name], forms)])
    yield from seen


def _kind(field: dict[str, Any]) -> str:
    """What a value may be, in words."""
    words = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}
    if "anyOf" in field:
        return " or ".join(_kind(one) for one in field["anyOf"] if one.get("type") != "null")
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"a table: [{name}](#{name.lower()})"
    if "enum" in field:
        return "one of " + code(field["enum"])
    if field["type"] == "array":
        return _list(field, words)
    return "a table of settings" if field["type"] == "object" else words[field["type"]]


def _list(field: dict[str, Any], words: dict[str, str]) -> str:
    if "prefixItems" in field:
        return f"{len(field['prefixItems'])} numbers"
    items = field["items"]
    name = items.get("$ref", "").rpartition("/")[2]
    if "anyOf" in items:
        return " or ".join(_list({"items": one}, words) for one in items["anyOf"])
    return f"tables: [{name}](#{name.lower()})" if name else f"list of {words[items['type']]}s"


def _page(title: str, *parts: str) -> bytes:
    return "\n\n".join([f"# {title}", _MADE, *parts]).encode() + b"\n"


def filled(path: str, **made: Callable[[], str]) -> bytes:
    """The page at `path`, written by hand, with its generated parts anew."""
    text = (ROOT / path).read_text("utf-8")
    for name, make in made.items():
        begin, end = f"<!-- generated: {name} -->\n", "<!-- end -->"
        before, found, rest = text.partition(begin)
        _, closed, after = rest.partition(end)
        if not (found and closed):
            raise ValueError(f"{path} has no part {begin.strip()} … {end}")
        text = f"{before}{begin}\n{make()}\n\n{end}{after}"
    return text.encode()


PAGES: dict[str, Callable[[], bytes]] = {
    "docs/checks.md": checks_page,
    "docs/metrics.md": metrics_page,
    "docs/dialects.md": partial(filled, "docs/dialects.md", dialects=dialects_table),
    "docs/export.md": partial(filled, "docs/export.md", exports=exports_table),
    "docs/formats.md": partial(filled, "docs/formats.md", formats=formats_table),
    "docs/publish.md": partial(filled, "docs/publish.md", preflight=preflight_table),
    "docs/sources.md": partial(filled, "docs/sources.md", sources=sources_table),
    "docs/reports.md": partial(filled, "docs/reports.md", reports=reports_table),
    "docs/http.md": partial(filled, "docs/http.md", settings=settings_table),
    "docs/fairkit-toml.md": partial(filled, "docs/fairkit-toml.md", tables=toml_tables),
}
"""Every page with generated parts, by its path from the top of the checkout."""
