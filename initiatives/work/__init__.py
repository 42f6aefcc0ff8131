"""An initiative's way: started, joined, told of, looked at again, ended; and how pages show it."""
