"""What runs inside the jail: a student's statements, and the calls that the judge asks for."""
