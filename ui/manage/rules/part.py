"""规则的一段: rules that belong together, each in its row, and the way to the form of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from ui.look import Look
from ui.manage.rules.row import RuleRow
from ui.manage.section import Section
from ui.rule_lines import RuleSection
from ui.rule_section_form import FORMS
from ui.text import tr

ELSEWHERE = {"rewards": "benefits/rewards"}
"""What has its form on another page."""


class RulePart(Section):
    """`acted` gives the key of an offer and what is to be done with it.

    `off`: keys of what the draft has left out, None where no draft shows. `warns`: with what an
    offer collides.
    """

    acted = Signal(str, str)

    def __init__(
        self,
        look: Look,
        part: RuleSection,
        *,
        off: frozenset[str] | None,
        warns: Callable[[str], str],
    ) -> None:
        has_form = off is not None and part.name in FORMS
        more = tr("改") if has_form else tr("去兑换目录") if part.name in ELSEWHERE else ""
        super().__init__(look, part.title, name=f"rules_{part.name}", more=more)
        self.count.setText(tr("{count} 条", count=len(part.lines)) if part.lines else "")
        rows = []
        for line in part.lines:
            gone = off is not None and line.key in off
            said = "" if off is None or gone else warns(line.key)
            row = RuleRow(look, line, is_draft=off is not None, gone=gone, warns=said)
            row.acted.connect(lambda deed, key=line.key: self.acted.emit(key, deed))
            rows.append(row)
        self.show_rows(rows, tr("没有"))
