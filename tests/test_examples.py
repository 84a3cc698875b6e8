"""The example datasets hold what their metadata say."""

from __future__ import annotations

import csv
from collections import Counter

from fairkit.dialects import dialect
from fairkit.model.evidence import Document

from .conftest import ROOT

JETS = ROOT / "examples" / "jets"


def test_the_toy_jets_are_as_described() -> None:
    body = (JETS / "fairkit.toml").read_bytes()
    document = Document(representation="fairkit-toml", media_type="application/toml", url="fairkit.toml", body=body)
    resource = dialect("fairkit-toml").read(document).resource
    with (JETS / "jets.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == resource.entry_count
    assert list(rows[0]) == [variable.name for variable in resource.variables]
    assert Counter(row["part"] for row in rows) == {split.name: split.entry_count for split in resource.splits}
    for variable in resource.variables:
        least, most = variable.range or (None, None)
        assert least is None or all(float(row[variable.name]) >= least for row in rows)
        assert most is None or all(float(row[variable.name]) <= most for row in rows)


def test_the_toy_jets_keep_every_event_in_one_split() -> None:
    with (JETS / "jets.csv").open(newline="") as file:
        pairs = {(row["event"], row["part"]) for row in csv.DictReader(file)}
    assert len(pairs) == len({event for event, _ in pairs}) == 10
