"""The first steps: five short pages, with a way back and a way past them."""
