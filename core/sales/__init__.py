"""销售: sales, days and receipts."""
