"""Reports written straight from the form, with oddities and layouts of their own, to see what passes unseen."""
