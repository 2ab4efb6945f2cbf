"""The command line: small commands without logic of their own."""
