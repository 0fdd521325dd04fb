"""The doors of matters: what every room asks alike before something is done."""
