"""The album of the office: every page, part and sheet of it, of a full shop and of an empty one."""
