"""What is kept, and how: SQLAlchemy ends here. The same code runs on SQLite and PostgreSQL."""
