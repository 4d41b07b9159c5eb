"""Plenary: a Telegram bot that facilitates action-planning workshops."""
