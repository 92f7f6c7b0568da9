"""从外面看: the program as its people meet it: commands, files, sentences, exit codes."""
