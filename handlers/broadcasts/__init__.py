"""Facilitators write to many: to whom (`choosing`), what and when (`writing`, `when`), and what becomes of it (`going`,
`result`, `listing`).
"""
