"""变异: every change compiles, is a change, and is put into the function that it names."""

from __future__ import annotations

from pathlib import Path

from core.pricing.stages import threshold
from tests.mutants.explained import explained, key
from tests.mutants.sites import ROOT, changed, sites_of, watched
from tests.mutants.trying import ROOMS, function_of

FILE = Path("core/pricing/stages/threshold.py")


def test_every_change_of_a_file_is_another_function():
    sites = list(sites_of(FILE))
    assert len(sites) > 20
    for site in sites:
        code = changed(site)
        assert code.co_qualname == site.name
        assert code != vars(threshold)[site.name].__code__


def test_a_changed_comparison_is_what_a_case_notices():
    wanted = "reached.fen <= step.from_fen or "
    site = next(s for s in sites_of(FILE) if wanted in s.what.split("→")[1])
    assert site.name == "_step_off"
    assert site.what.startswith("reached.fen < step.from_fen or ")


def test_every_function_of_a_room_is_found_and_may_be_changed_in_place():
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for name, code in watched(path.relative_to(ROOT), "told"):
                function = function_of(path.relative_to(ROOT), name)
                assert function.__qualname__ == code.co_qualname
                assert len(function.__code__.co_freevars) == len(code.co_freevars)


def test_what_the_page_explains_can_still_be_changed():
    there = {
        key(site) for path in {Path(said[0]) for said in explained()} for site in sites_of(path)
    }
    assert explained() <= there
