"""The first page of all: while there is no user, it opens a house; afterwards it does not exist."""
