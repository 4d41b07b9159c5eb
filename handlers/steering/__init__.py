"""What facilitators do to the room from the board: time, doors and gates, calls, and taking the last of it back."""
