"""信任: staff, their rights, and the audit chain."""
