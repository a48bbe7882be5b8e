"""What the model beside imports."""

ANSWER = "fine"
