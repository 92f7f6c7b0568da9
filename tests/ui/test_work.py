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
    yield cast(Shop, None)


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
