"""The secretariat's register of people: who is here, who is asked in, and what each may do."""
