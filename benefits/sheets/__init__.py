"""What is handed out as a workbook, noun by noun."""
