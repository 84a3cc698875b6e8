"""What strangers may try: addresses, contexts, sizes and texts, each through the whole program."""
