"""A rulebook as a person writes it: what is wrong is named by its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import BadRule, FileUnreadable
from core.rulebook.offers import NthReduced, Threshold
from core.rulebook.parse import record_of, rulebook_of
from storage.rulebook_file import load_rulebook

SHIPPED = Path(__file__).parents[2] / "resources" / "rulebooks"


@pytest.mark.parametrize("path", sorted(SHIPPED.iterdir()), ids=lambda path: path.name)
def test_every_shipped_rulebook_can_be_used_and_kept(path):
    book = load_rulebook(path)
    assert rulebook_of(record_of(book)) == book


def test_what_stands_in_the_file_is_what_prices():
    offers = {offer.id: offer for offer in load_rulebook(SHIPPED / "supermarket.toml").offers}
    half = offers["second-half"]
    assert isinstance(half, NthReduced)
    assert (half.units, half.rate_bp, half.is_same_product) == (2, 5000, True)
    hundred = offers["hundred-ten"]
    assert isinstance(hundred, Threshold)
    assert (hundred.repeats, hundred.cap_fen) == (True, 3000)


@pytest.mark.parametrize(
    ("right", "wrong", "path"),
    [
        ("weekdays = [3]", "weekdays = [9]", "offers[4].when.weekdays"),
        ("per_fen = 100", "per_fen = 0", "points.per_fen"),
        ('code = "silver"', 'code = "normal"', "scheme.tiers[1].code"),
        ('kind = "any_for"', 'kind = "any_of"', "offers[3].kind"),
        ("repeats = true", "repeat = true", "offers[5].repeat"),
        ("off_fen = 500", "off_fen = 0", "offers[9].off_fen"),
    ],
)
def test_a_wrong_value_is_named_by_its_line_and_its_path(tmp_path, right, wrong, path):
    text = (SHIPPED / "supermarket.toml").read_text(encoding="utf-8")
    line = next(at for at, each in enumerate(text.splitlines(), 1) if right in each)
    spoilt = tmp_path / "rules.toml"
    spoilt.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(BadRule) as error:
        load_rulebook(spoilt)
    assert (error.value.line, error.value.path) == (line, path)


def test_what_is_no_toml_is_named_by_its_line_too(tmp_path):
    spoilt = tmp_path / "rules.toml"
    spoilt.write_text('name = "a"\nversion = \n', encoding="utf-8")
    with pytest.raises(BadRule) as error:
        load_rulebook(spoilt)
    assert error.value.line == 2


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileUnreadable):
        load_rulebook(tmp_path / "none.toml")
