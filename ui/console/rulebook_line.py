"""规则册命令行: the words after `main.py rulebook`, and their help."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from ui.console.staff_line import by_words
from ui.text import tr


def rulebook_words(parser: argparse.ArgumentParser, home: argparse.ArgumentParser) -> None:
    """The words after `rulebook`."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar=tr("做什么"))
    check = tr("只检查：写错的地方说出行号")
    verbs.add_parser("check", help=check, description=check).add_argument(
        "file", type=Path, metavar="FILE"
    )
    schema = tr("打印规则册的 JSON Schema")
    verbs.add_parser("schema", help=schema, description=schema)
    words = tr("预演：把过去的销售按一份草稿重算一遍，不写任何东西")
    preview = verbs.add_parser("preview", parents=[home], help=words, description=words)
    preview.add_argument("file", type=Path, metavar="FILE")
    days = (("--from", True, tr("从哪一天起")), ("--to", False, tr("到哪一天为止")))
    for flag, is_required, help_words in days:
        preview.add_argument(
            flag,
            type=date.fromisoformat,
            dest="since" if is_required else "until",
            required=is_required,
            metavar="2026-01-01",
            help=help_words,
        )
    preview.add_argument("--json", action="store_true", help=tr("用 JSON 回答"))
    words = tr("发布：从下一单起按它计价")
    use = verbs.add_parser("use", parents=[home], help=words, description=words)
    use.add_argument("file", type=Path, metavar="FILE")
    by_words(use)
