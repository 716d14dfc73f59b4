"""What must be put right, out of handovers and inspections, and the reminders of it."""
