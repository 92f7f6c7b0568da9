"""ui shows: screens, devices and the screenless till; it knows core and nothing of storage."""
