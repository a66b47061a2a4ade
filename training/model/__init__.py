"""From labelled lines to a line model: fitted, measured, compared, promoted."""
