"""Tests of the compatibility database."""
