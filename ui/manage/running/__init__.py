"""运行: what keeps a shop running: backups, reports by the clock, devices, settings."""
