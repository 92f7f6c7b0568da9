"""storage remembers: the encrypted store of a till; rows never leave the file that made them."""
