"""迁移: forward only, one transaction each; imported only when a file is of an older version."""
