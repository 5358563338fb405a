"""What partners are sent: attestations of what they gave, thanks for a delivery, reminders of what is late."""
