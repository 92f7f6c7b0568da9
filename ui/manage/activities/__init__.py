"""活动: what the shop invites its members to, and its lucky draws."""
