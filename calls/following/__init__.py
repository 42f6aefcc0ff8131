"""Follow a call or a consortium: reminders of its dates, and word of what changes."""
