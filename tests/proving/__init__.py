"""Sets of offers that stand in each other's way as much as they can, and what is proven of them."""
