"""Tests of how the database is kept up to date."""
