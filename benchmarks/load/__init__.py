"""How many answers a service hears in a minute, how fairly, and in how much memory."""
