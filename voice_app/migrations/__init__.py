"""The steps from one database schema to the next."""
