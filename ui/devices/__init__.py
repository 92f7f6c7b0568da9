"""外设: printers, paper and sounds; plain Python, so that the screenless till has them too."""
