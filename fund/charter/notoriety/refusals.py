"""What the rules of notoriety refuse, by name."""
