"""Day-scale care: check-ins, warning signs, a plan that holds back, the load picture. Pure; fed by day summaries."""
