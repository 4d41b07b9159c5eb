"""The rules of workshops, groups, exercises, plans and reminders: pure, without clock, network or storage."""
