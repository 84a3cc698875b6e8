"""ROOT files for tests: the same data as a TTree and as an RNTuple, with titles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

__all__ = ["TITLES", "data", "write"]

TITLES = {
    "jet_pt": "Transverse momentum [GeV]",
    "met": "Missing transverse momentum [GeV]",
    "label": "1 for a signal [yes or no]",
}


def data(rows: int = 7) -> dict[str, Any]:
    """Jets in events: jagged records, lists, fixed arrays, texts, numbers of several types; NaN among them."""
    import awkward as ak
    import numpy as np

    counts = [i % 4 for i in range(rows)]
    every = sum(counts)
    pt = np.linspace(20, 90, every, dtype="f4")
    pt[::5] = np.nan
    jets = {"pt": pt, "n": np.arange(every, dtype="i2")}
    return {
        "jet": ak.zip({name: ak.unflatten(values, counts) for name, values in jets.items()}),
        "hits": ak.unflatten(np.arange(every, dtype="f8"), counts),
        "met": np.linspace(0, 1, rows, dtype="f4"),
        "label": np.arange(rows, dtype="i4") % 2,
        "good": np.arange(rows) % 3 == 0,
        "p4": np.arange(4.0 * rows).reshape(rows, 4),
        "m": np.arange(6 * rows, dtype="u1").reshape(rows, 2, 3),
        "run": np.arange(rows, dtype="u8") + 2**63,
        "name": ak.Array([f"event é{i}" for i in range(rows)]),
    }


def write(path: Path, kind: str, values: dict[str, Any], *, name: str = "events", parts: int = 1) -> str:
    """Write a TTree or an RNTuple, in as many baskets or clusters as `parts`."""
    import uproot
    from uproot.writing import _cascadetree

    rows = len(next(iter(values.values())))
    pieces = [slice(i * rows // parts, (i + 1) * rows // parts) for i in range(parts)]
    made = _cascadetree.Tree.__init__

    def titled(self: Any, *args: Any) -> None:
        made(self, *args)
        for branch in self._branch_data:
            branch["fTitle"] = TITLES.get(branch.get("fName", ""), branch.get("fTitle"))

    with uproot.recreate(path) as file:
        _cascadetree.Tree.__init__ = titled
        try:
            if kind == "TTree":
                tree = file.mktree(name, {key: value[pieces[0]] for key, value in values.items()}, title="Toys")
            else:
                first = {key: _documented(key, value)[pieces[0]] for key, value in values.items()}
                tree = file.mkrntuple(name, first, description="Toys")
            for piece in pieces[1:]:
                tree.extend({key: value[piece] for key, value in values.items()})
        finally:
            _cascadetree.Tree.__init__ = made
    return str(path)


def _documented(key: str, value: Any) -> Any:
    """With the titles as RNTuples keep them, of the members of jets too."""
    import awkward as ak

    if key == "jet":
        lists = value.layout.to_ListOffsetArray64(True)
        told = [{"__doc__": TITLES[f"jet_{field}"]} if f"jet_{field}" in TITLES else None for field in value.fields]
        contents = [
            lists.content.content(field).copy(parameters=doc) for field, doc in zip(value.fields, told, strict=True)
        ]
        return ak.Array(lists.copy(content=ak.contents.RecordArray(contents, value.fields)))
    return ak.with_parameter(ak.Array(value), "__doc__", TITLES[key]) if key in TITLES else value
