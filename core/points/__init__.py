"""积分: lots and the double-entry ledger they are booked in."""
