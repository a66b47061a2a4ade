"""Figures as a page of HTML that people look at."""
