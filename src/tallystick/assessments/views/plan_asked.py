"""What an address of the plan and its documents names."""


class PeriodConverter:
    """The name of an operating period, such as 2022-23."""

    regex = "[0-9][0-9A-Za-z-]{0,19}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
