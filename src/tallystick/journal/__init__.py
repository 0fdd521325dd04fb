"""Who did what, when: an append-only log that every act writes into, in its own transaction."""
