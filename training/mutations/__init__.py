"""Reports written straight from the form, with oddities of their own, to see what is read wrong unseen."""
