"""What pages, papers and acts ask of the rows, noun by noun; nothing here writes."""
