"""变异: every change compiles, is a change, and is put into the function that it names."""

from __future__ import annotations

from pathlib import Path

from core.pricing.stages import threshold
from tests.mutants.sites import changed, sites_of

FILE = Path("core/pricing/stages/threshold.py")


def test_every_change_of_a_file_is_another_function():
    sites = list(sites_of(FILE))
    assert len(sites) > 20
    for site in sites:
        code = changed(site)
        assert code.co_qualname == site.name
        assert code != vars(threshold)[site.name].__code__


def test_a_changed_comparison_is_what_a_case_notices():
    site = next(s for s in sites_of(FILE) if "reached.fen < step.from_fen" in s.what.split("→")[0])
    assert site.name == "_step_off"
    assert site.what.startswith("reached.fen < step.from_fen")
