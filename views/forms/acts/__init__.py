"""The forms of the acts on a case, one file per family of acts."""
