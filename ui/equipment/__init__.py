"""设备页: what a sheet and the first-run wizard show of a device; no screen is known here."""
