"""The Plan view: today, the week, the path, check-ins, the load picture, and what came before a harder day."""
