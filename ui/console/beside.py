"""旁边的命令: commands of `main.py` that ask nothing but a shop, each with its own file.

Each is loaded when it is asked for. A new one is a line here and one in `main.COMMANDS`.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from core.ports.central import Uplink
from core.shop import Shop


def obey(
    opening: Callable[[], AbstractContextManager[Shop]],
    given: Namespace,
    uplink: Callable[[], Uplink],
    reports: Callable[[], Sequence[str]],
) -> str:
    """Do what the words ask for; the sentences to say. The list of reports needs no shop."""
    if given.command == "report":
        from ui.console.report_desk import asks_for_list, listed

        if asks_for_list(given):
            return listed(reports())
    with opening() as shop:
        return _obey(shop, given, uplink)


def _obey(shop: Shop, given: Namespace, uplink: Callable[[], Uplink]) -> str:
    match given.command:
        case "cards":
            from ui.console.card_commands import obey_cards

            return obey_cards(shop, given)
        case "cases":
            from ui.console.case_desk import obey_cases

            return obey_cases(shop, given)
        case "chain":
            from ui.console.chain_commands import obey_chain

            return obey_chain(shop, given, uplink())
        case "coupons":
            from ui.console.coupon_commands import obey_coupons

            return obey_coupons(shop, given)
        case "labels":
            from ui.console.label_commands import obey_labels

            return obey_labels(shop, given)
        case "report":
            from ui.console.report_desk import obey_report

            return obey_report(shop, given)
        case "points":
            from ui.console.points_desk import obey_points

            return obey_points(shop, given)
        case "staff":
            from ui.console.staff_commands import obey_staff

            return obey_staff(shop, given)
        case "tags":
            from ui.console.tag_commands import obey_tags

            return obey_tags(shop, given)
        case "trace":
            from ui.console.trace_desk import obey_trace

            return obey_trace(shop, given)
        case "tiers":
            from ui.console.tiers_desk import obey_tiers

            return obey_tiers(shop, given)
    raise LookupError(given.command)
