"""A cluster is an executor like any other; one that is not there is told so."""

from __future__ import annotations

import sys

import pytest

from fairkit.cluster import cluster
from fairkit.errors import UsageError


def test_a_local_one_does_the_work() -> None:
    pytest.importorskip("dask.distributed", reason='pip install "fairkit[dask]"')
    with cluster("local", work="counting") as pool:
        assert [future.result() for future in [pool.submit(len, "abc"), pool.submit(len, "")]] == [3, 0]


def test_one_that_does_not_answer_is_refused() -> None:
    pytest.importorskip("dask.distributed", reason='pip install "fairkit[dask]"')
    with (
        pytest.raises(UsageError, match="no Dask cluster answers at tcp://nowhere:port"),
        cluster("tcp://nowhere:port", work="counting"),
    ):
        pass


def test_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dask.distributed", None)
    with pytest.raises(UsageError, match="counting on a cluster needs Dask"), cluster("local", work="counting"):
        pass
