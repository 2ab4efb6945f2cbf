"""One cluster and one session for all tests of Spark; where there is no Java, or no pyspark, none of them runs."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from tests.spark import cluster
from tests.spark.cluster import Cluster

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="session")
def standalone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    if reason := cluster.missing():
        pytest.skip(reason)
    with cluster.started(tmp_path_factory.mktemp("cluster")) as running:
        yield running


@pytest.fixture(scope="session")
def session(standalone: Cluster) -> Iterator[SparkSession]:
    """An application with an executor on each worker; every screening of these tests finds it running."""
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.memory": "512m",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "512m",
        "spark.executor.cores": "1",
        "spark.driver.extraJavaOptions": cluster.QUICK,
        "spark.executor.extraJavaOptions": cluster.QUICK,
        "spark.cores.max": str(cluster.WORKERS),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        # Few rows: cut finely, so that both workers have some.
        "spark.sql.files.maxPartitionBytes": "16k",
        "spark.sql.files.openCostInBytes": "1",
        "spark.sql.shuffle.partitions": "2",
        # A plan that is thought over after each step takes longer than these steps do.
        "spark.sql.adaptive.enabled": "false",
    }
    builder = SparkSession.builder.appName("tests").master(standalone.url)
    for name, value in settings.items():
        builder = builder.config(name, value)
    with warnings.catch_warnings():
        # What pyspark leaves open is its own affair.
        warnings.simplefilter("ignore")
        running = builder.getOrCreate()
    yield running
    running.stop()
