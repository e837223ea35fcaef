"""What people ask of the office: questions that change nothing, each always ordered."""
