"""What comes of the records: points, tables, a page for each student, and a summary for the instructor."""
