"""会员: the roll, and one member's file."""
