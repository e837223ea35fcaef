"""The page of a case: its dates, its story, its papers, and what can be done on it."""
