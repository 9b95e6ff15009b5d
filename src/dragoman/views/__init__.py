"""Something to look at: an analysis as a page in the terminal or the browser, as tables, as lines of JSON."""
