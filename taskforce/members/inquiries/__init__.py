"""What people outside write to organisations, whose addresses they never see."""
