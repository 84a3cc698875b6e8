"""What `assess` and `gate` share: which checklists, which words, which evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairkit.assess.checklist import names
from fairkit.cli.gathering import Options, checklists, gathered
from fairkit.errors import UnknownName, UsageError

RECORD = '{"recid": "7", "type": {"primary": "Dataset"}, "experiment": ["CMS"]}'


@pytest.mark.parametrize(
    ("named", "ids"),
    [
        (None, ["fairkit"]),
        ([], ["fairkit"]),
        (["fair4hep", "fairkit", "fair4hep"], ["fair4hep", "fairkit"]),
        (["all"], names()),
    ],
)
def test_each_checklist_is_taken_once(named: list[str] | None, ids: list[str]) -> None:
    assert [one.id for one in checklists(named)] == ids


def test_a_checklist_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownName, match="there is no checklist 'fuji'"):
        checklists(["fuji"])


def test_what_fails_leaves_its_code_and_the_others_are_gathered(tmp_path: Path) -> None:
    file = tmp_path / "record.json"
    file.write_text(RECORD)
    codes: list[int] = []
    found = gathered(["none.json", str(file)], checklists(None), Options(offline=True), codes)
    assert [one.target for one in found] == [str(file)]
    assert codes == [2]


@pytest.mark.parametrize("options", [Options(offline=True, online=True), Options(evidence="a")])
def test_options_that_contradict_are_refused_before_anything_is_read(options: Options) -> None:
    with pytest.raises(UsageError):
        gathered(["12102"], checklists(None), options, [])
