"""Follows an event as a program in another language does: its headcounts, and every change and scan."""

from lanyard.v1 import attendance_service_pb2 as attendance
from lanyard.v1 import attendance_service_pb2_grpc as attendance_grpc
from lanyard.v1 import check_in_service_pb2 as check_in
from lanyard.v1 import feed_service_pb2 as feed
from lanyard.v1 import feed_service_pb2_grpc as feed_grpc

from expectations import expect, ok

# Seconds after which a call hangs; no figure of how fast it should be.
DEADLINE = 300


def check(channel, parent, scan):
    """What is told of one more scan, which `scan()` makes; it returns its answer."""
    headcounts = attendance_grpc.AttendanceServiceStub(channel)
    feeds = feed_grpc.FeedServiceStub(channel)

    name = "headcounts come whole, and then those that have changed"
    watched = headcounts.WatchAttendance(
        attendance.WatchAttendanceRequest(name=f"{parent}/attendance"), timeout=DEADLINE
    )
    first = next(watched)
    expect(name, first.snapshot, True)
    known = {each.checkpoint: each for each in first.attendance.checkpoints}
    followed = feeds.WatchChanges(feed.WatchChangesRequest(parent=parent), timeout=DEADLINE)
    start = next(followed)
    expect(name, len(start.entries), 0)
    made = scan()
    message = next(watched)
    while not message.attendance.checkpoints:
        message = next(watched)
    expect(name, (message.snapshot, len(message.attendance.checkpoints) < len(known)), (False, True))
    known.update({each.checkpoint: each for each in message.attendance.checkpoints})
    asked = headcounts.GetAttendance(
        attendance.GetAttendanceRequest(name=f"{parent}/attendance"), timeout=DEADLINE
    )
    expect(name, {each.checkpoint: each for each in asked.checkpoints}, known)
    watched.cancel()
    ok(name)

    name = "a feed tells the scan, and again from its cursor"
    told = next(followed)
    expect(name, [each.scan.check_in for each in told.entries], [made.name])
    expect(name, told.entries[0].scan.answer, made.answer)
    followed.cancel()
    again = feeds.WatchChanges(feed.WatchChangesRequest(parent=parent, cursor=start.cursor), timeout=DEADLINE)
    expect(name, list(next(again).entries), list(told.entries))
    again.cancel()
    ok(name)

    name = "a feed from its start tells all that there is, each once"
    whole = feeds.WatchChanges(feed.WatchChangesRequest(parent=parent, from_start=True), timeout=DEADLINE)
    numbers = []
    for message in whole:
        numbers += [each.sequence for each in message.entries]
        if numbers[-1] == told.entries[-1].sequence:
            break
    whole.cancel()
    expect(name, numbers, sorted(set(numbers)))
    ok(name)
