"""标价签命令: what `main.py tags` does: one PDF with the tags that were asked for."""

from __future__ import annotations

from argparse import Namespace

from core.actions.price_tags import tags_changed, tags_in, tags_of
from core.catalog.price_tag import PriceTag
from core.shop import Shop
from ui.devices.files import read_lines, write_named
from ui.devices.paper_setup import TAGS
from ui.devices.print_sizes import tag_size
from ui.devices.tag_pdf import tags_pdf
from ui.text import tr


def obey_tags(shop: Shop, given: Namespace) -> str:
    """Write the file; the sentence to say."""
    size = tag_size(given.size, given.home / TAGS)
    tags = _tags(shop, given)
    write_named(given.out, tags_pdf(tags, size, skip=given.skip))
    return tr("{count} 张标价签，存在 {file}。", count=len(tags), file=given.out)


def _tags(shop: Shop, given: Namespace) -> tuple[PriceTag, ...]:
    if given.category is not None:
        return tags_in(shop, given.category)
    if given.since is not None:
        return tags_changed(shop, given.since)
    return tags_of(shop, read_lines(given.file) if given.file else given.code)
