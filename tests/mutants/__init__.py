"""变异: the engine with one thing changed, over and over; whatever no test notices is told."""
