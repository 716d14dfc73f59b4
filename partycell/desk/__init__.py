"""What the desk shows beside the records: forms, charts, number cards, landing, the first hour, help."""
