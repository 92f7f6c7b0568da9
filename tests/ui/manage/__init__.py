"""The manager's window."""
