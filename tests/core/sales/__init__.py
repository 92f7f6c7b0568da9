"""Tests of sales and receipts."""
