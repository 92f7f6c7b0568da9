"""店内码的版式: how this store's scales print price and weight; from the next scan on."""

from __future__ import annotations

from core.actions.allow import allow, noted
from core.actions.telling import tell
from core.errors import NoSuchLabelLayout
from core.rulebook.labels import LabelCode, check_layout, label_record
from core.shop import Shop
from core.trust.rights import Approval, Right
from core.trust.staff import Staff


def label_layouts(shop: Shop) -> tuple[tuple[LabelCode, bool], ...]:
    """All that hold, by prefix, and whether each is this store's own or the rulebook's."""
    with shop.store.read() as reading:
        own = {layout.prefix: layout for layout in reading.labels.all()}
        ruled = {layout.prefix: layout for layout in reading.rulebooks.current().labels}
    return tuple((layout, prefix in own) for prefix, layout in sorted((ruled | own).items()))


def set_label_layout(
    shop: Shop, layout: LabelCode, *, staff: Staff, approval: Approval | None = None
) -> None:
    """One layout for its prefix; raises NotAllowed, BadLabelLayout."""
    check_layout(layout)
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.SET_LABELS, now_us=moment.at_us, approval=approval)
        tx.labels.set(layout)
        detail = noted(" ".join(map(str, label_record(layout).values())), staff, answers)
        tx.audit.note(
            "label_layout_set",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=layout.prefix,
            detail=detail,
        )
        body = {"layout": label_record(layout), "staff_no": staff.no}
        tell(shop, tx, moment, "LabelLayoutSet", body)


def remove_label_layout(
    shop: Shop, prefix: str, *, staff: Staff, approval: Approval | None = None
) -> None:
    """What the rulebook says holds again; raises NotAllowed, NoSuchLabelLayout."""
    with shop.store.write() as tx:
        moment = shop.moment(tx)
        answers = allow(tx, staff, Right.SET_LABELS, now_us=moment.at_us, approval=approval)
        if not tx.labels.remove(prefix):
            raise NoSuchLabelLayout(prefix)
        tx.audit.note(
            "label_layout_removed",
            at_us=moment.at_us,
            staff_no=staff.no,
            subject=prefix,
            detail=noted("", staff, answers),
        )
        tell(shop, tx, moment, "LabelLayoutRemoved", {"prefix": prefix, "staff_no": staff.no})
