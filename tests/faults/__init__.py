"""坏盘: each reading and writing of a sale fails once; nothing confirmed is lost or made up."""
