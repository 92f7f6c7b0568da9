"""规则册: what the shop has decided, as data: tiers, points, tenders, offers."""
