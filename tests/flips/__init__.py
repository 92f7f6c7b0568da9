"""坏位: one bit of a till's files is another; the same data, or it is seen, never silently wrong."""
