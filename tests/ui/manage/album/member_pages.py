"""The file of a member, what is done with one, and the lists that are tidied."""

from __future__ import annotations

from tests.actions.test_settle import GOLD, NORMAL
from tests.builders import file_of
from tests.ui.manage.album.office import Office
from tests.ui.manage.album.pages import members, tidy
from tests.ui.manage.album.shops import LONG
from ui.login.override import OverrideSheet
from ui.manage.ask import AskSheet
from ui.manage.members.conditions import ConditionsSheet
from ui.manage.members.edit import EditSheet
from ui.manage.members.export import ExportSheet
from ui.manage.members.find import FindSheet
from ui.manage.members.merge import MergeSheet
from ui.manage.members.page import MembersPage
from ui.manage.members.panel import MemberPanel
from ui.manage.pick import PickSheet
from ui.manage.privacy.forget import ForgetSheet
from ui.manage.tidy.bring_in import BringInSheet
from ui.manage.tidy.imported import ImportedSheet
from ui.manage.tidy.page import TidyPage


def _panel(at: Office, card: str = LONG, tab: str = "overview") -> MemberPanel:
    members(at)
    page = at.on(MembersPage)
    page.panel.open(file_of(at.shop, card).member.id)
    page.panel.show()
    page._arrange()
    at.settle()
    page.panel._go_to(tab)
    at.settle()
    return page.panel


def _deed(at: Office, name: str, card: str = LONG) -> None:
    panel = _panel(at, card)
    file = panel._file
    assert file is not None
    panel.deeds.choose(file)
    at.sheet(PickSheet).list.chosen.emit(name)
    at.settle()


def member_overview(at: Office) -> None:
    _panel(at)


def member_profile(at: Office) -> None:
    _panel(at, tab="profile")


def member_points(at: Office) -> None:
    _panel(at, tab="points")


def member_bought(at: Office) -> None:
    _panel(at, GOLD, "bought")


def member_coupons(at: Office) -> None:
    _panel(at, tab="coupons")


def member_tiers(at: Office) -> None:
    _panel(at, tab="tiers")


def member_timeline(at: Office) -> None:
    _panel(at, tab="timeline")


def member_of_nothing(at: Office) -> None:
    _panel(at, "900004")


def members_nobody(at: Office) -> None:
    members(at)
    page = at.on(MembersPage)
    page.search.edit.setText("没有这个人")
    page._on_typed("没有这个人")
    at.settle()


def members_conditions(at: Office) -> None:
    members(at)
    at.on(MembersPage).choosing.more.click()
    at.sheet(ConditionsSheet)


def members_saved(at: Office) -> None:
    members(at)
    at.on(MembersPage).choosing.saved.click()
    at.sheet(PickSheet)


def members_export(at: Office) -> None:
    members(at)
    page = at.on(MembersPage)
    at.until(page.export.isEnabled)
    page.export.click()
    at.sheet(ExportSheet)


def member_deeds(at: Office) -> None:
    panel = _panel(at)
    assert panel._file is not None
    panel.deeds.choose(panel._file)
    at.sheet(PickSheet)


def member_edit(at: Office) -> None:
    panel = _panel(at)
    panel.edit.click()
    at.sheet(EditSheet)


def member_note(at: Office) -> None:
    _deed(at, "note")
    at.sheet(AskSheet)


def member_grant(at: Office) -> None:
    _deed(at, "grant")
    at.sheet(AskSheet)


def member_grant_wrong(at: Office) -> None:
    member_grant(at)
    at.sheet(AskSheet).do.click()
    at.settle()


def member_freeze(at: Office) -> None:
    _deed(at, "freeze")
    at.sheet(AskSheet)


def member_behaviour(at: Office) -> None:
    _deed(at, "behaviour")
    at.sheet(PickSheet)


def member_find(at: Office) -> None:
    _deed(at, "family")
    at.sheet(FindSheet)


def member_forget(at: Office) -> None:
    _deed(at, "forget", NORMAL)
    at.sheet(ForgetSheet)


def tidy_merge(at: Office) -> None:
    tidy_found(at)
    at.on(TidyPage)._merge()
    sheet = at.sheet(MergeSheet)
    at.until(sheet.press.isEnabled)


def member_merge(at: Office) -> None:
    page = at.room(MembersPage)
    pair = (file_of(at.shop, card).member.id for card in (GOLD, LONG))
    sheet = MergeSheet(page.look, at.window, at.work, page.staff, *pair)
    sheet.begin()
    at.until(sheet.press.isEnabled)
    at.settle()


def merge_allowed(at: Office) -> None:
    """Somebody else is to say yes."""
    member_merge(at)
    sheet = at.sheet(MergeSheet)
    sheet._override.ask("合并会员")
    at.sheet(OverrideSheet)


def tidy_found(at: Office) -> None:
    tidy(at)
    page = at.on(TidyPage)
    page.seek.click()
    at.until(page.seek.isEnabled)
    at.settle()


def tidy_bring_in(at: Office) -> None:
    tidy(at)
    at.on(TidyPage).bring.click()
    at.sheet(BringInSheet)


def tidy_imported(at: Office) -> None:
    tidy(at)
    at.on(TidyPage)._show_imports()
    at.sheet(ImportedSheet)


def tidy_import_looked_at(at: Office) -> None:
    """What taking the newest one back would do."""
    tidy_imported(at)
    sheet = at.sheet(ImportedSheet)
    at.until(lambda: sheet.current is not None)
    sheet.go.click()
    at.until(lambda: sheet.pages.currentWidget() is sheet.outlook)


PAGES = (
    member_overview,
    member_profile,
    member_points,
    member_bought,
    member_coupons,
    member_tiers,
    member_timeline,
    member_of_nothing,
    members_nobody,
    members_conditions,
    members_saved,
    members_export,
    member_deeds,
    member_edit,
    member_note,
    member_grant,
    member_grant_wrong,
    member_freeze,
    member_behaviour,
    member_find,
    member_forget,
    member_merge,
    tidy_found,
    tidy_merge,
    tidy_bring_in,
    tidy_imported,
    tidy_import_looked_at,
)
