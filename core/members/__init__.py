"""会员: people, their cards, tiers and birthdays."""
