"""登录: who is here: a name, a PIN; the door of every window."""
