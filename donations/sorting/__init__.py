"""What comes out of cartons and pallets: articles in stock, refusals with their reason, and the end of a container."""
