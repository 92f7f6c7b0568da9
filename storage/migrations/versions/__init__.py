"""One file for each revision; never changed after it was shipped."""
