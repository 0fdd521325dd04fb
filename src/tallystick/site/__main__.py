"""`python -m tallystick.site` is `tally`."""

from tallystick.site.cli import main

main()
