"""The style of the HTML report: light and dark, wide and narrow, screen and paper; and the rules of its filters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from fairkit.model.outcome import STATUSES

from ._facts import SHORT

__all__ = ["LEVELS", "SHEET", "STYLE"]

LEVELS = ("essential", "important", "useful")

_LIGHT = """
--page: #f3f6f7; --card: #ffffff; --line: #d9e2e6; --soft: #eef3f5; --ink: #15212a; --muted: #4f5f6a;
--accent: #00655b; --tint: #e3f2f0; --head: #073b3a; --on-head: #ffffff;
--fail: #ab1f1a; --fail-tint: #fdebe9; --partial: #7d4b00; --partial-tint: #fff2d9;
--unknown: #73379a; --unknown-tint: #f5eafa; --pending: #1a5a9e; --pending-tint: #e7f0fb;
--pass: #176336; --pass-tint: #e4f4e9; --none: #4f5f6a; --none-tint: #eaeff1;
--good: #1f8a4c; --middling: #d18a0b; --poor: #cf3a33;
"""
_DARK = """
--page: #0d1417; --card: #151e23; --line: #2b3941; --soft: #1c272d; --ink: #e6edf0; --muted: #a2b2bb;
--accent: #6ad6c6; --tint: #12302f; --head: #082a2b; --on-head: #eafffb;
--fail: #ff9a92; --fail-tint: #3b1c1b; --partial: #ffc56b; --partial-tint: #382a10;
--unknown: #dcaef3; --unknown-tint: #2f2139; --pending: #99c7ff; --pending-tint: #172b41;
--pass: #86dca2; --pass-tint: #163122; --none: #a9b8c0; --none-tint: #243037;
--good: #4fc47e; --middling: #e9ad3f; --poor: #f0726a;
"""

_SHEET = """
*, *::before, *::after { box-sizing: border-box; }
html { scroll-behavior: smooth; text-size-adjust: 100%; }
body { margin: 0; background: var(--page); color: var(--ink); line-height: 1.5; overflow-wrap: anywhere;
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
h1, h2, h3, p, ul, ol, dl, dd, fieldset { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: var(--accent); text-underline-offset: .15em; }
code { font: .86em/1.4 ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Consolas, monospace; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; }
bdi, td, th, p, code { unicode-bidi: isolate; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.muted, .about, .legend { color: var(--muted); }
.skip { position: absolute; left: 1rem; top: -4rem; padding: .5rem 1rem; background: var(--card); z-index: 3; }
.skip:focus { top: 1rem; }

.top { background: var(--head); color: var(--on-head); }
.top > div, main, .foot { max-width: 72rem; margin: 0 auto; padding: 0 1.25rem; }
.top > div { padding-top: 1.5rem; padding-bottom: 4.5rem; }
.top .brand { font-weight: 700; letter-spacing: .02em; opacity: .85; }
.top h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -.01em; }
main { margin-top: -3.25rem; display: grid; gap: 1.25rem; grid-template-columns: minmax(0, 1fr); }
.card, .assessment, .filters { background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
.card, .assessment { padding: 1.5rem; box-shadow: 0 1px 3px rgb(0 0 0 / .06); }
.foot { padding-top: 1.5rem; padding-bottom: 2.5rem; color: var(--muted); font-size: .9rem; }

.filters { padding: .6rem 1rem; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; }
.filters fieldset { border: 0; min-width: 0; display: flex; flex-wrap: wrap; gap: .35rem; align-items: center; }
.filters legend { float: left; margin-right: .5rem; padding: 0; font-size: .85rem; color: var(--muted); }
.filters label { position: relative; border: 1px solid var(--line); border-radius: 99px; padding: .15rem .75rem;
  font-size: .88rem; cursor: pointer; background: var(--card); }
.filters label:hover { background: var(--soft); }
.filters label b { font-weight: 600; color: var(--muted); }
.filters input { position: absolute; inset: 0; margin: 0; opacity: 0; cursor: pointer; }
.filters label:has(:checked) { background: var(--accent); border-color: var(--accent); color: var(--card); }
.filters label:has(:checked) b { color: inherit; }
.filters label:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: 2px; }

.assessment { scroll-margin-top: 1rem; content-visibility: auto; contain-intrinsic-size: auto 2400px; }
.assessment > h2 { font-size: 1.45rem; line-height: 1.25; letter-spacing: -.01em; }
.about { margin-top: .3rem; }
.how { margin-top: .75rem; display: flex; flex-wrap: wrap; gap: .3rem 1.75rem; font-size: .92rem; }
.how div { display: flex; gap: .5rem; min-width: 0; }
.how dt { color: var(--muted); }
.how dd { min-width: 0; }
.warning { margin-top: 1rem; padding: .7rem 1rem; border-left: 4px solid var(--partial); border-radius: 6px;
  background: var(--partial-tint); color: var(--partial); }
.fine { margin-top: 1.25rem; padding: .7rem 1rem; border-radius: 8px; background: var(--pass-tint);
  color: var(--pass); }

.scores { margin-top: 1.5rem; display: grid; gap: 1.25rem 2.25rem; grid-template-columns: auto minmax(0, 1fr) auto;
  align-items: center; }
.scores th { font-weight: 600; padding: .35rem 1rem .35rem 0; width: 1%; white-space: nowrap; }
.scores td { vertical-align: middle; }
.scores td:last-child { width: 1%; padding-left: 1rem; text-align: end; white-space: nowrap; font-weight: 600;
  font-variant-numeric: tabular-nums; }
.total { text-align: center; color: var(--muted); font-size: .9rem; }
.ring { position: relative; width: 8.75rem; }
.ring svg { display: block; transform: rotate(-90deg); }
.ring circle { fill: none; stroke-width: 13; }
.ring .rest { stroke: var(--soft); }
.ring strong { position: absolute; inset: 0; display: grid; place-items: center; color: var(--ink);
  font-size: 1.5rem; letter-spacing: -.02em; }
.ring .wide-range { font-size: 1.12rem; }
.bar { display: block; width: 100%; height: .8rem; border-radius: 99px; background: var(--soft); }
.good { --grade: var(--good); } .middling { --grade: var(--middling); } .poor { --grade: var(--poor); }
.bar rect { fill: var(--grade); } .ring .light, .ring .solid { stroke: var(--grade); }
.bar .light, .ring .light { opacity: .36; }
.legend { grid-column: 1 / -1; font-size: .85rem; }
.counts { display: grid; gap: .4rem; }

.mark { display: inline-flex; align-items: center; gap: .4rem; padding: .08rem .6rem .08rem .5rem; border-radius: 99px;
  font-size: .82rem; line-height: 1.5; white-space: nowrap; color: var(--of); background: var(--of-tint); }
.mark > :first-child { min-width: 1em; text-align: center; font-weight: 700; }
.fail { --of: var(--fail); --of-tint: var(--fail-tint); }
.partial { --of: var(--partial); --of-tint: var(--partial-tint); }
.unknown { --of: var(--unknown); --of-tint: var(--unknown-tint); }
.pending { --of: var(--pending); --of-tint: var(--pending-tint); }
.pass { --of: var(--pass); --of-tint: var(--pass-tint); }
.not-applicable { --of: var(--none); --of-tint: var(--none-tint); }

.first { margin-top: 1.5rem; padding: 1.1rem 1.25rem 1.2rem; border-radius: 12px; background: var(--tint); }
.first h3 { font-size: 1.05rem; }
.first ol { margin: .75rem 0; display: grid; gap: .9rem; list-style: none; }
.first li { position: relative; padding-left: 3.5rem; }
.first .gain { position: absolute; left: 0; top: .05rem; min-width: 2.6rem; padding: .05rem .3rem; border-radius: 8px;
  text-align: center; font-weight: 700; font-size: .9rem; background: var(--accent); color: var(--card); }
.first .fix { font-weight: 600; }
.first .fix::before { content: none; }
.first .muted { font-size: .88rem; }
.fix { margin-top: .2rem; color: var(--accent); }
.first .fix { margin: 0; color: inherit; }
.fix::before { content: "→ "; }
.fix code { display: table; margin-top: .25rem; padding: .1rem .5rem; border-radius: 6px; background: var(--soft);
  color: var(--ink); font-weight: 400; }
.first .fix code { background: var(--card); }

.results { margin-top: 2rem; }
.results h3 { display: flex; align-items: center; gap: .6rem; font-size: 1.15rem; }
.results h3 small { font-size: 1rem; font-weight: 600; color: var(--muted); margin-left: auto; }
.letter { display: grid; place-items: center; width: 1.9rem; height: 1.9rem; border-radius: 8px; color: var(--card);
  background: var(--accent); font-size: 1rem; }
.results > .bar { height: .35rem; margin: .6rem 0 .2rem; }
.results > table { table-layout: fixed; }
.results thead th { padding: .5rem .6rem; font-size: .8rem; font-weight: 500; color: var(--muted); }
.results thead th:nth-child(1) { width: 8.6rem; } .results thead th:nth-child(2) { width: 27%; }
.results thead th:nth-child(4) { width: 6.2rem; }
.principle th { padding: .45rem .6rem; font-weight: 400; background: var(--soft); border-radius: 6px;
  font-size: .92rem; }
.results tbody tr:not(.principle) > * { padding: .7rem .6rem; border-bottom: 1px solid var(--line); }
.results tbody tr:not(.principle) > th { font-weight: 600; }
.results tbody th > code { display: block; font-weight: 400; color: var(--muted); }
.results tr:target > * { background: var(--tint); }
.results tr { scroll-margin-top: 1rem; }
.worth span { display: block; font-size: .88rem; }
.worth .earned { color: var(--muted); font-variant-numeric: tabular-nums; }
details { margin-top: .35rem; font-size: .9rem; }
summary { cursor: pointer; color: var(--muted); width: fit-content; }
summary:hover { color: var(--accent); }
.tests, .proofs { margin: .4rem 0 .2rem; display: grid; gap: .35rem; }
.tests li > code { margin-left: .4rem; }
.proofs li { padding-left: .7rem; border-left: 3px solid var(--line); }
.proofs .where { display: block; font-size: .92em; color: var(--muted); }
.nothing { display: none; padding: .8rem .6rem; color: var(--muted); }
.read { margin-top: 1.5rem; }
.read p { margin-top: .5rem; }
.wide { overflow-x: auto; }
.read table { margin-top: .5rem; min-width: 44rem; }
.read th, .read td { padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); }

