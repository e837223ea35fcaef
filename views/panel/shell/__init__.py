"""What stands around the tables: home, menu, search, keys, the tour, what waits for one."""
