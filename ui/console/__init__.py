"""无屏收银台: the same actions as the screen, one command a line (docs/till.md)."""
