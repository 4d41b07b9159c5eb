"""A local Bot API server and a cast of people to rehearse a workshop with, on loopback only."""
