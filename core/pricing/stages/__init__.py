"""计价步骤: the stages of a price, one file each; `core.pricing.quote` has them as one list."""
