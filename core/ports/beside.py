"""旁边的端口: what a store has beside it, in files of their own or worked out from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from core.ports.directory import Directory
    from core.ports.drafts import Drafts
    from core.ports.erased import ErasedBeside
    from core.ports.insight import Insight
    from core.ports.intake import Intake
    from core.ports.keeping import Keeping
    from core.ports.past import Past
    from core.ports.past_imports import PastImports


class Beside(Protocol):
    """Nothing of it is opened, or loaded, before somebody asks."""

    @property
    def directory(self) -> Directory:
        """会员名录, in a file of its own beside the store; opened when somebody asks it."""
        ...

    @property
    def insight(self) -> Insight:
        """分析, of a copy beside the store. Raises ReportsMissing where its libraries are not."""
        ...

    @property
    def erased(self) -> ErasedBeside:
        """删过谁, in a file beside the store."""
        ...

    @property
    def draft(self) -> Drafts:
        """规则册草稿, in a file beside the store."""
        ...

    def intake(self, file: str, what: str, *, shares_phones: bool = False) -> Intake:
        """导入 of the file at this place, of "products" or "members"."""
        ...

    @property
    def past_imports(self) -> PastImports:
        """导入记录, and the way back."""
        ...

    @property
    def past(self) -> Past:
        """过去的销售, priced by another rulebook."""
        ...

    @property
    def keeping(self) -> Keeping:
        """养着, in the home of the store."""
        ...
