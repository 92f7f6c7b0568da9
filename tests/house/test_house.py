"""Every file of the project keeps the rules of the house, and each check catches a breach."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator

import pytest

from tests.house import checks
from tests.house.sources import HOUSE, Module, files, modules, texts, where

SCREEN = re.compile(r"^(core|storage|ui|server|resources)/(?!tokens\.json|icons/)")
Check = Callable[[Module], Iterator[str]]


def module(text: str, *, name: str = "core.sample") -> Module:
    """A module with this text."""
    return Module(name, name.replace(".", "/") + ".py", text)


def breaches(check: Check, among: Iterable[Module]) -> list[str]:
    """What a check says of these modules."""
    return [breach for one in among for breach in check(one)]


def test_core_counts_without_floats() -> None:
    core = [one for one in modules() if one.room == "core"]
    assert core
    assert breaches(checks.inexact_money, core) == []


@pytest.mark.parametrize("text", ["x = 0.5", "x = a / b", "a /= 2", "x = float(a)", "x = round(a)"])
def test_a_float_in_core_is_seen(text: str) -> None:
    assert breaches(checks.inexact_money, [module(text)])


def test_whole_arithmetic_is_no_breach() -> None:
    assert breaches(checks.inexact_money, [module("x = a // b * 100 % 7")]) == []


def test_files_and_functions_are_short() -> None:
    assert breaches(checks.long_parts, modules()) == []


def test_a_long_function_is_seen() -> None:
    body = "    x = 1\n"
    assert breaches(checks.long_parts, [module("def f():\n" + body * 69)]) == []
    assert breaches(checks.long_parts, [module("def f():\n" + body * 70)])
    assert breaches(checks.long_parts, [module("class A:\n async def f():\n" + "  x = 1\n" * 70)])


def test_a_long_file_is_seen() -> None:
    assert breaches(checks.long_parts, [module("x = 1\n" * 400)]) == []
    assert breaches(checks.long_parts, [module("x = 1\n" * 401)])


def test_every_module_says_what_it_is() -> None:
    assert breaches(checks.silent, modules()) == []


def test_a_module_without_a_docstring_is_seen() -> None:
    assert breaches(checks.silent, [module("# a comment is none\nx = 1")])


def test_every_module_has_an_importer() -> None:
    assert list(checks.unused(modules())) == []


def test_a_module_that_only_tests_import_is_seen() -> None:
    dead = module("", name="core.dead")
    used = module("", name="core.used")
    user = module("from core import used", name="main")
    tests = module("from core.dead import x", name="tests.test_dead")
    lost = module("", name="tests.lost")
    seen = list(checks.unused([dead, used, user, tests, lost]))
    assert seen == ["core/dead.py is imported by nobody", "tests/lost.py is imported by nobody"]


def test_every_file_has_a_name_that_says_what_is_in_it() -> None:
    assert [breach for file in files() for breach in checks.nameless(where(file))] == []


@pytest.mark.parametrize("path", ["core/utils.py", "ui/helpers/a.py", "misc/b.py", "ui/Manager.py"])
def test_a_drawer_for_everything_is_seen(path: str) -> None:
    assert list(checks.nameless(path))


def test_colours_stand_in_the_tokens_only() -> None:
    on_screen = [(path, text) for path, text in texts() if SCREEN.match(path)]
    assert on_screen
    assert [breach for path, text in on_screen for breach in checks.loose_colours(path, text)] == []


@pytest.mark.parametrize("text", ["color: #1b6b4f;", 'c = "#fff"', "QColor(255, 0, 0)"])
def test_a_loose_colour_is_seen(text: str) -> None:
    assert list(checks.loose_colours("ui/sample.py", text))


def test_the_screen_asks_nothing_that_cuts_widgets_loose() -> None:
    screen = [one for one in modules() if one.room == "ui"]
    assert screen
    assert breaches(checks.cuts_loose, screen) == []


@pytest.mark.parametrize("text", ["b = a.nextInFocusChain()", "if not a.focusProxy(): pass"])
def test_a_walk_along_the_focus_chain_is_seen(text: str) -> None:
    assert breaches(checks.cuts_loose, [module(text, name="ui.sample")])


def test_locks_name_no_host() -> None:
    locks = [(path, text) for path, text in texts() if path.startswith("requirements")]
    assert [path for path, _ in locks] == ["requirements-dev.txt", "requirements.txt"]
    assert [breach for path, text in locks for breach in checks.hosts(path, text)] == []


@pytest.mark.parametrize(
    "text", ["--index-url x", "a @ file:b", "a @ ssh" + "://b/c.whl", "--find-links wheels"]
)
def test_a_host_in_a_lock_is_seen(text: str) -> None:
    assert list(checks.hosts("requirements.txt", text))


def test_every_line_of_a_lock_is_pinned_and_hashed() -> None:
    for path, text in texts():
        if path.startswith("requirements"):
            pins = re.findall(r"^[a-z][^\n]*", text, re.MULTILINE)
            hashed = re.findall(r"^[a-z][\w.-]*==[^\n]* \\\n    --hash=sha256:", text, re.MULTILINE)
            assert pins
            assert len(pins) == len(hashed), path


def test_the_locks_hold_all_that_the_project_asks_for() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    to_run, to_test = project["dependencies"], project["optional-dependencies"]["dev"]
    assert to_run
    assert [name for name in map(canonical, to_run) if name not in pinned("requirements.txt")] == []
    both = map(canonical, to_run + to_test)
    assert [name for name in both if name not in pinned("requirements-dev.txt")] == []


def pinned(lock: str) -> set[str]:
    """The names that a lock pins."""
    text = (HOUSE / lock).read_text(encoding="utf-8")
    return {canonical(line) for line in re.findall(r"^[a-z].*==", text, re.MULTILINE)}


def canonical(requirement: str) -> str:
    """The name alone, as locks write it."""
    name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def test_no_path_of_one_machine() -> None:
    assert [breach for path, text in texts() for breach in checks.machine_paths(path, text)] == []


@pytest.mark.parametrize("folder", ["tmp", "work", "root"])
def test_a_path_of_one_machine_is_seen(folder: str) -> None:
    assert list(checks.machine_paths("README.md", f"see /{folder}/shop"))


def test_pages_point_at_files_that_exist() -> None:
    pages = [(path, text) for path, text in texts() if path.endswith(".md")]
    targets = [(path, HOUSE / path, link) for path, text in pages for link in checks.links(text)]
    assert [(path, link) for path, page, link in targets if not (page.parent / link).exists()] == []
    assert checks.links("[a](b/c.md#d), [e](mailto:f)") == ["b/c.md"]


def test_the_glossary_names_what_is_there() -> None:
    glossary = (HOUSE / "resources/glossary.md").read_text(encoding="utf-8")
    assert list(checks.unknown_names(glossary, modules())) == []


def test_a_name_that_is_not_there_is_seen() -> None:
    seen = checks.unknown_names(
        "`core.sample.A` `core.sample.B` `core.gone`", [module("class A: ...")]
    )
    assert list(seen) == ["core.sample.B", "core.gone"]


def test_no_part_of_the_program_imports_main() -> None:
    parts = [one for one in modules() if one.room not in {"tests", "benchmarks", "tools"}]
    assert [one.path for one in parts if "main" in checks.imported_modules(one)] == []
    assert "main" in checks.imported_modules(module("import main"))


def test_every_decision_has_its_row() -> None:
    """In their order, each under the number of its file; a number may have been given up."""
    folder = HOUSE / "docs" / "decisions"
    index = (folder / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[(\d{4})\]\((.+?)\) \|", index, re.MULTILINE)
    pages = sorted(page.name for page in folder.glob("0*.md"))
    assert rows == [(page[:4], page) for page in pages]
