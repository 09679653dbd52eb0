"""Workers that draw chapters: processes on this machine, or a cluster."""
