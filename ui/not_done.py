"""没办成: why something was not done, heard and read."""

from __future__ import annotations

from collections.abc import Callable

from ui.devices import sound
from ui.text import sentence


def say_not_done(error: Exception, show: Callable[[str], object]) -> None:
    """`show` is given the sentence: it stands where the person looks just now."""
    sound.play_error()
    show(sentence(error))
