"""印卡命令: what `main.py cards` does: one PDF with the cards that were asked for."""

from __future__ import annotations

from argparse import Namespace

from msgspec.structs import replace

from core.actions.login import login
from core.actions.print_cards import number_cards, print_cards, print_cards_between
from core.errors import NoCardsBetween
from core.members.printed_card import CardRun, Named
from core.shop import Shop
from core.trust.staff import Staff
from ui.console.cards_line import A4
from ui.devices.card_pdf import cards_pdf
from ui.devices.designs import Designs
from ui.devices.files import read_lines, write_named
from ui.devices.paper_setup import CARDS, DESIGNS, shop_logo
from ui.devices.print_sizes import CardSize, card_size
from ui.text import tr


def obey_cards(shop: Shop, given: Namespace) -> str:
    """Write the file; the sentence to say."""
    size = card_size(given.home / CARDS)
    size = replace(size, name=Named(given.name or size.name), code=given.code or size.code)
    staff = login(shop, given.by_pin, name=given.by)
    run = _run(shop, given, size, staff)
    logo = shop_logo(Designs(given.home / DESIGNS))
    write_named(given.out, cards_pdf(run, size, on_pages=given.sheet == A4, logo=logo))
    first, last = run.ends
    words = "{count} 张卡，{first} 到 {last}，存在 {file}。"
    return tr(words, count=len(run.cards), first=first, last=last, file=given.out)


def _run(shop: Shop, given: Namespace, size: CardSize, staff: Staff) -> CardRun:
    if given.new is not None:
        return number_cards(shop, given.new, staff=staff)
    if given.first is not None:
        if given.last is None:
            raise NoCardsBetween(given.first, "?")
        ends = given.first, given.last
        return print_cards_between(shop, *ends, named=size.name, staff=staff)
    card_nos = read_lines(given.file) if given.file else given.card
    return print_cards(shop, card_nos, named=size.name, staff=staff)
