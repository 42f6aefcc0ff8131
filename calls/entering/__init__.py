"""Enter calls: paste a link, take over what the EU portal says, edit, and read it again."""
