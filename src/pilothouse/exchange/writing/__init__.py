"""From items to files: every list as CSV and as a spreadsheet, a product as one file."""
