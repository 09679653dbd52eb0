"""The visual vocabulary: theme, stage, typography, plots, listings, equations, pipeline."""