.overview h2 { font-size: 1.15rem; margin-bottom: .75rem; }
.overview table { min-width: 44rem; }
.overview th, .overview td { padding: .5rem .6rem; border-bottom: 1px solid var(--line); }
.overview thead th { font-size: .85rem; font-weight: 500; color: var(--muted); }
.overview tbody th { font-weight: 500; }
.overview thead th { white-space: nowrap; }
.overview tbody th { min-width: 8rem; }
.overview tbody th code { display: block; color: var(--muted); }
.overview .score { width: 11%; white-space: nowrap; font-variant-numeric: tabular-nums; }
.overview .bar { height: .3rem; margin-top: .3rem; }

.survey h3 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
.survey table { min-width: 40rem; }
.survey th, .survey td { padding: .4rem .9rem .4rem 0; border-bottom: 1px solid var(--line); }
.survey thead th { font-size: .85rem; font-weight: 500; color: var(--muted); white-space: nowrap; }
.survey tbody th { font-weight: 500; }
.survey tbody th code { display: block; font-weight: 400; color: var(--muted); }
.survey .score, .survey .number { width: 1%; min-width: 6.5rem; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.survey .number { min-width: 0; text-align: end; }
.survey .bar { height: .3rem; margin-top: .3rem; }

@media (max-width: 46rem) {
  .top h1 { font-size: 1.5rem; }
  .top > div, main, .foot { padding-left: .75rem; padding-right: .75rem; }
  .card, .assessment { padding: 1rem; }
  .scores { grid-template-columns: minmax(0, 1fr); }
  .ring { margin: 0 auto; }
  .scores th { padding-right: .6rem; }
  .counts { display: flex; flex-wrap: wrap; }
  .overview table { min-width: 0; }
  .overview table, .overview tbody { display: block; }
  .overview thead { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden; }
  .overview tbody tr { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: .1rem .6rem;
    padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .overview tbody tr > * { padding: 0; border: 0; width: auto; }
  .overview tbody th { grid-column: 1 / -1; }
  .overview .score { width: auto; font-size: .78rem; letter-spacing: -.02em; }
  .overview .score::before { content: attr(data-of); display: block; color: var(--muted); }
  .results table, .results tbody { display: block; }
  .results thead { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden; }
  .results tbody tr { display: block; padding: .7rem 0; border-bottom: 1px solid var(--line); position: relative; }
  .results tbody tr.principle { padding: 0; border: 0; margin-top: .5rem; }
  .results tbody tr > *, .results tbody tr:not(.principle) > * { display: block; padding: .15rem 0; border: 0; }
  .results tbody tr.principle > th { padding: .4rem .6rem; }
  .results tbody tr > td.worth { position: absolute; right: 0; top: .7rem; display: flex; gap: .5rem; }
}
@media print {
  @page { margin: 15mm; }
  body { background: none; font-size: 10pt; print-color-adjust: exact; }
  .skip, .filters, .back { display: none; }
  .top { background: none; color: inherit; }
  .top > div { padding: 0 0 .5rem; }
  main { margin: 0; display: block; }
  .top > div, main, .foot { max-width: none; padding-left: 0; padding-right: 0; }
  .card, .assessment { border: 0; border-radius: 0; padding: 0; box-shadow: none; margin-bottom: 1.5rem; }
  .assessment { content-visibility: visible; }
  .assessment + .assessment { break-before: page; }
  .results tr, .first li, .scores, .overview tr { break-inside: avoid; }
  h2, h3, .principle { break-after: avoid; }
  details::details-content { content-visibility: visible; display: block; }
  a { color: inherit; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
"""


def _filters() -> Iterator[str]:
    """The rules that hide rows, and groups and tables of which nothing is left, as the filters are set."""
    for status, level in product(["", "short", *STATUSES], ["", *LEVELS]):
        if status or level:
            chosen = "".join(f":has(#{kind}-{name}:checked)" for kind, name in _chosen(status, level))
            wanted = f"{_of_status(status)}{f'.{level}' if level else ''}"
            yield f"body{chosen} .results tr:not(.principle, thead *, {wanted}) {{ display: none; }}"
            yield f"body{chosen} .results tbody:not(:has({wanted})) {{ display: none; }}"
            yield f"body{chosen} .results:not(:has({wanted})) .nothing {{ display: block; }}"
            yield f"body{chosen} .results:not(:has({wanted})) thead {{ display: none; }}"


def _chosen(status: str, level: str) -> Iterator[tuple[str, str]]:
    yield "status", status or "all"
    yield "level", level or "all"


def _of_status(status: str) -> str:
    if status == "short":
        return f"tr:is({', '.join(f'.{each}' for each in sorted(SHORT))})"
    return f"tr.{status}" if status else "tr"


SHEET = "\n".join(
    [
        f":root {{ color-scheme: light dark; {_LIGHT} }}",
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_DARK} }} }}",
        _SHEET.strip(),
    ]
)
"""The style of any page; that of reports has the rules of their filters as well."""
STYLE = "\n".join([SHEET, *_filters()])
