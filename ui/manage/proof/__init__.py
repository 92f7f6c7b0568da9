"""人与账: staff, shifts and the log of who did what."""
