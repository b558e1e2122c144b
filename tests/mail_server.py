"""A mail server for the tests."""

import socket
from email import message_from_bytes, policy


class Sink:
    """A mail server that keeps what it takes, and answers what it was told to before."""

    def __init__(self):
        self.answers = []
        self.taken = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
        if self.answers:
            return self.answers.pop(0)
        self.taken.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 taken"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
