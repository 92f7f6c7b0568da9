"""乱码: whatever is sent, scanned or brought in is answered in words; nothing ends, no 5xx."""
