"""坏位: one bit of a till's files is another; the same data, or seen, never silently wrong."""
