"""Conversations of the whole room: the daily close, reports with what is said of them, votes.

What is on stands on everybody's phone as a living message of its own (`stage`); nobody is sent it.
"""
