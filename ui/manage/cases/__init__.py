"""案件: what somebody should look at, its evidence, and what is decided of it."""
