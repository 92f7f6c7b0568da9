"""券与兑换: coupons that are handed out and followed, what points buy, and who earned most."""
