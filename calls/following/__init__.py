"""Follow a call or a consortium: reminders of its dates, and mail about changes."""
