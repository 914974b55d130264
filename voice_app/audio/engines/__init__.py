"""One engine a file, imported only when chosen."""
