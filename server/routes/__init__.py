"""The paths of the server: decode, ask an action, encode; nothing else."""
