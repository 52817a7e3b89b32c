"""The rules of the house that a program can check, by reading the sources: imports, sizes, tests, silence, state, places."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "extractor"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if "__pycache__" not in p.parts)
SCRIPTS = sorted((ROOT / "scripts").glob("*.py"))

STAGES = ("read", "scan", "parse", "relate", "normalise", "evaluate", "emit")
SHARED = ("errors", "records", "tables", "variants", "settings", "terms", "schema", "annotations", "trees")
"""The modules that every stage may import. Each imports only those to its left."""

COMPOSERS = {
    "pipeline": {"scan", "parse", "relate", "normalise"},
    "batch": {"read", "emit"},
    "explain": {"relate"},
    "cli": {"emit", "evaluate"},
}
"""The modules that put stages together, with the stages of each."""

LEARN = "learn"
"""The folder of what is learnt from annotated texts: no stage; it puts stages together as the pipeline does, and only the command line and scripts use it."""

RUN = {
    "demo": set(),
    "progress": set(),
    "manifest": set(),
    "processes": set(),
    "crew": {"processes"},
    "ledger": {"crew", "processes"},
    "pipeline": set(),
    "batch": {"crew", "ledger", "manifest", "pipeline", "processes", "progress"},
    "show": {"batch"},
    "explain": {"batch", "pipeline", "show"},
    "cli": {"batch", "demo", "explain", LEARN, "manifest", "pipeline", "progress", "show"},
}
"""The modules beside the stages that make a run, with those of them that each may import. All may import the shared ones."""

LONGEST_MODULE, LONGEST_FUNCTION = 300, 45

TESTED_ELSEWHERE = {
    "read/__init__.py": "read/test_readers.py",
    "scan/__init__.py": "scan/test_scanner.py",
    "relate/__init__.py": "relate/test_relate.py",
}
"""The test files of packages that define something themselves; named after what they define, since many folders have an `__init__`."""


def dotted(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(node: ast.AST) -> Iterator[str]:
    """The modules of this package that a statement imports; of `from extractor import x` also `extractor.x`."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"line {node.lineno}: imports are absolute"
        yield from (f"{node.module}.{alias.name}" if node.module == "extractor" else str(node.module) for alias in node.names)


def imports_of(path: Path) -> set[str]:
    return {name for node in ast.walk(tree_of(path)) for name in imported(node) if name.split(".")[0] == "extractor"}


def home(module: str) -> str:
    """The first name below the package: a stage, or a module that stands beside the stages."""
    return module.split(".")[1] if "." in module else ""


def legal(owner: str) -> set[str]:
    if owner in STAGES:
        return {owner, *SHARED}
    if owner in SHARED:
        return set(SHARED[: SHARED.index(owner)])
    if owner == LEARN:
        return {LEARN, "pipeline", *SHARED, *STAGES}
    return {*SHARED, *RUN[owner], *COMPOSERS.get(owner, set())}


def test_there_is_something_to_check() -> None:
    assert len(MODULES) > 50
    assert {home(dotted(p)) for p in MODULES} >= set(STAGES)


def test_every_folder_is_a_stage_and_every_module_beside_them_has_its_place() -> None:
    assert {p.parent.name for p in MODULES if p.parent != PACKAGE} <= {LEARN, *STAGES}, "a folder of code is a stage, or learns"
    beside = {p.stem for p in MODULES if p.parent == PACKAGE and p.stem != "__init__"}
    assert beside == {*SHARED, *RUN}, "a new module beside the stages gets a place in SHARED or RUN, with what it may import"
    assert set(COMPOSERS) <= set(RUN)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_imports_only_what_its_place_allows(path: Path) -> None:
    owner = home(dotted(path))
    if not owner:
        assert not imports_of(path), "the package itself imports nothing"
        return
    wrong = sorted(name for name in imports_of(path) if home(name) not in legal(owner))
    assert not wrong, f"{name_of(path)} imports {wrong}; allowed are {sorted(legal(owner))}"


def test_only_the_command_line_uses_what_learns() -> None:
    users = {home(dotted(path)) for path in MODULES if any(home(name) == LEARN for name in imports_of(path))}
    assert users <= {LEARN, "cli"}
    assert all(LEARN not in legal(owner) for owner in {*STAGES, *SHARED, *RUN} - {"cli"})


