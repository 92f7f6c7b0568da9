"""总部的账: the store of the server, on PostgreSQL for a chain or SQLite for a shop (0038)."""
