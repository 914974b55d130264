"""What the tests of the ways in share."""

PEPPER = b"a pepper of the tests, of nobody"
