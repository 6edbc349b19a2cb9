"""What the commands share, how they tell a plan, and those about each matter."""
