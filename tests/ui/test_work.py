"""工作: what the threads of the till keep of what they did: nothing."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import cast

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from core.errors import NotAllowed
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


class Listener(QObject):
    """As a page that asks, and may be gone before the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def hear(self, what: object) -> None:
        self.setObjectName("heard")  # on one that is gone this raises
        self.heard.append(what)


@pytest.mark.parametrize("is_gone", [False, True])
def test_who_is_gone_is_told_nothing(qtbot: QtBot, is_gone: bool) -> None:
    work, listener, refused = Work(no_shop), Listener(), list[Exception]()
    work.refused.connect(refused.append)
    hears = partial(listener.hear)
    work.ask(lambda _shop: 1, topic="done", then=listener.hear, failed=hears)
    work.ask(lambda _shop: 2, topic="there", then=lambda no: listener.hear(no), failed=hears)
    work.ask(lambda _shop: allow_nobody(), topic="refused", then=hears, failed=listener.hear)
    if is_gone:
        delete(listener)
    qtbot.waitUntil(lambda: not work.is_busy)
    assert len(listener.heard) == (0 if is_gone else 3)
    assert [type(error) for error in refused] == [NotAllowed], "the window hears of it all the same"
    work.stop()


def allow_nobody() -> None:
    raise NotAllowed("sell")
