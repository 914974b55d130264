"""How long it takes to give badges, one and ten thousand, and to show one."""
