"""断电: the till is killed while it sells; every confirmed sale must be there, none torn."""
