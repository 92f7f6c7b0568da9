"""What is in the album, and how it is taken: one window for a language and a theme."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path

from msgspec import Struct

from tests.builders import Home
from tests.ui.manage.album import member_pages, more_pages, pages, proof_pages, rule_pages, shops
from tests.ui.manage.album.office import Office, fit, office
from ui.app import application
from ui.catalogue import speak
from ui.look import Look

Draw = Callable[[Office], None]
ALL: tuple[Draw, ...] = (
    *pages.PAGES,
    *member_pages.PAGES,
    *rule_pages.PAGES,
    *more_pages.PAGES,
    *proof_pages.PAGES,
)
BARE = tuple(each for each in pages.PAGES if each is not pages.rules_draft)
ASKED_BY_HAND = (more_pages.points_audited, more_pages.prices_seen)
"""What shows of parts that ask for nothing before somebody presses."""


def unanswered(draw: Draw) -> Draw:
    """The same where nothing has ever been answered: the store cannot be read."""

    @wraps(draw)
    def drawn(at: Office) -> None:
        if not at.is_new:
            at.renew()
        with at.failing():
            draw(at)

    return drawn


def interrupted(draw: Draw) -> Draw:
    """The same where the store could be read at first, and cannot when somebody looks again."""

    @wraps(draw)
    def drawn(at: Office) -> None:
        draw(at)
        with at.failing():
            at.window._refresh()
            at.settle()

    return drawn


NEVER = tuple(map(unanswered, (*pages.PAGES, *ASKED_BY_HAND)))
LATER = tuple(map(interrupted, pages.PAGES))


class Kind(Struct, frozen=True):
    """A shop, and what it has to show."""

    make: Callable[[Path], Home]
    pages: tuple[Draw, ...]


SHOPS = {
    "full": Kind(shops.full, ALL),
    "one": Kind(shops.one, BARE),
    "empty": Kind(shops.empty, BARE),
    "unanswered": Kind(shops.full, NEVER),
    "interrupted": Kind(shops.full, LATER),
}


class Wanted(Struct, frozen=True):
    """Sizes are written 1366x768; no pages are all of them."""

    languages: Sequence[str]
    themes: Sequence[str]
    sizes: Sequence[str]
    pages: Sequence[str] = ()


def draw_all(home: Home, folder: Path, wanted: Wanted, drawn: Sequence[Draw]) -> None:
    """One picture for each language, theme, page and size."""
    app = application(100)
    chosen = [each for each in drawn if not wanted.pages or each.__name__ in wanted.pages]
    for theme in wanted.themes:
        look = Look.load(theme)
        look.apply(app)
        for language in wanted.languages:
            speak(language)
            place = folder / language / theme
            place.mkdir(parents=True, exist_ok=True)
            with office(home, look) as at:
                for draw in chosen:
                    _take(at, draw, place, wanted.sizes)


def _take(at: Office, draw: Draw, place: Path, sizes: Sequence[str]) -> None:
    for size in sizes:
        fit(at.window, (int(size.split("x")[0]), int(size.split("x")[1])))
        draw(at)
        at.settle()
        at.window.grab().save(str(place / f"{draw.__name__}_{size}.png"))
        at.leave()
