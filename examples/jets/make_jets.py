"""Make the toy jets of this folder: the same values every time, in ROOT, HDF5 and Parquet.

python make_jets.py [FOLDER]

The set has the shape of a real one, such as record 12102 of CERN Open Data: wide jets with their constituents, from
Higgs bosons that decay to two b quarks and from quarks and gluons. The numbers come from a few lines of toy physics:
a jet of two prongs whose mass is that of the Higgs boson, or of one prong whose mass falls steeply. Good for trying
things out, useless for physics.

ROOT keeps the constituents of a jet as lists of their own length; Parquet does too; HDF5 has arrays of 32 places,
filled up with zeros, the hardest constituents first.
"""

from __future__ import annotations

import sys
from pathlib import Path

import awkward as ak
import h5py
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import uproot

PLACES = 32
SPLITS = {"train": (1, 480), "test": (2, 120)}
"""Each split: its seed, and how many jets it has."""
FLAT = {
    "event": ("int64", "1", "Number of the event; each has one jet"),
    "fj_pt": ("float32", "GeV", "Transverse momentum of the jet"),
    "fj_eta": ("float32", "1", "Pseudorapidity of the jet axis"),
    "fj_phi": ("float32", "rad", "Azimuthal angle of the jet axis"),
    "fj_mass": ("float32", "GeV", "Invariant mass of the constituents of the jet"),
    "fj_tau21": ("float32", "1", "Ratio of 2- to 1-subjettiness: small for two prongs"),
    "weight": ("float32", "1", "Weight of the jet; use it in every sum over jets"),
    "truth_nb": ("int8", "1", "Number of b hadrons within the jet, from the generator"),
    "label_hbb": ("int8", "1", "1 if the jet stems from a Higgs boson that decays to two b quarks, else 0"),
}
PARTS = {
    "pfcand_pt": ("float32", "GeV", "Transverse momentum of the constituent"),
    "pfcand_etarel": ("float32", "1", "Pseudorapidity of the constituent relative to the jet axis"),
    "pfcand_phirel": ("float32", "rad", "Azimuthal angle of the constituent relative to the jet axis"),
    "pfcand_charge": ("int8", "e", "Electric charge of the constituent"),
}


def jets(seed: int, number: int) -> ak.Array:
    """The jets of one split: an array of records, the constituents as lists."""
    draw = np.random.default_rng(seed)
    higgs = draw.random(number) < 0.5
    pt = 200 + draw.exponential(120, number)
    mass = np.where(higgs, draw.normal(125, 9, number), 15 + draw.exponential(40, number))
    counts = np.clip(draw.poisson(np.where(higgs, 16, 12)), 2, PLACES)
    prong = draw.random(counts.sum()) < 0.5
    of_higgs = np.repeat(higgs, counts)
    opening = np.repeat(np.minimum(2 * np.abs(mass) / pt, 0.8), counts)
    turn = np.repeat(draw.uniform(-np.pi, np.pi, number), counts)
    offset = np.where(of_higgs, np.where(prong, 0.5, -0.5) * opening, 0)
    spread = np.where(of_higgs, 0.07, 0.12)
    share = draw.exponential(1, counts.sum())
    parts = {
        "pfcand_pt": share,
        "pfcand_etarel": offset * np.cos(turn) + draw.normal(0, spread),
        "pfcand_phirel": offset * np.sin(turn) + draw.normal(0, spread),
        "pfcand_charge": draw.integers(-1, 2, counts.sum()),
    }
    listed = {name: ak.unflatten(column, counts) for name, column in parts.items()}
    listed["pfcand_pt"] = listed["pfcand_pt"] / ak.sum(listed["pfcand_pt"], axis=1) * pt
    order = ak.argsort(listed["pfcand_pt"], ascending=False, axis=1)
    flat = {
        "event": 1000 * seed + np.arange(number),
        "fj_pt": pt,
        "fj_eta": draw.uniform(-2.4, 2.4, number),
        "fj_phi": draw.uniform(-np.pi, np.pi, number),
        "fj_mass": mass,
        "fj_tau21": np.clip(np.where(higgs, draw.normal(0.3, 0.1, number), draw.normal(0.6, 0.12, number)), 0, 1),
        "weight": draw.uniform(0.5, 1.5, number),
        "truth_nb": np.where(higgs, 2, draw.binomial(2, 0.05, number)),
        "label_hbb": higgs,
    }
    every = flat | {name: column[order] for name, column in listed.items()}
    return ak.Array({name: _stored(every[name], dtype) for name, (dtype, *_) in (FLAT | PARTS).items()})


def _stored(column: ak.Array, dtype: str) -> ak.Array:
    """A column in its type; floats with the 12 binary digits that a detector could tell, which compress well."""
    cast = ak.values_astype(ak.Array(column), dtype)
    if dtype != "float32":
        return cast
    bits = np.asarray(ak.flatten(cast, axis=None)).view("uint32")
    kept = ((bits + np.uint32(1 << 10)) & np.uint32(0xFFFFF800)).view("float32")
    return ak.unflatten(kept, ak.num(cast)) if cast.ndim > 1 else ak.Array(kept)


def write_root(path: Path, found: ak.Array) -> None:
    """One tree called `jets`, with the lists as branches that share the counter `npfcand`."""
    lists = ak.zip({name.removeprefix("pfcand_"): found[name] for name in PARTS})
    columns = {name: found[name] for name in FLAT} | {"pfcand": lists}
    with uproot.recreate(path) as file:
        tree = file.mktree("jets", {name: column.type.content for name, column in columns.items()}, "Toy jets")
        tree.extend(columns)


def write_hdf5(path: Path, found: ak.Array) -> None:
    """One dataset for each column, and how many of the places are filled in `npfcand`."""
    with h5py.File(path, "w", track_order=True) as file:
        for name, (dtype, unit, meaning) in (FLAT | PARTS).items():
            column = found[name]
            if name in PARTS:
                padded = ak.pad_none(column, PLACES, axis=1, clip=True)
                column = ak.fill_none(padded, 0)
            _dataset(file, name, np.asarray(column, dtype), unit, meaning)
        counts = np.asarray(ak.num(found["pfcand_pt"]), "int32")
        _dataset(file, "npfcand", counts, "1", "Number of constituents of the jet")


def _dataset(file: h5py.File, name: str, values: np.ndarray, unit: str, meaning: str) -> None:
    made = file.create_dataset(name, data=values, compression="gzip", compression_opts=9, shuffle=True)
    made.attrs["unit"], made.attrs["description"] = unit, meaning


def write_parquet(path: Path, found: ak.Array) -> None:
    """One row for each jet, with unit and meaning in the metadata of each column."""
    fields, columns = [], []
    for name, (_, unit, meaning) in (FLAT | PARTS).items():
        column = ak.to_arrow(found[name], extensionarray=False, list_to32=True)
        fields.append(pa.field(name, column.type, nullable=False, metadata={"unit": unit, "description": meaning}))
        columns.append(column)
    table = pa.Table.from_arrays(columns, schema=pa.schema(fields))
    pq.write_table(table, path, compression="zstd", use_dictionary=False)


def main(folder: Path) -> None:
    """Write the three forms of each split."""
    for split, (seed, number) in SPLITS.items():
        found = jets(seed, number)
        write_root(folder / f"{split}.root", found)
        write_hdf5(folder / f"{split}.h5", found)
        write_parquet(folder / f"{split}.parquet", found)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent))
