"""追溯码: the commands of the screenless till for codes of single packs."""

from __future__ import annotations

from core.actions import trace as tracing
from core.actions.counter import Counter
from core.catalog.trace import TraceReason
from ui.console.desk import Desk
from ui.console.language import BadCommand
from ui.scan_words import warned_words
from ui.text import quoted, tr


class TraceCommands:
    """Lines are named by their place, counted from 1."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def do_trace(self, line: str, code: str) -> str:
        desk, no = self._desk, self._desk.line_no(line)
        shop, basket = desk.shop, desk.open().basket
        if code in basket.line(no).traces:
            return self._shown(tracing.drop_trace(shop, basket, no, code), no)
        return self._shown(tracing.add_trace(shop, basket, no, code, staff=desk.who()), no)

    def do_trace_product(self, code: str, product: str) -> str:
        desk = self._desk
        after = tracing.name_trace(desk.shop, desk.open().basket, code, product, staff=desk.who())
        assert after.changed_line is not None
        return self._shown(after, after.changed_line)

    def do_waive_traces(self, reason: str) -> str:
        desk = self._desk
        if reason not in tuple(TraceReason):
            reasons = " ".join(TraceReason)
            raise BadCommand(
                tr(
                    "没有“{text}”这个原因。有：{reasons}。",
                    text=quoted(reason),
                    reasons=reasons,
                )
            )
        after = tracing.waive_traces(
            desk.shop,
            desk.open().basket,
            TraceReason(reason),
            staff=desk.who(),
            approval=desk.approval(),
        )
        desk.show(after)
        assert after.basket.waiver is not None
        return tr("放行 {count} 件，不扫追溯码。", count=after.basket.waiver.missing)

    def _shown(self, counter: Counter, no: int) -> str:
        self._desk.show(counter)
        line = counter.basket.line(no)
        said = tr(
            "{name}：追溯码 {has} 个，还缺 {lacks} 个。",
            name=line.product.name,
            has=len(line.traces),
            lacks=line.traces_lacking,
        )
        return " ".join([said, *map(warned_words, counter.warned)])
