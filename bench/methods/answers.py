"""Kano and cross-tab over many answers: count in SQL, read the counts; against pandas and scipy.

python -m bench.methods.answers --rows 10000000
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import duckdb

from bench.methods.make_events import arguments
from bench.methods.measure import opened, run, table
from pilothouse.methods import crosstab, kano

ANSWERS = """
create table answers as
select cast(hash(i) % 20 as utinyint) as feature, cast(hash(i + 1) % 4 as utinyint) as segment,
  cast(1 + hash(i + 2) % (2 + hash(i) % 20 % 4) as utinyint) as functional,
  cast(5 - hash(i + 3) % (2 + hash(i) % 20 % 3) as utinyint) as dysfunctional,
  cast(hash(i + 4) % 11 as utinyint) as score
from range({rows}) t(i)"""
CELLS = "select feature, functional, dysfunctional, count(*) as n from answers group by 1, 2, 3"
TABLE = "select segment, score, count(*) from answers group by 1, 2 order by 1, 2"


def prepared(rows: int, folder: str) -> Path:
    path = Path(folder) / f"answers_{rows}.duckdb"
    if not path.exists():
        print(f"making {rows:,} answers in {path}", file=sys.stderr)
        with duckdb.connect(str(path)) as connection:
            connection.execute(ANSWERS.format(rows=rows))
    return path


def ask(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with opened(path) as connection:
        return connection.execute(sql).fetchall()


def kano_ours(path: Path) -> Any:
    """Twenty-five cells a feature carry everything."""
    names = ("feature", "functional", "dysfunctional", "count")
    result = kano.analyse([dict(zip(names, row, strict=True)) for row in ask(path, CELLS)])
    return "".join(result.features[key].category or "-" for key in sorted(result.features))


def kano_with_pandas(path: Path) -> Any:
    """A lookup and a cross-tab over every answer."""
    import numpy as np
    import pandas as pd

    with opened(path) as connection:
        answers = connection.execute("select feature, functional, dysfunctional from answers").df()
    lookup = np.array([list("QAAAO"), list("RIIIM"), list("RIIIM"), list("RIIIM"), list("RRRRQ")])
    answers["category"] = lookup[answers["functional"] - 1, answers["dysfunctional"] - 1]
    counts = pd.crosstab(answers["feature"], answers["category"]).reindex(columns=list("MOAIRQ"), fill_value=0)
    return "".join(counts.idxmax(axis=1))


def crosstab_ours(path: Path) -> Any:
    cells = ask(path, TABLE)
    scores = len({score for _, score, _ in cells})
    counts = [n for *_, n in cells]
    result = crosstab.analyse([counts[start : start + scores] for start in range(0, len(counts), scores)])
    return f"{result.chi2:.8g}", result.df


def crosstab_with_pandas(path: Path) -> Any:
    import pandas as pd
    import scipy.stats

    with opened(path) as connection:
        answers = connection.execute("select segment, score from answers").df()
    found = scipy.stats.chi2_contingency(pd.crosstab(answers["segment"], answers["score"]))
    return f"{found.statistic:.8g}", found.dof


if __name__ == "__main__":
    given = arguments()
    path = prepared(given.rows, given.folder)
    for title, mine, theirs in (
        ("Kano", kano_ours, kano_with_pandas),
        ("cross-tab", crosstab_ours, crosstab_with_pandas),
    ):
        runs = [run(f"DuckDB and {title}", mine, path, libraries=["scipy.special"])]
        if not given.alone:
            runs.append(run("pandas, scipy", theirs, path, libraries=["pandas", "scipy.stats"]))
        table(f"{title}: {given.rows:,} answers", runs)
