"""benchmarks: ratios to the physical limit measured in the same run (`python -m benchmarks`)."""
