"""改设置: the appearance is anybody's; the rest takes a right, and leaves a row in the audit."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from core.actions.change_settings import change_settings
from core.actions.set_up import add_staff
from core.errors import DiskFull, NotAllowed, NotLoggedIn
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Role, Staff
from core.values.settings import Settings

USUAL = Settings()
QUIET = replace(USUAL, has_sounds=False, lock_minutes=10)


@pytest.fixture
def cashier(shop: Shop) -> Staff:
    """Somebody without the right."""
    return add_staff(shop, name="王芳", pin="135246", role=Role.CASHIER)


def audited(shop: Shop) -> list[str]:
    """What the audit says of settings, oldest first."""
    with shop.store.reader() as connection:  # type: ignore[attr-defined]
        rows = connection.execute("SELECT data FROM audit ORDER BY seq").fetchall()
    return [row[0].decode() for row in rows if b"settings_changed" in row[0]]


def test_anybody_may_choose_how_the_screen_looks(shop: Shop) -> None:
    kept: list[Settings] = []
    chosen = replace(USUAL, language="en", theme="dark", scale=150)
    outcome = change_settings(shop, USUAL, chosen, keep=kept.append)
    assert kept == [outcome.settings] == [chosen]
    assert audited(shop) == []


def test_what_concerns_everybody_takes_somebody_with_the_right(
    shop: Shop, staff: Staff, cashier: Staff
) -> None:
    kept: list[Settings] = []
    with pytest.raises(NotLoggedIn):
        change_settings(shop, USUAL, QUIET, keep=kept.append)
    with pytest.raises(NotAllowed):
        change_settings(shop, USUAL, QUIET, keep=kept.append, staff=cashier)
    assert kept == []
    change_settings(shop, USUAL, QUIET, keep=kept.append, staff=staff)
    assert kept == [QUIET]
    assert len(audited(shop)) == 1
    assert "has_sounds=False lock_minutes=10" in audited(shop)[0]


def test_a_manager_may_approve_it_and_answers_for_it(
    shop: Shop, staff: Staff, cashier: Staff
) -> None:
    kept: list[Settings] = []
    approval = Approval(Right.CHANGE_SETTINGS, staff.no, shop.clock.now_us())
    change_settings(shop, USUAL, QUIET, keep=kept.append, staff=cashier, approval=approval)
    assert kept == [QUIET]
    assert f"approved_by {staff.no}" in audited(shop)[0]


def test_what_could_not_be_written_was_not_changed(shop: Shop, staff: Staff) -> None:
    def full(_settings: Settings) -> None:
        raise DiskFull()

    with pytest.raises(DiskFull):
        change_settings(shop, USUAL, QUIET, keep=full, staff=staff)
    assert audited(shop) == []
