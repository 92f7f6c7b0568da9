"""客显在哪里: which screen the customer's window fills, of those that there are now."""

from __future__ import annotations

from collections.abc import Sequence

from core.errors import BadDisplaySetting

LONGEST_LINK = 300
NONE, SECOND, WINDOW, SCREEN = "none", "second", "window", "screen:"


def check_display(setting: str) -> str:
    """The setting; raises BadDisplaySetting.

    "none" · "second", whichever screen the till is not on · "screen:NAME" · "window", beside the
    till.
    """
    if setting in (NONE, SECOND, WINDOW) or (setting.startswith(SCREEN) and setting != SCREEN):
        return setting
    raise BadDisplaySetting(setting)


def check_link(text: str) -> str:
    """What the QR code shall hold; raises BadDisplaySetting where squares would be too small."""
    if len(text.encode()) > LONGEST_LINK:
        raise BadDisplaySetting(text)
    return text


def screen_of(setting: str, names: Sequence[str], till: str) -> str | None:
    """The screen to fill, None for none: the till's own is never covered.

    Where the named screen is pulled out, the window waits until it comes back.
    """
    others = [name for name in names if name != till]
    if setting == SECOND:
        return next(iter(others), None)
    wanted = setting.removeprefix(SCREEN) if setting.startswith(SCREEN) else ""
    return wanted if wanted in others else None
