"""SQLite storage: one connection, migrations, one module per aggregate."""
