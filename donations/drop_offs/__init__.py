"""What people bring to a point, counted at the door."""
