"""An analysis in a notebook: a summary as HTML, tables for pandas, a picture. Loaded when first asked for."""
