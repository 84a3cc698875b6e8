"""Which data numbers are of: as a dataset says, as a model says, and by the rows themselves."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from fairkit.errors import FairkitError
from fairkit.model.ai import DataUse
from fairkit.model.identifier import Identifier
from fairkit.results.data import Data, of_dataset, of_model, rows_digest
from tests.conftest import ROOT

JETS = ROOT / "examples" / "jets"
DIGEST = "sha256:1af47390246b72136da704ea5f9f4431c972da1510bd2a9c80d811d2cff2f3b5"
DOI = Identifier(scheme="doi", value="10.5281/zenodo.9")


def test_a_split_is_known_by_its_rows(tmp_path: Path) -> None:
    assert of_dataset(str(JETS), "test") == Data(None, "1.0.0", "test", DIGEST, 120)
    assert rows_digest(str(JETS / "test.parquet")) == DIGEST
    assert rows_digest(str(JETS / "test.root")) == DIGEST
    table = pq.read_table(JETS / "test.parquet")
    pq.write_table(table.take(list(range(119, -1, -1))), tmp_path / "turned.parquet")
    assert rows_digest(str(tmp_path / "turned.parquet")) == DIGEST
    pq.write_table(table.slice(1), tmp_path / "less.parquet")
    assert rows_digest(str(tmp_path / "less.parquet")) != DIGEST


def test_a_record_is_data_too() -> None:
    found = of_dataset("record 12102", "test")
    assert str(found.dataset) == "doi:10.7483/OPENDATA.CMS.JGJX.MS7Q"
    assert found.split == "test"


@pytest.mark.parametrize("target", ["nowhere", str(JETS / "make_jets.py")])
def test_what_is_no_data_is_told(target: str) -> None:
    with pytest.raises(FairkitError):
        of_dataset(target, None)


@pytest.mark.parametrize(
    ("uses", "split", "expected"),
    [
        ([], None, Data()),
        ([], "test", Data(split="test")),
        (
            [DataUse(role="tested", identifier=DOI, version="1", split="test", digest=DIGEST)],
            None,
            Data(DOI, "1", "test", DIGEST),
        ),
        ([DataUse(role="trained", identifier=DOI)], None, Data()),
        ([DataUse(role="tested", split="a"), DataUse(role="tested", split="b")], None, Data()),
        ([DataUse(role="tested", split="a"), DataUse(role="tested", split="b")], "b", Data(split="b")),
    ],
)
def test_a_model_may_say_on_what_it_was_tested(uses: list[DataUse], split: str | None, expected: Data) -> None:
    assert of_model(uses, split) == expected
