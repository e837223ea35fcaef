"""Every word of the pages: labels, messages, values, help. Portal and panel read these."""
