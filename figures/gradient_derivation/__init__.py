"""What only the derivation of the gradient draws."""
