"""Out: the outbox and living messages go to people's phones, at Telegram's pace; nothing is lost.

`delivery` is the loop and the only part that others use, with `pacing`, the limits. It gives jobs from the `lanes`
(who comes next, per chat) to the `courier` (one message), `living` (one board) or `quick` (toasts and reactions); all
of them send through the `outlet`, which keeps the pace, and write what came of it into the `ledger`.
"""
