"""Tables of other layouts: a file says which of their columns and codes is which of the flat event schema."""
