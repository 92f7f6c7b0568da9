"""规则: the rulebook in sentences, its versions and its draft."""
