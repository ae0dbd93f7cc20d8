"""What the judge and a student's process say to each other, written and read on both sides: JSON and bytes."""
