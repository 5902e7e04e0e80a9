"""From rows to items: which column is what, what each row becomes, and writing it exactly once."""
