"""工作: what the threads of the till keep of what they did: nothing."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

from pytestqt.qtbot import QtBot

from core.shop import Shop
from ui.work import Work


class Secret:
    """As a PIN is, on its way to be checked."""


@contextmanager
def no_shop() -> Iterator[Shop]:
    yield cast(Shop, object())


def test_what_was_asked_is_not_kept_once_it_is_answered(qtbot: QtBot) -> None:
    work, secret, answers = Work(no_shop), Secret(), []
    kept = weakref.ref(secret)

    def check(_shop: Shop, word: Secret, *, again: Secret) -> bool:
        return word is again

    work.act(check, secret, again=secret, then=answers.append, failed=answers.append)
    del secret
    qtbot.waitUntil(lambda: not work.is_busy)
    assert answers == [True]
    qtbot.waitUntil(lambda: kept() is None)
    work.stop()


def test_what_nobody_waits_for_any_more_is_not_told(qtbot: QtBot) -> None:
    work, answers = Work(no_shop), []
    for topic in ("kept", "left"):
        work.ask(lambda _shop, what: what, topic, topic=topic, then=answers.append, failed=print)
    work.forget("left", "never asked")
    qtbot.waitUntil(lambda: not work.is_busy)
    assert answers == ["kept"]
    work.stop()