def test_no_circle_of_imports() -> None:
    names = {dotted(p) for p in MODULES}

    def top_level(path: Path) -> set[str]:
        return {name for node in tree_of(path).body for name in imported(node) if name in names}

    try:
        order = list(TopologicalSorter({dotted(p): top_level(p) - {dotted(p)} for p in MODULES}).static_order())
    except CycleError as error:
        pytest.fail(f"modules import each other: {' <- '.join(error.args[1])}")
    assert len(order) >= len(MODULES)


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=name_of)
def test_modules_and_functions_are_short(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST_MODULE, f"{name_of(path)} has {lines} lines"
    functions = [node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions if f.end_lineno is not None and f.end_lineno - f.lineno >= LONGEST_FUNCTION}
    assert not long, f"{name_of(path)} has functions of more than {LONGEST_FUNCTION} lines: {long}"


def file_that_tests(path: Path) -> Path:
    inside = path.relative_to(PACKAGE)
    return ROOT / "tests" / TESTED_ELSEWHERE.get(inside.as_posix(), str(inside.parent / f"test_{inside.name}"))


def defines(path: Path) -> bool:
    """Whether a module says more than what others of its package export: a function, a class, or a table of them."""
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree_of(path).body)


@pytest.mark.parametrize("path", [p for p in MODULES if p.name != "__init__.py" or defines(p)], ids=name_of)
def test_every_module_has_its_test_file(path: Path) -> None:
    place = file_that_tests(path)
    assert place.is_file(), f"{name_of(path)} has no {name_of(place)}"
    tests = [node for node in ast.walk(tree_of(place)) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]
    assert tests, f"{name_of(place)} holds no test"
    assert any(isinstance(node, ast.Assert) or "raises" in ast.dump(node) for test in tests for node in ast.walk(test)), f"{name_of(place)} asserts nothing"


@pytest.mark.parametrize("path", [*MODULES, *SCRIPTS], ids=name_of)
def test_no_error_is_swallowed(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.ExceptHandler):
            continue
        place = f"{name_of(path)}:{node.lineno}"
        assert node.type is not None, f"{place}: a bare except"
        assert not all(_says_nothing(line) for line in node.body), f"{place}: a silent except"
        if _names(node.type) & {"Exception", "BaseException"}:
            used = any(isinstance(n, ast.Raise) or (isinstance(n, ast.Name) and n.id == node.name) for line in node.body for n in ast.walk(line))
            assert used, f"{place}: catches everything and neither raises nor records it"


def _says_nothing(line: ast.stmt) -> bool:
    return isinstance(line, ast.Pass | ast.Continue) or (isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant))


def _names(node: ast.expr) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


_CHANGES = frozenset({"append", "extend", "insert", "remove", "pop", "popitem", "clear", "update", "setdefault", "add", "discard", "sort", "reverse"})


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_module_keeps_state(path: Path) -> None:
    tree = tree_of(path)
    names = set(_module_names(tree))
    for node in ast.walk(tree):
        place = f"{name_of(path)}:{getattr(node, 'lineno', 0)}"
        assert not isinstance(node, ast.Global), f"{place}: a global statement"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGES:
            assert not (isinstance(node.func.value, ast.Name) and node.func.value.id in names), f"{place}: changes {ast.unparse(node.func.value)}"
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del) and isinstance(node.value, ast.Name):
            assert node.value.id not in names, f"{place}: changes {node.value.id}"


def _module_names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        yield from (t.id for t in targets if isinstance(t, ast.Name))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_importing_a_module_changes_no_warning_filter(path: Path) -> None:
    calls = [node for line in tree_of(path).body if isinstance(line, ast.Expr) for node in ast.walk(line) if isinstance(node, ast.Call)]
    assert not [ast.unparse(call) for call in calls if ast.unparse(call.func).startswith(("warnings.", "logging.", "filterwarnings", "simplefilter"))]


def test_no_file_of_the_package_names_a_place_on_one_machine() -> None:
    places = (b"/work/", b"/tmp/", b"/home/", b"/Users/", b"C:\\Users")
    files = [p for p in PACKAGE.rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    assert files
    assert not [f"{name_of(p)}: {place.decode()}" for p in files for place in places if place in p.read_bytes()]
