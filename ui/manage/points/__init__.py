"""积分台: the desk of points: ledger, corrections, what is owed, what expires, the audit."""
