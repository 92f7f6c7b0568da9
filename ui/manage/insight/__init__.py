"""分析: the reports, asked and shown."""
