"""The world -> Documents."""
