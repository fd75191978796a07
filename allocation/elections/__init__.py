"""Elections in files of the Pabulib format."""
