"""规则册草稿的文件: the draft of a rulebook in the home, written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

from core.errors import BadRecord, DraftBroken
from core.ports.drafts import Draft
from core.rulebook.parse import record_of, rulebook_of
from core.rulebook.rulebook import Rulebook
from storage.faults import faults_of
from storage.files import write_private


class DraftFile:
    """Implements `core.ports.drafts.Drafts`."""

    def __init__(self, home: Path) -> None:
        self._path = home / "rulebook_draft.json"

    def load(self) -> Draft | None:
        """What was kept last, None where there is none."""
        with faults_of(self._path):
            if not self._path.exists():
                return None
            data = self._path.read_bytes()
        try:
            found = json.loads(data)
            return Draft(rulebook_of(found["rulebook"]), int(found["turn"]))
        except (ValueError, KeyError, TypeError, BadRecord) as error:
            raise DraftBroken(str(self._path)) from error

    def keep(self, draft: Draft) -> None:
        """Instead of what was kept before."""
        record = {"turn": draft.turn, "rulebook": record_of(draft.rulebook)}
        with faults_of(self._path):
            write_private(self._path, json.dumps(record, ensure_ascii=False, indent=1).encode())

    def drop(self) -> None:
        """There is none any more."""
        with faults_of(self._path):
            self._path.unlink(missing_ok=True)

    def read_file(self, path: str) -> Rulebook:
        """See `storage.rulebook_file`."""
        from storage.rulebook_file import load_rulebook

        return load_rulebook(Path(path))
