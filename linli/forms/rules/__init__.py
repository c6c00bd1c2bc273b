"""What a form is, and what of it is asked and accepted. Pure: no ORM, no clock."""
