"""券的文件: each coupon as a PDF of its own, in the shop's design."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.sales.coupon_slip import CouponSlip
from ui.devices.designs import Designs
from ui.devices.files import write_file
from ui.devices.receipt_pdf import rows_pdf
from ui.devices.rows import rows_of


def write_coupons(slips: Sequence[CouponSlip], designs: Designs, folder: Path) -> int:
    """Into a folder, named by their codes; how many. Raises ReadOnly, DiskFull …"""
    for slip in slips:
        write_file(folder / f"{slip.no}.pdf", rows_pdf(rows_of(slip, designs), slip.no))
    return len(slips)
