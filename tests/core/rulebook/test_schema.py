"""规则册的模式: what the parser takes is in the schema, and nothing else."""

from __future__ import annotations

import ast
import copy
import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

import core.rulebook
from core.errors import BadRecord
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.schema import rulebook_schema
from storage.rulebook_file import load_rulebook
from tests.core.json_schema import faults, keys
from tests.core.pricing.offered import competing

SCHEMA = rulebook_schema()
SHIPPED = sorted((Path(__file__).parents[3] / "resources" / "rulebooks").iterdir())
PHARMACY = next(path for path in SHIPPED if path.name == "pharmacy.json")
READS = {
    "text", "free_text", "whole", "flag", "day", "instant", "id", "items", "texts", "wholes",
    "inner", "is_null",
}  # fmt: skip


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_rulebook_is_as_the_schema_says(path):
    text = path.read_text("utf-8")
    written = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    # A date of TOML is a text in JSON.
    for record in (written, record_of(load_rulebook(path))):
        plain = json.loads(json.dumps(record, default=date.isoformat))
        assert list(faults(SCHEMA, plain)) == []


@given(competing())
def test_whatever_a_rulebook_holds_its_record_is_as_the_schema_says(made):
    _, book = made
    assert list(faults(SCHEMA, record_of(book))) == []


def asked_for():
    """The names of fields as they stand in the sources of the parser."""
    for source in Path(core.rulebook.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                first = node.args[0] if node.args else None
                if node.func.attr in READS and isinstance(first, ast.Constant):
                    yield first.value


def test_every_field_that_the_parser_asks_for_is_in_the_schema():
    names = set(asked_for())
    assert len(names) > 60
    assert names - keys(SCHEMA) == set()


def spoilt(record):
    """The same with one thing wrong, each in another way."""
    for change in (
        lambda r: r.update(unknown=1),
        lambda r: r.pop("tenders"),
        lambda r: r["tenders"].clear(),
        lambda r: r.update(version="1"),
        lambda r: r["scheme"]["tiers"][0].update(discount_bp=10001),
        lambda r: r["offers"][0].update(kind="gift?"),
        lambda r: r["offers"][0].update(colour="red"),
        lambda r: r["points"].update(expiry="soon"),
        lambda r: r["labels"][0].pop("holds"),
    ):
        bad = copy.deepcopy(record)
        change(bad)
        yield bad


def test_what_the_schema_refuses_the_parser_refuses_too():
    for bad in spoilt(json.loads(PHARMACY.read_text(encoding="utf-8"))):
        assert list(faults(SCHEMA, bad)) != []
        with pytest.raises(BadRecord):
            rulebook_of(bad)
