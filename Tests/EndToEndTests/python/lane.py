"""A lane's device in another language: enrols with a key of its own, is known by its certificate, scans on a stream,
follows the roster and uploads what it decided while it was offline."""

import pathlib
import subprocess
import tempfile
import threading
import uuid

import grpc
from google.protobuf import duration_pb2
from lanyard.v1 import check_in_service_pb2 as check_in
from lanyard.v1 import check_in_service_pb2_grpc as check_in_grpc
from lanyard.v1 import device_service_pb2 as device
from lanyard.v1 import device_service_pb2_grpc as device_grpc

from expectations import expect, fail, failure, ok, refused

# Seconds after which a call hangs; no figure of how fast it should be.
DEADLINE = 300


def check(server, authority, organiser, parent, checkpoint, codes):
    """Runs all checks. `codes` are of badges whose bearers may go in."""
    devices = device_grpc.DeviceServiceStub(organiser)
    name = "a device enrols with a code and a key that it keeps"
    code = devices.CreateEnrolmentCode(
        device.CreateEnrolmentCodeRequest(
            parent=parent, display_name="Python", profile=device.DEVICE_PROFILE_LANE, checkpoints=[checkpoint],
        ),
        timeout=DEADLINE,
    ).code
    key, request = certificate_request()
    stranger = grpc.secure_channel(server, grpc.ssl_channel_credentials(root_certificates=authority))
    with stranger:
        enrolled = device_grpc.DeviceServiceStub(stranger).EnrolDevice(
            device.EnrolDeviceRequest(code=code, certificate_request=request), timeout=DEADLINE,
        )
    expect(name, (enrolled.device.profile, list(enrolled.device.checkpoints)), (device.DEVICE_PROFILE_LANE, [checkpoint]))
    ok(name)

    credentials = grpc.ssl_channel_credentials(authority, key, enrolled.certificate.encode())
    with grpc.secure_channel(server, credentials) as channel:
        lane = check_in_grpc.CheckInServiceStub(channel)
        check_stream(lane, checkpoint, codes)
        check_roster(lane, parent, len(codes))
        check_upload(lane, parent, checkpoint, codes)
        check_profile(channel, parent)
        check_revoked(devices, enrolled.device.name, lane, checkpoint)


def certificate_request():
    """A private key and a PKCS#10 request, both in PEM, made by openssl."""
    with tempfile.TemporaryDirectory() as folder:
        key = pathlib.Path(folder, "key.pem")
        made = subprocess.run(
            ["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-keyout", key, "-subj", "/CN=python"],
            capture_output=True, check=True, text=True,
        )
        return key.read_bytes(), made.stdout


def scan(code, direction):
    """One reading, with an id of its own."""
    return check_in.Scan(scan_id=str(uuid.uuid4()), code=code, direction=direction)


def check_stream(lane, checkpoint, codes):
    """In and out on a stream, with no token."""
    name = "a lane scans on a stream with its certificate and no token"
    # Out comes first, since a way out is never refused.
    ways = [check_in.DIRECTION_OUT, check_in.DIRECTION_IN, check_in.DIRECTION_OUT]

    def requests():
        yield check_in.StreamCheckInsRequest(
            checkpoint=checkpoint, report=check_in.DeviceReport(version="python", scans_waiting=0),
        )
        for way in ways:
            yield check_in.StreamCheckInsRequest(scans=[scan(each, way) for each in codes])

    answers = [
        result.check_in.answer
        for message in lane.StreamCheckIns(requests(), timeout=DEADLINE) for result in message.results
    ]
    wanted = [check_in.ANSWER_LEFT, check_in.ANSWER_ADMITTED, check_in.ANSWER_LEFT]
    expect(name, answers, [each for each in wanted for _ in codes])
    ok(name)


def check_roster(lane, parent, least):
    """A snapshot with the plan and the badges, sealed."""
    name = "the roster begins with a snapshot, and nobody can be read from it"
    entries, plan = [], None
    watch = lane.WatchRoster(check_in.WatchRosterRequest(parent=parent), timeout=DEADLINE)
    for message in watch:
        if message.HasField("plan"):
            plan = message.plan
        entries += message.entries
        if message.cursor:
            break
    watch.cancel()
    if plan is None or not plan.verification_keys or len(entries) < least:
        fail(name, f"{len(entries)} entries, plan {plan is not None}")
    if any(b"Person" in each.sealed or b"example.org" in each.SerializeToString() for each in entries):
        fail(name, "an entry can be read")
    ok(name)


def check_upload(lane, parent, checkpoint, codes):
    """What was decided offline is a fact, and counts once though sent twice."""
    name = "an upload is recorded once though it is sent twice"
    entries = [
        check_in.OfflineCheckIn(
            checkpoint=checkpoint, scan=scan(each, check_in.DIRECTION_IN), answer=check_in.ANSWER_ADMITTED,
            age=duration_pb2.Duration(nanos=1_000_000),
        )
        for each in codes
    ]
    request = check_in.UploadCheckInsRequest(parent=parent, check_ins=entries)
    first, second = (lane.UploadCheckIns(request, timeout=DEADLINE) for _ in range(2))
    expect(name, [each.check_in.answer for each in first.results], [check_in.ANSWER_ADMITTED] * len(codes))
    expect(name, second, first)
    expect(name, [list(each.conflicts) for each in first.results], [[] for _ in codes])
    out = [
        check_in.OfflineCheckIn(
            checkpoint=checkpoint, scan=scan(each, check_in.DIRECTION_OUT), answer=check_in.ANSWER_LEFT,
            age=duration_pb2.Duration(),
        )
        for each in codes
    ]
    lane.UploadCheckIns(check_in.UploadCheckInsRequest(parent=parent, check_ins=out), timeout=DEADLINE)
    ok(name)


def check_profile(channel, parent):
    """A lane may not do what an organiser does."""
    name = "a lane's device may not list devices"
    devices = device_grpc.DeviceServiceStub(channel)
    refused(
        name, grpc.StatusCode.PERMISSION_DENIED, "PROFILE_NOT_ALLOWED", devices.ListDevices,
        device.ListDevicesRequest(parent=parent), timeout=DEADLINE,
    )
    ok(name)


def check_revoked(devices, name_of_device, lane, checkpoint):
    """An open stream ends, and no other begins."""
    name = "a revoked device is out: its stream ends, which sends nothing more"
    over = threading.Event()

    def requests():
        yield check_in.StreamCheckInsRequest(checkpoint=checkpoint)
        over.wait()

    stream = lane.StreamCheckIns(requests(), timeout=DEADLINE)
    next(stream)
    devices.RevokeDevice(device.RevokeDeviceRequest(name=name_of_device), timeout=DEADLINE)
    failure(name, grpc.StatusCode.UNAUTHENTICATED, next, stream)
    over.set()
    refused(
        name, grpc.StatusCode.UNAUTHENTICATED, "DEVICE_REVOKED", lane.CheckIn,
        check_in.CheckInRequest(checkpoint=checkpoint), timeout=DEADLINE,
    )
    ok(name)
