"""整理: duplicates, doubtful and old data, tables brought in."""
