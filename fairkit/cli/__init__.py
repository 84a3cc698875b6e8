"""The command line: one thin file per verb; `edge` turns errors into exit codes."""
