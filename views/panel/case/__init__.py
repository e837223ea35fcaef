"""The page of a case: its dates, its story, its documents, and what can be done on it."""
