"""What the page about data adds to the style of the pages of fairkit."""

from __future__ import annotations

from fairkit.report._html_style import SHEET

__all__ = ["STYLE"]

_OWN = """
.data > h2 { font-size: 1.25rem; letter-spacing: -.01em; margin-bottom: .75rem; }
.data > h3 { font-size: 1rem; margin: 1.25rem 0 .4rem; }
.data > p + p { margin-top: .6rem; }
.lead { font-size: 1.06rem; max-width: 50rem; }
.tiles { display: flex; flex-wrap: wrap; gap: .9rem 2.4rem; margin-top: 1.25rem; }
.tiles dt { color: var(--muted); font-size: .85rem; }
.tiles dd { font-size: 1.35rem; font-weight: 650; letter-spacing: -.01em; font-variant-numeric: tabular-nums; }
.plain { margin-top: 1.25rem; display: grid; gap: .35rem; font-size: .95rem; }
.plain div { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .75rem; }
.plain dt { color: var(--muted); }
.notes { display: grid; gap: .4rem; }
.notes li { padding: .45rem .8rem; border-left: 4px solid var(--partial); border-radius: 6px;
  background: var(--partial-tint); }
.notes .leak, .notes .overlap { border-color: var(--fail); background: var(--fail-tint); }
.notes code { color: var(--muted); margin-left: .4rem; }
.said { margin-top: .8rem; padding: .5rem .8rem; border-radius: 8px; background: var(--pass-tint); color: var(--pass); }
.said.bad { background: var(--fail-tint); color: var(--fail); }
.shares { display: block; width: 100%; height: 1.6rem; border-radius: 8px; background: var(--soft); }
.s0 { fill: var(--accent); } .s1 { fill: var(--partial); } .s2 { fill: var(--pending); } .s3 { fill: var(--unknown); }
.s4 { fill: var(--none); }
.key { display: inline-block; width: .8rem; height: .8rem; margin-right: .5rem; vertical-align: -.05rem; }
.data table { margin-top: .9rem; font-size: .95rem; }
.data thead th { font-size: .82rem; font-weight: 500; color: var(--muted); }
.data th, .data td { padding: .4rem 1rem .4rem 0; border-bottom: 1px solid var(--line); }
.data .number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.data tbody th { font-weight: 600; }
.variable { display: grid; grid-template-columns: minmax(0, 1.25fr) minmax(0, .8fr) 17rem; gap: .3rem 1.75rem;
  padding: 1rem 0; border-top: 1px solid var(--line); align-items: start; break-inside: avoid; }
.variable h4 { margin: 0; font-size: 1rem; }
.variable h4 code { font-size: 1rem; font-weight: 650; }
.pills { display: flex; flex-wrap: wrap; gap: .35rem; margin-top: .3rem; }
.pill { padding: 0 .55rem; border-radius: 99px; font-size: .8rem; background: var(--soft); color: var(--muted); }
.pill.label { background: var(--pass-tint); color: var(--pass); }
.pill.feature { background: var(--tint); color: var(--accent); }
.pill.weight { background: var(--pending-tint); color: var(--pending); }
.pill.truth { background: var(--fail-tint); color: var(--fail); }
.pill.guess { border: 1px dashed currentColor; }
.variable .meaning { margin-top: .35rem; font-size: .95rem; }
.variable .more { margin-top: .25rem; font-size: .87rem; color: var(--muted); }
.counts-of { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .05rem .9rem; font-size: .88rem; }
.counts-of dt { color: var(--muted); }
.counts-of dd { font-variant-numeric: tabular-nums; }
.counts-of .odd { color: var(--fail); font-weight: 600; }
.histogram { display: block; width: 100%; height: 4.2rem; }
.histogram rect { fill: var(--accent); opacity: .82; }
.box { display: block; width: 100%; height: .55rem; }
.box .whisker { fill: var(--line); } .box .half { fill: var(--muted); } .box .middle { fill: var(--ink); }
.ends { display: flex; justify-content: space-between; font-size: .8rem; color: var(--muted);
  font-variant-numeric: tabular-nums; }
.values { display: grid; grid-template-columns: fit-content(9rem) minmax(3rem, 1fr) max-content;
  gap: .2rem .6rem;
  align-items: center; font-size: .85rem; }
.values svg { display: block; width: 100%; height: .85rem; border-radius: 4px; background: var(--soft); }
.values rect { fill: var(--accent); }
.values span:nth-child(3n) { text-align: end; font-variant-numeric: tabular-nums; }
.balance { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .4rem .9rem; align-items: center;
  font-size: .92rem; }
.balance .shares { height: 1rem; }
.legend-of { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .5rem 0 .6rem; font-size: .88rem; }
pre { margin: .5rem 0 0; padding: .8rem 1rem; border-radius: 10px; background: var(--soft); overflow-x: auto; }
pre code { white-space: pre; unicode-bidi: normal; }
@media (max-width: 58rem) {
  .variable { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .variable > :first-child { grid-column: 1 / -1; }
}
@media (max-width: 34rem) { .variable { grid-template-columns: minmax(0, 1fr); } }
"""
STYLE = f"{SHEET}\n{_OWN.strip()}"
