"""动作: one thing a person does: one function, one transaction, one outcome."""
