"""The counter: sheets and pages as a person meets them."""
