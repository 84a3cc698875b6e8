"""`python -m fairkit`."""

from fairkit.cli.main import main

if __name__ == "__main__":
    main()
