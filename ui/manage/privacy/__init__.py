"""隐私: how long data may lie, who has been asleep for longer, and what was erased."""
