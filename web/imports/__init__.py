"""The import engine: it reads a file, says what it would do, then does all of it or nothing. It knows no domain."""
