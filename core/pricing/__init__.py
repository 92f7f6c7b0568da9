"""计价: a basket, a member and a rulebook become a quote; pure, exact, the same bytes each time."""
