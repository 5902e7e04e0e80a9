"""Reading what was answered: columns, readings question by question, cross-tabs, weights, codes and rows."""
