"""工牌: a badge that is scanned at the door says who it is, and proves nothing."""

from __future__ import annotations

from core.actions.badges import whose_badge
from core.errors import NoSuchBadge
from ui.devices import sound
from ui.login.page import LoginPage
from ui.text import sentence
from ui.work import Work


def choose_by_badge(work: Work, login: LoginPage, text: str) -> None:
    """Choose the person whose badge it is; nobody's is refused as whatever else is scanned."""

    def refuse(error: Exception) -> None:
        sound.play_error()
        login.who.refuse_scan()
        if isinstance(error, NoSuchBadge):
            login.who.show_error(sentence(error))

    work.ask(
        whose_badge,
        text,
        topic="badge",
        then=lambda person: login.who.choose(person.name),
        failed=refuse,
    )
