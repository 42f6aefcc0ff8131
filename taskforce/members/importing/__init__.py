"""Lists of people taken in: a sheet's columns, what each row would change, and the act."""
