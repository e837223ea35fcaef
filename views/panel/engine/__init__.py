"""What every table of the panel shares: the lock, the list, the form, the files, the bulk acts."""
