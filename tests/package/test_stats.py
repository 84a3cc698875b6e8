"""What `describe --stats` counts is what NumPy says of the whole array, in every format, by any number of processes."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from fairkit.package import stats as stats_module
from fairkit.package.description import Description, describe
from fairkit.package.words import Overlap, Statistics

ROWS = 5000


def made(seed: int = 1, rows: int = ROWS) -> dict[str, np.ndarray[Any, Any]]:
    random = np.random.default_rng(seed)
    jumping = random.normal(125, 3, rows)
    jumping[::50], jumping[::70] = np.nan, np.inf
    return {
        "pt": random.exponential(50, rows).astype("float32"),
        "mass": jumping,
        "n": random.integers(-4, 9, rows).astype("int16"),
        "id": np.arange(rows) + seed * 10**12,
        "label": random.integers(0, 2, rows).astype("int8"),
        "grid": random.normal(size=(rows, 3, 2)),
    }


def write_parquet(path: Path, columns: dict[str, Any]) -> None:
    arrays = {}
    for name, values in columns.items():
        plain = values.ndim == 1
        arrays[name] = pa.array(values) if plain else pa.FixedShapeTensorArray.from_numpy_ndarray(values).storage
    pq.write_table(pa.table(arrays), path, row_group_size=700)


def write_hdf5(path: Path, columns: dict[str, Any]) -> None:
    with h5py.File(path, "w") as file:
        for name, values in columns.items():
            file.create_dataset(
                name, data=values, compression="gzip", chunks=(min(500, len(values)), *values.shape[1:])
            )


def write_csv(path: Path, columns: dict[str, Any]) -> None:
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        kept = [name for name, values in columns.items() if values.ndim == 1]
        rows.writerow(kept)
        rows.writerows(zip(*(columns[name].tolist() for name in kept), strict=True))


WRITERS = {"parquet": write_parquet, "h5": write_hdf5, "csv": write_csv}


def whole(found: Description) -> dict[str, Statistics]:
    return {each.variable: each for each in found.stats if each.split is None and each.by is None}


def agrees(stats: Statistics, values: np.ndarray[Any, Any]) -> None:
    flat = values.reshape(-1).astype(np.float64)
    finite = np.sort(flat[np.isfinite(flat)])
    assert (stats.entries, stats.count) == (len(values), flat.size)
    assert (stats.nan, stats.infinite) == (int(np.isnan(flat).sum()), int(np.isinf(flat).sum()))
    assert stats.zeros == int((flat == 0).sum())
    assert (stats.minimum, stats.maximum) == (finite[0], finite[-1])
    assert stats.mean == pytest.approx(finite.mean(), rel=1e-9)
    assert stats.std == pytest.approx(finite.std(), rel=1e-9)
    assert stats.quantile_error is not None
    assert stats.quantile_error <= (finite[-1] - finite[0]) / 100
    for share, value in stats.quantiles:
        true = np.quantile(finite, share, method="inverted_cdf")
        assert value == pytest.approx(true, abs=stats.quantile_error + 1e-9)
    histogram = stats.histogram
    assert histogram is not None
    assert sum(histogram.counts) + histogram.below + histogram.above == len(finite)
    expected, _ = np.histogram(finite, len(histogram.counts), (histogram.low, histogram.high))
    assert np.abs(np.cumsum(expected) - np.cumsum(histogram.counts)).max() <= 0.02 * len(finite) + 2


@pytest.mark.parametrize("form", WRITERS)
def test_every_format_is_counted_as_numpy_counts(tmp_path: Path, form: str) -> None:
    columns = made()
    WRITERS[form](tmp_path / f"jets.{form}", columns)
    stats = whole(describe(str(tmp_path), stats=True))
    for name, values in columns.items():
        if form != "csv" or values.ndim == 1:
            agrees(stats[name], values)
    assert stats["n"].values == tuple(
        (str(value), int(count)) for value, count in zip(*np.unique(columns["n"], return_counts=True), strict=True)
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_parts_of_the_data_are_put_together(tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stats_module, "_WORTH_A_PROCESS", 0)
    parts = [made(seed, rows) for seed, rows in enumerate((3000, 10, 1500))]
    for place, part in enumerate(parts):
        write_parquet(tmp_path / f"part{place}.parquet", part)
    stats = whole(describe(str(tmp_path), stats=True, jobs=jobs))
    for name in parts[0]:
        agrees(stats[name], np.concatenate([part[name] for part in parts]))


def test_the_number_of_processes_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stats_module, "_WORTH_A_PROCESS", 0)
    for place in range(3):
        write_parquet(tmp_path / f"{('train', 'test', 'val')[place]}.parquet", made(place, 500))
    assert describe(str(tmp_path), stats=True) == describe(str(tmp_path), stats=True, jobs=3)


def test_a_footer_is_not_believed(tmp_path: Path) -> None:
    values = np.ones(1000, "float32")
    values[::10] = np.nan
    pq.write_table(pa.table({"x": values}), tmp_path / "x.parquet")
    footer = pq.ParquetFile(tmp_path / "x.parquet").metadata.row_group(0).column(0).statistics
    assert (footer.null_count, footer.max) == (0, 1.0)
    assert whole(describe(str(tmp_path), stats=True))["x"].nan == 100


def test_splits_are_counted_apart(tmp_path: Path) -> None:
    parts = {"train": made(1, 400), "test": made(2, 100)}
    for name, part in parts.items():
        write_parquet(tmp_path / f"{name}.parquet", part)
    found = describe(str(tmp_path), stats=True)
    for name, part in parts.items():
        [own] = [each for each in found.stats if (each.variable, each.split) == ("label", name)]
        assert dict(own.values) == {str(v): int((part["label"] == v).sum()) for v in (0, 1)}
    assert [each.split for each in found.stats if each.variable == "pt"] == [None, "train", "test"]


def splits_of(folder: Path, parts: dict[str, dict[str, Any]], form: str = "parquet") -> Description:
    folder.mkdir()
    for name, part in parts.items():
        WRITERS[form](folder / f"{name}.{form}", part)
    return describe(str(folder), stats=True)


def test_disjoint_splits_are_proven_so(tmp_path: Path) -> None:
    found = splits_of(tmp_path / "a", {"train": made(1), "test": made(2)})
    assert [(one.one, one.other, one.rows) for one in found.overlaps] == [
        ("train", "train", 0), ("test", "test", 0), ("train", "test", 0),
    ]  # fmt: skip
    assert found.overlaps[0].columns == ("grid", "label", "mass", "n", "pt")  # not by the identifier
    assert not {"overlap", "duplicates"} & {each.kind for each in found.findings}


def test_rows_in_two_splits_are_found_whatever_their_identifiers(tmp_path: Path) -> None:
    train, test = made(1), made(2)
    for name in set(train) - {"id"}:
        test[name][100:107] = train[name][40:47]
        test[name][0] = test[name][1]
    found = splits_of(tmp_path / "a", {"train": train, "test": test})
    assert Overlap(one="train", other="test", rows=7, columns=found.overlaps[0].columns) in found.overlaps
    told = {each.kind: each.text for each in found.findings}
    assert told["overlap"] == "7 rows of train are in test too, compared by grid, label, mass, n, pt"
    assert told["duplicates"] == "1 rows of test are there more than once, compared by grid, label, mass, n, pt"


def test_the_digest_of_a_split_is_that_of_its_rows_in_any_order_and_format(tmp_path: Path) -> None:
    one, other = made(1, 300), made(2, 200)
    order = np.random.default_rng(3).permutation(300)
    shuffled = {name: values[order] for name, values in one.items()}
    first = splits_of(tmp_path / "a", {"train": one, "test": other}).resource.splits
    second = splits_of(tmp_path / "b", {"train": shuffled, "test": other}, "h5").resource.splits
    assert [split.digest for split in first] == [split.digest for split in second]
    assert first[0].digest != first[1].digest
    changed = one | {"pt": np.append(one["pt"][:-1], np.float32(7))}
    third = splits_of(tmp_path / "c", {"train": changed, "test": other}).resource.splits
    assert third[0].digest != first[0].digest


def test_a_documented_digest_is_held_against_the_rows(tmp_path: Path) -> None:
    text = '[[splits]]\nname = "train"\nfiles = ["train.parquet"]\ndigest = "sha256:00"\n'
    (tmp_path / "fairkit.toml").write_text(text)
    write_parquet(tmp_path / "train.parquet", made(1, 50))
    found = describe(str(tmp_path), stats=True)
    [wrong] = [each for each in found.findings if each.kind == "conflict"]
    assert (wrong.file, wrong.line) == ("fairkit.toml", 1)
    assert wrong.text.startswith("the rows of the split train are not those of its digest: theirs is sha256:")
    assert found.resource.splits[0].digest == "sha256:00"


def test_a_column_may_say_the_split(tmp_path: Path) -> None:
    text = "".join(f'[[splits]]\nname = "{name}"\nfiles = ["all.csv"]\n' for name in ("train", "test"))
    (tmp_path / "fairkit.toml").write_text(text + "entries = 9\n")
    rows = ["x,part"] + [f"{place},{'test' if place % 4 == 0 else 'train'}" for place in range(20)] + ["99,other"]
    (tmp_path / "all.csv").write_text("\n".join(rows) + "\n")
    found = describe(str(tmp_path), stats=True)
    assert [(split.name, split.entry_count) for split in found.resource.splits] == [("train", 15), ("test", 9)]
    assert "the split test is said to have 9 entries, and has 5" in [each.text for each in found.findings]
    assert {each.split: each.entries for each in found.stats if each.variable == "x"} == {
        None: 21, "train": 15, "test": 5,
    }  # fmt: skip


def test_the_same_data_in_several_formats_are_counted_once(tmp_path: Path) -> None:
    columns = made(1, 200)
    write_parquet(tmp_path / "jets.parquet", columns)
    write_hdf5(tmp_path / "jets.h5", columns | {"more": np.arange(200.0)})
    stats = whole(describe(str(tmp_path), stats=True))
    assert {name: each.entries for name, each in stats.items()} == dict.fromkeys([*columns, "more"], 200)
