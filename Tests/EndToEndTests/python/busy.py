"""What a client meets that compresses its messages or resets many calls: a message that says what to do."""

import threading

import grpc
from lanyard.v1 import check_in_service_pb2 as check_in
from lanyard.v1 import check_in_service_pb2_grpc as check_in_grpc
from lanyard.v1 import event_service_pb2 as event
from lanyard.v1 import event_service_pb2_grpc as event_grpc

from expectations import expect, fail, failure, ok, refused

# Seconds after which a call hangs; no figure of how fast it should be.
DEADLINE = 300
# Calls that a client may reset in 30 seconds.
RESETS = 200
# A channel that shares its connection with no other.
UNSHARED = [("grpc.use_local_subchannel_pool", 1)]


def check(server, credentials, checkpoint):
    """Runs all checks, each on connections of its own."""
    check_compressed(server, credentials)
    check_resets(server, credentials, checkpoint)


def check_compressed(server, credentials):
    name = "a call that compresses its messages is refused in words, and the connection goes on"
    with grpc.secure_channel(server, credentials) as channel:
        events = event_grpc.EventServiceStub(channel)
        request = event.ListEventsRequest()
        for coding, called in [(grpc.Compression.Gzip, "gzip"), (grpc.Compression.Deflate, "deflate")]:
            error = refused(
                name, grpc.StatusCode.UNIMPLEMENTED, "MESSAGES_NOT_COMPRESSED", events.ListEvents, request,
                compression=coding, timeout=DEADLINE,
            )
            expect(name, called in error.details(), True)
        expect(name, len(events.ListEvents(request, timeout=DEADLINE).events) > 0, True)
    ok(name)


def check_resets(server, credentials, checkpoint):
    name = "who resets more than 200 calls in 30 seconds is told so by what else is open, and goes on with a new connection"
    with grpc.secure_channel(server, credentials, UNSHARED) as channel:
        lanes = check_in_grpc.CheckInServiceStub(channel)
        with open_lane(lanes, checkpoint) as held:
            for _ in range(RESETS):
                with open_lane(lanes, checkpoint):
                    pass
            # So many are taken: the stream that was opened first still answers.
            held.report()
            # The one too many, and some more in case these come to the next half minute.
            try:
                for _ in range(RESETS):
                    with open_lane(lanes, checkpoint):
                        pass
            except grpc.RpcError as error:
                expect(name, error.code(), grpc.StatusCode.UNAVAILABLE)
            ended = failure(name, grpc.StatusCode.UNAVAILABLE, held.until_ended)
            if f"more than {RESETS} calls" not in ended.details():
                fail(name, ended.details())
        with open_lane(lanes, checkpoint) as again:
            again.report()
    ok(name)


class open_lane:
    """A lane's stream that the server has opened; it is cancelled at the end."""

    def __init__(self, lanes, checkpoint):
        self.reports = threading.Semaphore(0)
        self.is_over = False
        self.call = lanes.StreamCheckIns(self.messages(checkpoint), timeout=DEADLINE)

    def messages(self, checkpoint):
        yield check_in.StreamCheckInsRequest(checkpoint=checkpoint)
        while self.reports.acquire() and not self.is_over:
            yield check_in.StreamCheckInsRequest(report=check_in.DeviceReport(version="python"))

    def __enter__(self):
        try:
            next(self.call)
        except grpc.RpcError:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.call.cancel()
        self.is_over = True
        self.reports.release()

    def report(self):
        """Sends a report, and waits for its answer."""
        self.reports.release()
        next(self.call)

    def until_ended(self):
        """Reads until the server or the connection ends it."""
        for _ in self.call:
            pass
