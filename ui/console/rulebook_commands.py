"""规则册命令: what `main.py rulebook` says."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from core.actions.login import login
from core.actions.publish_rulebook import publish_rulebook
from core.rulebook.rulebook import Rulebook
from core.sales.preview import Preview
from core.shop import Shop
from ui.console.preview_words import preview_words
from ui.text import tr

Looking = Callable[..., Preview]


def obey_rulebook(
    given: Namespace,
    *,
    load: Callable[[Path], Rulebook],
    visited: Callable[[Path], AbstractContextManager[Shop]],
    previewing: Callable[[Path], AbstractContextManager[Looking]],
) -> str:
    """Do what the words ask for; the sentences to say."""
    if given.verb == "schema":
        return schema_words()
    found = load(given.file)
    if given.verb == "check":
        return checked_words(found)
    if given.verb == "preview":
        with previewing(given.home) as look:
            looking = partial(look, found, since=given.since, until=given.until)
            return preview_words(looking, found, as_json=given.json)
    with visited(given.home) as shop:
        return published_words(shop, found, by=given.by, pin=given.by_pin)


def checked_words(rulebook: Rulebook) -> str:
    """That a rulebook can be used, and what is in it."""
    return tr(
        "规则册“{name}”第 {version} 版可以用：{tiers} 个等级，{offers} 条优惠。",
        name=rulebook.name,
        version=rulebook.version,
        tiers=len(rulebook.scheme.tiers),
        offers=len(rulebook.offers),
    )


def schema_words() -> str:
    """What a rulebook may hold, as JSON Schema."""
    from core.rulebook.schema import rulebook_schema

    return json.dumps(rulebook_schema(), ensure_ascii=False, indent=2)


def published_words(shop: Shop, rulebook: Rulebook, *, by: str, pin: str) -> str:
    """Publish it for whoever proves to be somebody who may; the sentence to say."""
    staff = login(shop, pin, name=by)
    published = publish_rulebook(shop, rulebook, staff=staff).rulebook
    return tr(
        "规则册“{name}”第 {version} 版发布了，从下一单起按它计价。",
        name=published.name,
        version=published.version,
    )
