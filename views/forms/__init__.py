"""How declarations become form fields: columns, references, the inputs of acts."""
