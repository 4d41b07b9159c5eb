"""Plans as files: what is sent, what is read in, and the words that they are written with."""
