"""店内码命令: what `main.py labels` does."""

from __future__ import annotations

from argparse import Namespace

from core.actions.label_layouts import label_layouts, remove_label_layout, set_label_layout
from core.actions.login import login
from core.rulebook.labels import LabelCode
from core.shop import Shop
from ui.label_words import layout_words
from ui.text import tr


def obey_labels(shop: Shop, given: Namespace) -> str:
    """Do what the words say; the sentence, or the list, to say."""
    if given.verb == "list":
        rows = [layout_words(layout, is_own=own) for layout, own in label_layouts(shop)]
        return "\n".join(rows) or tr("没有店内码的版式。")
    staff = login(shop, given.by_pin, name=given.by)
    if given.verb == "remove":
        remove_label_layout(shop, given.prefix, staff=staff)
        return tr("{prefix} 不再用门店自己的版式。", prefix=given.prefix)
    layout = LabelCode(
        prefix=given.prefix,
        holds=given.holds,
        item_digits=given.item,
        value_digits=given.value,
        is_checked=not given.no_check,
        decimals=given.decimals,
        has_value_check=given.value_check,
    )
    set_label_layout(shop, layout, staff=staff)
    return layout_words(layout, is_own=True)
