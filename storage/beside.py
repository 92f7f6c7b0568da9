"""店账旁边: what is worked out from a store, or kept beside it, by whoever asks for it.

Nothing of it is loaded before: no start of a till needs it.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from storage.erased import ErasedFile
    from storage.import_intake import Intake
    from storage.insight.insight import StoredInsight
    from storage.keeping import StoredKeeping
    from storage.past_imports import StoredPastImports
    from storage.preview import StoredPast
    from storage.store import TillStore


class Beside:
    """Part of a `TillStore`, with the key that it was opened with."""

    home: Path
    _key: bytes

    @property
    def erased(self) -> ErasedFile:
        """删过谁."""
        from storage.erased import ErasedFile

        return ErasedFile(self.home, self._key)

    @cached_property
    def insight(self) -> StoredInsight:
        """分析. Raises ReportsMissing."""
        from storage.insight import insight_of

        return insight_of(cast("TillStore", self), self._key)

    def intake(self, file: str, what: str, *, shares_phones: bool = False) -> Intake:
        """导入 of a file."""
        from storage.import_intake import Intake

        return Intake(cast("TillStore", self), Path(file), what, shares_phones)

    @property
    def past_imports(self) -> StoredPastImports:
        """导入记录."""
        from storage.past_imports import StoredPastImports

        return StoredPastImports(cast("TillStore", self))

    @property
    def past(self) -> StoredPast:
        """预演."""
        from storage.preview import StoredPast

        return StoredPast(cast("TillStore", self))

    @property
    def keeping(self) -> StoredKeeping:
        """养着."""
        from storage.keeping import StoredKeeping

        return StoredKeeping(cast("TillStore", self), self._key)
