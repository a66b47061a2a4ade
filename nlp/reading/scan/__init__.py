"""Pictures of pages → lines and cells, as pages of PDFs give them."""
