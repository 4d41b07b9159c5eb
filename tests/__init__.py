"""Tests of Plenary."""
