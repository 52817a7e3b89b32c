"""Speed, memory, start-up and what the cascade loses, with plain spaCy over the same text in the same run.

    nice python scripts/bench.py                                    100 rct and 100 eLife articles
    nice python scripts/bench.py --articles 20 --no-losses --save before.json
    nice python scripts/bench.py --articles 20 --no-losses --compare before.json

Compare `times_plain` rather than milliseconds: both sides of it ran on the same machine in the same minutes.
In: ../shared, the package. Out: tables; with --save the figures as JSON. docs/benchmarks.md says what each figure counts.
"""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"  # before numpy is imported: one core is what is measured

import json  # noqa: E402
import multiprocessing  # noqa: E402
import random  # noqa: E402
import subprocess  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Iterator, Mapping, Sequence  # noqa: E402
from concurrent.futures import ProcessPoolExecutor  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Annotated  # noqa: E402

import typer  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.table import Table  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
SETS = {"rct": ("corpora/rct/nxml", "*.nxml"), "elife": ("corpora/elife_neuro_jats", "*.xml")}
SEED = 20_220_425
WARM_UP = 2  # articles read before the clock starts: caches fill, the allocator grows
START_UPS = 3  # times a command is started; the fastest counts, since a loaded machine only ever adds
SENTENCE = "Ketamine increased BDNF in the hippocampus of rats."
Figures = dict[str, float | None]


def drawn(shared: Path, name: str, *, size: int) -> list[Path]:
    """Draw articles of a set, the same for the same size."""
    folder, pattern = SETS[name]
    files = sorted((shared / folder).glob(pattern))
    return sorted(random.Random(SEED).sample(files, min(size, len(files))))


def speed(name: str, paths: Sequence[Path], *, losses: bool, console: Console) -> Figures:
    """Time a set of articles in this process."""
    from extractor.processes import settle_collector

    from measure_speed import cost_of, summary

    for path in paths[:WARM_UP]:
        cost_of(path, losses=False)
    settle_collector()  # as in a worker
    costs = []
    for no, path in enumerate(paths, 1):
        costs.append(cost_of(path, losses=losses))
        if no % 20 == 0 or no == len(paths):
            console.print(f"{name}: {no} of {len(paths)} articles", highlight=False)
    return summary(name, costs).figures


def memory(paths: Sequence[Path]) -> Figures:
    """Peak memory of a fresh worker that has loaded everything, and after it has worked through the articles; MB."""
    with ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn")) as pool:
        loaded, worked = pool.submit(worker_peaks, list(paths)).result()
    return {"loaded_MB": loaded, "peak_MB": worked}


def worker_peaks(paths: Sequence[Path]) -> tuple[float, float]:
    """Load the pipeline and run it as a worker does; the peaks after loading and at the end, MB."""
    from extractor.processes import settle_collector

    from measure_stages import articles, pipeline

    run = pipeline().run
    loaded = peak()
    settle_collector()
    for path in paths:
        for article in articles(path):
            run(article)
    return loaded, peak()


def peak() -> float:
    """The highest resident memory of this process so far, MB. From /proc: what getrusage says is inherited from the parent."""
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def start_up() -> Figures:
    """Seconds until the command has said its version, and until it has read one sentence, as a user waits for it."""
    command = [sys.executable, "-c", "from extractor.cli import main; main()"]
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "one.txt"
        source.write_text(SENTENCE + "\n", "utf-8")
        extract = ["extract", str(source), "--out", str(Path(folder) / "out"), "--fresh"]
        return {"version_s": _fastest([*command, "--version"]), "extract_one_sentence_s": _fastest([*command, *extract]), "load_stages_s": _fastest(_loading())}


def _loading() -> list[str]:
    return [sys.executable, "-c", "from extractor.pipeline import Pipeline; from extractor.settings import Settings; Pipeline(Settings())"]


def _fastest(command: Sequence[str]) -> float:
    times = []
    for _ in range(START_UPS):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    return min(times)


def table_of(results: Mapping[str, Figures], earlier: Mapping[str, Figures]) -> Table:
    """Every figure, beside it the earlier one and their ratio where there is an earlier run."""
    table = Table("part", "figure", title="Bench")
    for column in ("value", "earlier", "ratio") if earlier else ("value",):
        table.add_column(column, justify="right")
    for part, figures in results.items():
        for no, (name, value) in enumerate(figures.items()):
            before = earlier.get(part, {}).get(name)
            ratio = value / before if value is not None and before else None
            table.add_row(part if no == 0 else "", name, _shown(value), *((_shown(before), _shown(ratio)) if earlier else ()))
        table.add_section()
    return table


def _shown(value: float | None) -> str:
    if value is None:
        return "n/a"
    return f"{value:,.0f}" if abs(value) >= 1000 or value == int(value) else f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}"


def read_run(path: Path) -> dict[str, Figures]:
    """Read the figures of an earlier run. Raises `typer.BadParameter` where the file is no such run."""
    try:
        data = json.loads(path.read_text("utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise typer.BadParameter(f"{path}: {error}; expected a file written with --save") from error
    if not isinstance(data, dict) or not all(isinstance(figures, dict) for figures in data.values()):
        raise typer.BadParameter(f"{path}: no figures; expected a file written with --save")
    return data


def parts_of(chosen: Mapping[str, Sequence[Path]], *, losses: bool, console: Console) -> Iterator[tuple[str, Figures]]:
    """Measure part by part, the quick ones first."""
    yield "start_up", start_up()
    for name, paths in chosen.items():
        if paths:
            yield name, speed(name, paths, losses=losses, console=console)
    yield "memory", memory([path for paths in chosen.values() for path in paths])


def main(
    articles: Annotated[int, typer.Option("--articles", min=0, help="rct articles, and eLife articles where --elife says nothing else")] = 100,
    elife: Annotated[int | None, typer.Option("--elife", min=0, help="eLife articles")] = None,
    losses: Annotated[bool, typer.Option("--losses/--no-losses", help="parse every sentence as well, to count the claims that the cascade loses")] = True,
    save: Annotated[Path | None, typer.Option("--save", help="write the figures to this file", metavar="FILE")] = None,
    compare: Annotated[Path | None, typer.Option("--compare", help="show ratios to this earlier run", metavar="FILE")] = None,
    shared: Annotated[Path, typer.Option("--shared", help="folder of the corpora")] = ROOT.parent / "shared",
) -> None:
    """Measure speed, memory and start-up of the package."""
    if not (shared / "README.md").is_file():
        raise typer.BadParameter(f"no corpora at {shared}")
    earlier = read_run(compare) if compare else {}
    console = Console(width=None if sys.stdout.isatty() else 120)
    chosen = {"rct": drawn(shared, "rct", size=articles), "elife": drawn(shared, "elife", size=articles if elife is None else elife)}
    results: dict[str, Figures] = {}
    for part, figures in parts_of(chosen, losses=losses, console=console):
        results[part] = figures
        if save:  # after every part, so that a run that is stopped leaves what it has
            save.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    console.print(table_of(results, earlier))
    if any(figures.get("stages_disagree_with_pipeline") for figures in results.values()):
        console.print("the stages called one by one do not give what the pipeline gives: mend scripts/measure_speed.py", style="red", highlight=False)
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
