"""养护: a home is backed up, restored, checked and given its key; also beside a running till."""

from __future__ import annotations

from pathlib import Path

from core.errors import NoFolder
from core.ports import Till
from core.ports.upkeep import Verified
from storage.backup import copy_backup
from storage.home import home_key, restore_home, visit_home
from storage.keys import recover, system_vault
from storage.settings import keep_printer, keep_scanners
from storage.verify import not_priced_again, verify


class HomeUpkeep:
    """Implements `core.ports.upkeep.Upkeep` for the home in a folder."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def back_up(self, to: str | None = None) -> str:
        """A verified encrypted backup; where it lies, or where its copy does.

        Raises NoFolder where the copy has no place: the backup in the home stands.
        """
        with visit_home(self._home) as found:
            made = Path(found.store.back_up())
        if to is None:
            return str(made)
        if not Path(to).parent.is_dir():
            raise NoFolder(str(Path(to).parent))
        return str(copy_backup(made, Path(to)))

    def restore(self, backup: str, recovery: str | None = None) -> tuple[Till, bool]:
        """A backup takes the place of the store: which till it is, whether the key is a file."""
        way_back = None if recovery is None else Path(recovery)
        return restore_home(self._home, Path(backup), recovery=way_back)

    def verify(self) -> Verified:
        """Chains, ledger, and each sale of the present engine priced again."""
        with visit_home(self._home) as found:
            return Verified(tuple(verify(found.store)), not_priced_again(found.store))

    def recover(self, recovery: str) -> bool:
        """The key comes back from its recovery file; whether it lies in a file now."""
        return recover(self._home, Path(recovery), vault=system_vault()).is_in_file

    def keep_printer(self, setting: str, paper_mm: int, profile: str) -> None:
        """Another receipt printer, for a home that there is."""
        home_key(self._home)
        keep_printer(self._home, setting, paper_mm, profile)

    def keep_scanners(self, scanners: str) -> None:
        """Other scanners on serial ports, for a home that there is."""
        home_key(self._home)
        keep_scanners(self._home, scanners)
