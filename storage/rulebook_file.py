"""规则册文件: a rulebook as a person writes it, in TOML; what is wrong is named by its line."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from core.errors import BadRecord, BadRule, FileUnreadable
from core.rulebook.parse import rulebook_of
from core.rulebook.rulebook import Rulebook
from core.values.place import error_line, line_of
from storage.files import open_file


def load_rulebook(path: Path) -> Rulebook:
    """The rulebook of a TOML file (or JSON, as sales keep it); raises BadRule, FileUnreadable."""
    try:
        with open_file(path) as file:
            text = file.read().decode("utf-8-sig")
        record = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise FileUnreadable(str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise BadRule(error_line(str(error)), "", str(error)) from error
    except ValueError as error:
        raise BadRule(getattr(error, "lineno", 0), "", str(error)) from error
    try:
        return rulebook_of(_plain(record))
    except BadRecord as bad:
        raise BadRule(line_of(text, bad.path), bad.path, bad.reason) from bad


def _plain(value: Any) -> Any:
    """Dates as the texts that a record has."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
