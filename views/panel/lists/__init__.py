"""The lists that are more than a table: cases and steps, their tabs, filters and bulk acts."""
