"""Uses a Lanyard server as a client that knows only its contract: gRPC over TLS, from another language.

    LANYARD_TEST_PYTHON client.py --server HOST:PORT --ca PATH --token TOKEN --bound-token TOKEN --event SLUG

The server must be fresh: the sample programme loaded, no registrations, and its clock within the days of the event
(`lanyard serve --rehearse-at`); the token is an organiser's. Prints a line `ok NAME` for each check, and ends with 1
at the first that does not hold.
"""

import argparse
import pathlib
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import types
import uuid

sys.dont_write_bytecode = True

import grpc  # noqa: E402
from google.protobuf import descriptor_pb2  # noqa: E402

import stubs  # noqa: E402
from expectations import expect, fail, failure, ok, refused  # noqa: E402

STUBS = stubs.generate()

from grpc.health.v1 import health_pb2, health_pb2_grpc  # noqa: E402
from grpc.reflection.v1 import reflection_pb2, reflection_pb2_grpc  # noqa: E402
from lanyard.v1 import attendance_service_pb2 as attendance  # noqa: E402
from lanyard.v1 import attendance_service_pb2_grpc as attendance_grpc  # noqa: E402
from lanyard.v1 import badge_service_pb2 as badge  # noqa: E402
from lanyard.v1 import badge_service_pb2_grpc as badge_grpc  # noqa: E402
from lanyard.v1 import check_in_service_pb2 as check_in  # noqa: E402
from lanyard.v1 import check_in_service_pb2_grpc as check_in_grpc  # noqa: E402
from lanyard.v1 import event_service_pb2 as event  # noqa: E402
from lanyard.v1 import event_service_pb2_grpc as event_grpc  # noqa: E402
from lanyard.v1 import participation_pb2 as participation  # noqa: E402
from lanyard.v1 import registration_service_pb2 as registration  # noqa: E402
from lanyard.v1 import registration_service_pb2_grpc as registration_grpc  # noqa: E402

import busy  # noqa: E402
import lane  # noqa: E402
import watching  # noqa: E402

# Seconds after which a call hangs; no figure of how fast it should be.
DEADLINE = 300
# People who pass the stream's lane in and out by turns, until so many scans were sent.
PEOPLE = 20
SCANS = 500
# Scans of one message: they differ, so that no boundary hides a fault.
MESSAGE_SIZES = [1, 64, 7, 33, 2]


def main():
    parser = argparse.ArgumentParser()
    for name in ["--server", "--ca", "--token", "--bound-token", "--event"]:
        parser.add_argument(name, required=True)
    options = parser.parse_args()
    authority = pathlib.Path(options.ca).read_bytes()
    tls = grpc.ssl_channel_credentials(root_certificates=authority)
    token = grpc.access_token_call_credentials(options.token)
    with (
        grpc.secure_channel(options.server, tls) as stranger,
        grpc.secure_channel(options.server, grpc.composite_channel_credentials(tls, token)) as channel,
    ):
        check_transport(options.server, options.ca)
        check_access(options.server, stranger)
        check_bound(stranger, options.bound_token, f"events/{options.event}")
        check_large_headers(stranger)
        check_large_messages(channel, f"events/{options.event}")
        services = types.SimpleNamespace(
            events=event_grpc.EventServiceStub(channel),
            registrations=registration_grpc.RegistrationServiceStub(channel),
            badges=badge_grpc.BadgeServiceStub(channel),
            check_ins=check_in_grpc.CheckInServiceStub(channel),
            attendance=attendance_grpc.AttendanceServiceStub(channel),
        )
        name = f"events/{options.event}"
        lanes = entrances(services, name)
        people = check_registrations(services, name)
        codes = check_badges(services, name, people)
        check_unary(services, name, lanes[0], codes)
        check_cancelled(services, name, lanes[0])
        check_stream(services, lanes[1], codes)
        check_attendance(services, name, lanes, codes)
        watching.check(channel, name, lambda: way_out(services, lanes[0], codes[0]))
        lane.check(options.server, authority, channel, name, lanes[2], codes[1:])
        busy.check(options.server, grpc.composite_channel_credentials(tls, token), lanes[3])
        check_reflection(channel)


def check_transport(server, authority):
    """What the port speaks: TLS 1.3 to who trusts the authority, and nothing in the clear."""
    name = "TLS 1.3 with ALPN h2"
    host, port = server.rsplit(":", 1)
    context = ssl.create_default_context(cafile=authority)
    context.set_alpn_protocols(["h2"])
    with socket.create_connection((host, int(port)), timeout=DEADLINE) as connection:
        with context.wrap_socket(connection, server_hostname=host) as secured:
            expect(name, (secured.version(), secured.selected_alpn_protocol()), ("TLSv1.3", "h2"))
    ok(name)

    name = "plaintext is refused"
    with grpc.insecure_channel(server) as channel:
        check = health_pb2_grpc.HealthStub(channel).Check
        failure(name, grpc.StatusCode.UNAVAILABLE, check, health_pb2.HealthCheckRequest(), timeout=DEADLINE)
    ok(name)


def check_bound(stranger, token, own):
    """A desk's token for one event is good for that one."""
    name = "a token for one event is refused another, and lists its own"
    bearer = [("authorization", f"Bearer {token}")]
    events = event_grpc.EventServiceStub(stranger)
    listed = events.ListEvents(event.ListEventsRequest(), metadata=bearer, timeout=DEADLINE)
    expect(name, [each.name for each in listed.events], [own])
    sessions = events.ListSessions(event.ListSessionsRequest(parent=own), metadata=bearer, timeout=DEADLINE)
    expect(name, bool(sessions.sessions), True)
    registrations = registration_grpc.RegistrationServiceStub(stranger)
    other = "events/wsis20-ocp"
    for call, request in [
        (events.ListSessions, event.ListSessionsRequest(parent=other)),
        (registrations.ListRegistrations, registration.ListRegistrationsRequest(parent=other)),
        (registrations.GetRegistration, registration.GetRegistrationRequest(name=f"{other}/registrations/none")),
    ]:
        refused(
            name, grpc.StatusCode.PERMISSION_DENIED, "EVENT_NOT_ALLOWED", call, request,
            metadata=bearer, timeout=DEADLINE,
        )
    ok(name)


def check_access(server, stranger):
    """Health is for everyone, all else for who has a token."""
    name = "health without a token is SERVING"
    health = health_pb2_grpc.HealthStub(stranger)
    for service in ["", "lanyard.v1.CheckInService"]:
        answer = health.Check(health_pb2.HealthCheckRequest(service=service), timeout=DEADLINE)
        expect(name, answer.status, health_pb2.HealthCheckResponse.SERVING)
    ok(name)

    name = "health of a service that is not there is NOT_FOUND"
    request = health_pb2.HealthCheckRequest(service="lanyard.v1.NoService")
    failure(name, grpc.StatusCode.NOT_FOUND, health.Check, request, timeout=DEADLINE)
    ok(name)

    name = "a call without a token is UNAUTHENTICATED"
    events = event_grpc.EventServiceStub(stranger)
    request = event.ListCheckpointsRequest(parent="events/-")
    refused(name, grpc.StatusCode.UNAUTHENTICATED, "TOKEN_MISSING", events.ListCheckpoints, request, timeout=DEADLINE)
    ok(name)

    name = "a call without a token knows of the events alone that have public pages"
    request = event.ListEventsRequest()
    expect(name, len(events.ListEvents(request, timeout=DEADLINE).events), 1)
    ok(name)

    name = "a token that is not known is UNAUTHENTICATED"
    wrong = [("authorization", "Bearer lanyard_00000000_" + "0" * 64)]
    refused(
        name, grpc.StatusCode.UNAUTHENTICATED, "TOKEN_REFUSED", events.ListEvents, request,
        metadata=wrong, timeout=DEADLINE,
    )
    ok(name)


def check_large_headers(channel):
    """Too much metadata fails its call alone."""
    name = "metadata over the limit is RESOURCE_EXHAUSTED, and another call of the connection goes on"
    health = health_pb2_grpc.HealthStub(channel)
    watched = health.Watch(health_pb2.HealthCheckRequest(), timeout=DEADLINE * 3)
    expect(name, next(watched).status, health_pb2.HealthCheckResponse.SERVING)
    request = health_pb2.HealthCheckRequest()
    for size in [20, 70, 300, 900]:
        many = [(f"x-{number}", "y" * 400) for number in range(size * 1024 // 450)]
        for metadata in [many, [("x", "y~" * (size * 512))]]:
            refused(
                name, grpc.StatusCode.RESOURCE_EXHAUSTED, "HEADERS_TOO_LARGE", health.Check, request,
                metadata=metadata, timeout=DEADLINE,
            )
    health.Check(request, timeout=DEADLINE)
    expect(name, watched.is_active(), True)
    watched.cancel()
    ok(name)


def check_large_messages(channel, parent):
    """Too large a message fails its call alone, of a call that sends several too, and says the limit."""
    name = "a message over the limit is RESOURCE_EXHAUSTED with the limit, and the connection goes on"
    events = event_grpc.EventServiceStub(channel)
    check_ins = check_in_grpc.CheckInServiceStub(channel)
    for size in [5, 8, 24]:
        large = "x" * (size * 1024 * 1024)
        calls = [
            (events.GetEvent, event.GetEventRequest(name=large)),
            (check_ins.CheckIn, check_in.CheckInRequest(checkpoint=large)),
            (
                lambda messages, **options: list(check_ins.StreamCheckIns(messages, **options)),
                iter([check_in.StreamCheckInsRequest(checkpoint=large)] * 2),
            ),
        ]
        for call, request in calls:
            error = refused(
                name, grpc.StatusCode.RESOURCE_EXHAUSTED, "REQUEST_TOO_LARGE", call, request, timeout=DEADLINE
            )
            expect(name, "4,194,304" in error.details() or "4194304" in error.details(), True)
        events.GetEvent(event.GetEventRequest(name=parent), timeout=DEADLINE)
    ok(name)


def entrances(services, parent):
    """Resource names of the event's entrances."""
    name = "the programme has entrances"
    request = event.ListCheckpointsRequest(parent=parent)
    found = services.events.ListCheckpoints(request, timeout=DEADLINE).checkpoints
    lanes = [each.name for each in found if each.kind == event.Checkpoint.KIND_ENTRANCE]
    if len(lanes) < 2:
        fail(name, f"found {lanes}")
    ok(name)
    return lanes


def person(number, **fields):
    """A registration to make."""
    fields = {
        "email": f"person{number}@example.org",
        "given_name": "Person",
        "family_name": f"Number {number}",
        "organisation": "Test",
        "country": "CH",
        "stakeholder_group": "Academia",
        "participation": participation.PARTICIPATION_ONSITE,
        "language": "en",
        **fields,
    }
    return registration.Registration(**fields)


def check_registrations(services, parent):
    """Registering, sending again, doublets, wrong fields, pages; returns the registrations that were made."""
    create = services.registrations.CreateRegistration

    name = "an Arabic name is registered and CONFIRMED"
    arabic = person(0, email="Noor.Haddad@example.org", given_name="نور", family_name="الحدّاد", language="ar")
    request = registration.CreateRegistrationRequest(
        parent=parent, registration=arabic, request_id=str(uuid.uuid4())
    )
    made = create(request, timeout=DEADLINE)
    expect(name, made.state, registration.Registration.STATE_CONFIRMED)
    expect(name, made.display_name, "نور الحدّاد")
    read = services.registrations.GetRegistration(
        registration.GetRegistrationRequest(name=made.name), timeout=DEADLINE
    )
    expect(name, read, made)
    ok(name)

    name = "the same request_id again returns the same registration"
    expect(name, create(request, timeout=DEADLINE), made)
    ok(name)

    name = "the same request_id with other content is INVALID_ARGUMENT"
    other = registration.CreateRegistrationRequest(
        parent=parent, registration=person(99), request_id=request.request_id
    )
    refused(
        name, grpc.StatusCode.INVALID_ARGUMENT, "REQUEST_ID_REUSED", create, other,
        field="request_id", timeout=DEADLINE,
    )
    ok(name)

    name = "the same e-mail address in other case is ALREADY_EXISTS"
    doublet = registration.CreateRegistrationRequest(
        parent=parent, registration=person(0, email="noor.HADDAD@Example.org")
    )
    refused(name, grpc.StatusCode.ALREADY_EXISTS, "ALREADY_REGISTERED", create, doublet, timeout=DEADLINE)
    ok(name)

    name = "a wrong field is INVALID_ARGUMENT and named"
    for field, value in [
        ("email", "nobody"), ("country", "ZZ"), ("stakeholder_group", "Pirates"), ("organisation", "x" * 201),
        ("family_name", "turned\u202eround"), ("language", "deutsch, bitte"),
    ]:
        wrong = registration.CreateRegistrationRequest(parent=parent, registration=person(98, **{field: value}))
        refused(
            name, grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", create, wrong,
            field=f"registration.{field}", timeout=DEADLINE,
        )
    ok(name)

    name = "an event that is not there is NOT_FOUND"
    nowhere = registration.CreateRegistrationRequest(parent="events/nowhere", registration=person(97))
    refused(name, grpc.StatusCode.NOT_FOUND, "NOT_FOUND", create, nowhere, timeout=DEADLINE)
    ok(name)

    others = [person(1, given_name="Zoë", family_name="Ångström")] + [person(number) for number in range(2, PEOPLE)]
    made = [made] + [
        create(registration.CreateRegistrationRequest(parent=parent, registration=each), timeout=DEADLINE)
        for each in others
    ]
    check_pages(services, parent, made)
    return made


def check_pages(services, parent, made):
    """Lists in pages, each registration once and in order; with filters; with a page token of another list."""
    listing = services.registrations.ListRegistrations

    name = "the list comes in pages, each registration once"
    request = registration.ListRegistrationsRequest(parent=parent, page_size=7)
    found = []
    while True:
        page = listing(request, timeout=DEADLINE)
        expect(name, page.total_size, PEOPLE)
        found += page.registrations
        if not page.next_page_token:
            break
        expect(name, len(page.registrations), 7)
        request.page_token = page.next_page_token
    expect(name, [each.name for each in found], [each.name for each in made])
    ok(name)

    name = "a page token of another list is INVALID_ARGUMENT"
    request.query = "other"
    refused(
        name, grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", listing, request,
        field="page_token", timeout=DEADLINE,
    )
    ok(name)

    name = "a search finds each of its words, without case and accents"
    for query, number in [("الحدّاد نور", 0), ("HADDAD noor", 0), ("zoe angstrom", 1)]:
        request = registration.ListRegistrationsRequest(
            parent=parent, query=query, state=registration.Registration.STATE_CONFIRMED
        )
        found = listing(request, timeout=DEADLINE).registrations
        expect(f"{name}: {query}", [each.name for each in found], [made[number].name])
    ok(name)


def check_badges(services, parent, people):
    """Issues badges and draws one; returns the people's codes."""
    name = "a badge is issued once"
    request = badge.IssueBadgeRequest(registration=people[0].name)
    issued = services.badges.IssueBadge(request, timeout=DEADLINE)
    expect(name, issued.state, badge.Badge.STATE_ACTIVE)
    expect(name, issued.registration, people[0].name)
    expect(name, services.badges.IssueBadge(request, timeout=DEADLINE), issued)
    ok(name)

    name = "many badges are issued in one call"
    request = badge.BatchIssueBadgesRequest(parent=parent, registrations=[each.name for each in people])
    batch = services.badges.BatchIssueBadges(request, timeout=DEADLINE)
    expect(name, (batch.issued, batch.unchanged), (PEOPLE - 1, 1))
    expect(name, [each.registration for each in batch.badges], [each.name for each in people])
    codes = [each.code for each in batch.badges]
    expect(name, len(set(codes)), PEOPLE)
    ok(name)

    check_pictures(services, issued)
    return codes


def check_pictures(services, issued):
    """Draws a badge, and reads the picture with a reader that this project did not write."""
    pictures = {}
    for kind, media_type, beginning in [
        (badge.RenderBadgeRequest.FORMAT_PNG, "image/png", b"\x89PNG\r\n\x1a\n"),
        (badge.RenderBadgeRequest.FORMAT_SVG, "image/svg+xml", b"<"),
        (badge.RenderBadgeRequest.FORMAT_PDF, "application/pdf", b"%PDF-"),
    ]:
        name = f"a badge is drawn as {media_type}"
        request = badge.RenderBadgeRequest(name=issued.name, format=kind)
        drawn = services.badges.RenderBadge(request, timeout=DEADLINE)
        expect(name, drawn.media_type, media_type)
        expect(name, drawn.content[: len(beginning)], beginning)
        pictures[media_type] = drawn.content
        ok(name)

    name = "a badge without a stated format is INVALID_ARGUMENT"
    request = badge.RenderBadgeRequest(name=issued.name)
    refused(
        name, grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD", services.badges.RenderBadge, request,
        field="format", timeout=DEADLINE,
    )
    ok(name)

    if not shutil.which("zbarimg"):
        print("skipped: zbarimg is not there to read the picture back", flush=True)
        return
    name = "zbarimg reads the code back from the PNG"
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "badge.png"
        path.write_bytes(pictures["image/png"])
        read = subprocess.run(
            ["zbarimg", "--quiet", "--raw", str(path)], capture_output=True, text=True, check=False
        )
        expect(name, read.stdout.strip(), issued.code)
    ok(name)


def scan(code, direction=check_in.DIRECTION_UNSPECIFIED, scan_id=None):
    """A reading of a badge."""
    made = check_in.Scan(scan_id=scan_id or str(uuid.uuid4()), code=code, direction=direction)
    made.scan_time.GetCurrentTime()
    return made


def forged(code):
    """The code with its signature changed in the middle."""
    at = len(code) - 50
    return code[:at] + ("A" if code[at] != "A" else "B") + code[at + 1 :]


def check_unary(services, parent, lane, codes):
    """One scan a call: the answers, and the same scan sent again."""
    decide = services.check_ins.CheckIn

    name = "a scan is ADMITTED with the person"
    request = check_in.CheckInRequest(checkpoint=lane, scan=scan(codes[0].lower()))
    first = decide(request, timeout=DEADLINE)
    expect(name, first.check_in.answer, check_in.ANSWER_ADMITTED)
    expect(name, first.check_in.attendee.display_name, "نور الحدّاد")
    expect(name, first.check_in.name, f"{parent}/checkIns/{request.scan.scan_id}")
    ok(name)

    name = "the same scan again gets the same answer"
    expect(name, decide(request, timeout=DEADLINE), first)
    ok(name)

    name = "the same scan_id with other content is INVALID_ARGUMENT"
    other = check_in.CheckInRequest(checkpoint=lane, scan=scan(codes[1], scan_id=request.scan.scan_id))
    refused(
        name, grpc.StatusCode.INVALID_ARGUMENT, "SCAN_ID_REUSED", decide, other,
        field="scan_id", timeout=DEADLINE,
    )
    ok(name)

    name = "a second scan is REFUSED as ALREADY_INSIDE, with when and where"
    second = decide(check_in.CheckInRequest(checkpoint=lane, scan=scan(codes[0])), timeout=DEADLINE).check_in
    expect(name, second.answer, check_in.ANSWER_REFUSED)
    expect(name, second.reason, check_in.REFUSAL_REASON_ALREADY_INSIDE)
    expect(name, second.earlier.checkpoint, lane)
    expect(name, second.earlier.admit_time, first.check_in.receive_time)
    ok(name)

    name = "a code whose signature was changed is REFUSED as FORGED"
    answer = decide(check_in.CheckInRequest(checkpoint=lane, scan=scan(forged(codes[0]))), timeout=DEADLINE).check_in
    expect(name, (answer.answer, answer.reason), (check_in.ANSWER_REFUSED, check_in.REFUSAL_REASON_FORGED))
    ok(name)

    name = "a checkpoint that is not there is NOT_FOUND"
    request = check_in.CheckInRequest(checkpoint=f"{parent}/checkpoints/nowhere", scan=scan(codes[0]))
    refused(name, grpc.StatusCode.NOT_FOUND, "NOT_FOUND", decide, request, timeout=DEADLINE)
    ok(name)


def check_cancelled(services, parent, lane):
    """Cancels a registration: what its badge, its etag and its e-mail address are worth then."""
    create = services.registrations.CreateRegistration
    cancel = services.registrations.CancelRegistration
    request = registration.CreateRegistrationRequest(parent=parent, registration=person(50))
    made = create(request, timeout=DEADLINE)
    issued = services.badges.IssueBadge(badge.IssueBadgeRequest(registration=made.name), timeout=DEADLINE)

    name = "cancelling with a stale etag is ABORTED"
    stale = registration.CancelRegistrationRequest(name=made.name, etag='"999"')
    refused(name, grpc.StatusCode.ABORTED, "ETAG_MISMATCH", cancel, stale, timeout=DEADLINE)
    ok(name)

    name = "a registration is cancelled, and cancelling again changes nothing"
    cancelled = cancel(registration.CancelRegistrationRequest(name=made.name, etag=made.etag), timeout=DEADLINE)
    expect(name, cancelled.state, registration.Registration.STATE_CANCELLED)
    again = cancel(registration.CancelRegistrationRequest(name=made.name), timeout=DEADLINE)
    expect(name, again, cancelled)
    ok(name)

    name = "the badge of a cancelled registration is REFUSED as CANCELLED"
    answer = services.check_ins.CheckIn(
        check_in.CheckInRequest(checkpoint=lane, scan=scan(issued.code)), timeout=DEADLINE
    ).check_in
    expect(name, (answer.answer, answer.reason), (check_in.ANSWER_REFUSED, check_in.REFUSAL_REASON_CANCELLED))
    ok(name)

    name = "who cancelled may register again"
    second = create(request, timeout=DEADLINE)
    expect(name, second.state, registration.Registration.STATE_CONFIRMED)
    expect(name, second.name == made.name, False)
    ok(name)

    name = "a registration that was cancelled without a badge gets none"
    cancel(registration.CancelRegistrationRequest(name=second.name), timeout=DEADLINE)
    refused(
        name, grpc.StatusCode.FAILED_PRECONDITION, "NOT_CONFIRMED", services.badges.IssueBadge,
        badge.IssueBadgeRequest(registration=second.name), timeout=DEADLINE,
    )
    ok(name)


def check_stream(services, lane, codes):
    """A lane's stream: scans sent without waiting for answers, and scans that are none."""
    name = f"{SCANS} scans sent ahead on one stream get {SCANS} answers in their order"
    rounds = SCANS // PEOPLE
    scans, wanted = [], []
    for number in range(rounds):
        goes_in = number % 2 == 0
        direction = check_in.DIRECTION_IN if goes_in else check_in.DIRECTION_OUT
        # Who came in by the other lane is inside already: the lanes lead to one venue.
        for code in codes:
            scans.append(scan(code, direction))
            is_inside = number == 0 and code == codes[0]
            wanted.append(check_in.ANSWER_REFUSED if is_inside else answer_for(goes_in))
    results = on_stream(services, name, lane, scans)
    expect(name, [each.scan_id for each in results], [each.scan_id for each in scans])
    expect(name, [each.check_in.answer for each in results], wanted)
    expect(name, results[0].check_in.reason, check_in.REFUSAL_REASON_ALREADY_INSIDE)
    ok(name)

    name = "the stream sent again gets the same answers"
    expect(name, on_stream(services, name, lane, scans), results)
    ok(name)

    name = "a forged code, garbage and a broken scan are answered, each for itself"
    odd = [
        scan(forged(codes[1])), scan("not a badge"), scan(codes[1], scan_id="no uuid"), scan(""), scan(codes[1]),
    ]
    results = on_stream(services, name, lane, odd)
    expect(
        name,
        [check_in.RefusalReason.Name(each.check_in.reason) for each in results],
        [
            "REFUSAL_REASON_FORGED", "REFUSAL_REASON_UNREADABLE", "REFUSAL_REASON_UNSPECIFIED",
            "REFUSAL_REASON_UNREADABLE", "REFUSAL_REASON_ALREADY_INSIDE",
        ],
    )
    expect(name, [each.WhichOneof("outcome") for each in results], ["check_in"] * 2 + ["error"] + ["check_in"] * 2)
    error = results[2].error
    expect(name, (error.code, error.reason), (grpc.StatusCode.INVALID_ARGUMENT.value[0], "INVALID_FIELD"))
    ok(name)

    name = "a stream that names no checkpoint is INVALID_ARGUMENT"
    nameless = iter([check_in.StreamCheckInsRequest(scans=[scan(codes[0])])])
    refused(
        name, grpc.StatusCode.INVALID_ARGUMENT, "INVALID_FIELD",
        lambda: list(services.check_ins.StreamCheckIns(nameless, timeout=DEADLINE)), field="checkpoint",
    )
    ok(name)


def answer_for(goes_in):
    """The answer to who passes without hindrance."""
    return check_in.ANSWER_ADMITTED if goes_in else check_in.ANSWER_LEFT


def on_stream(services, name, lane, scans):
    """Sends scans on one stream without waiting for answers; returns the results."""

    def messages():
        yield check_in.StreamCheckInsRequest(checkpoint=lane)
        start = 0
        while start < len(scans):
            size = MESSAGE_SIZES[start % len(MESSAGE_SIZES)]
            yield check_in.StreamCheckInsRequest(scans=scans[start : start + size])
            start += size

    answers = list(services.check_ins.StreamCheckIns(messages(), timeout=DEADLINE))
    expect(name, answers[0].HasField("opened") and answers[0].opened.checkpoint, lane)
    expect(name, [each.HasField("opened") for each in answers[1:]], [False] * (len(answers) - 1))
    return [result for answer in answers for result in answer.results]


def way_out(services, lane, code):
    """Lets somebody out; returns the answer."""
    request = check_in.CheckInRequest(checkpoint=lane, scan=scan(code, check_in.DIRECTION_OUT))
    return services.check_ins.CheckIn(request, timeout=DEADLINE).check_in


def check_attendance(services, parent, lanes, codes):
    """The headcounts after all that: people, not scans."""
    name = "attendance shows what was done"
    request = attendance.GetAttendanceRequest(name=f"{parent}/attendance")
    found = services.attendance.GetAttendance(request, timeout=DEADLINE)
    expect(name, found.people_inside, len(codes))
    counts = {each.checkpoint: each for each in found.checkpoints}
    refusals = [
        {check_in.RefusalReason.Name(each.reason): each.count for each in counts[lane].refused} for lane in lanes
    ]
    expect(
        name,
        refusals[0],
        {"REFUSAL_REASON_FORGED": 1, "REFUSAL_REASON_CANCELLED": 1, "REFUSAL_REASON_ALREADY_INSIDE": 1},
    )
    expect(
        name,
        refusals[1],
        {"REFUSAL_REASON_UNREADABLE": 2, "REFUSAL_REASON_FORGED": 1, "REFUSAL_REASON_ALREADY_INSIDE": 2},
    )
    # Everyone went out and came in by the second lane, so nobody counts as inside by the first.
    expect(name, [(counts[lane].admitted, counts[lane].inside) for lane in lanes[:2]], [(1, 0), (PEOPLE, PEOPLE)])
    expect(name, counts[lanes[1]].left, PEOPLE * (SCANS // PEOPLE // 2))
    ok(name)

    name = "attendance of one checkpoint"
    request.checkpoint = lanes[0]
    one = services.attendance.GetAttendance(request, timeout=DEADLINE)
    expect(name, [each.checkpoint for each in one.checkpoints], [lanes[0]])
    ok(name)


def check_reflection(channel):
    """The server describes itself."""
    reflection = reflection_pb2_grpc.ServerReflectionStub(channel)

    def ask(**request):
        question = reflection_pb2.ServerReflectionRequest(**request)
        return next(reflection.ServerReflectionInfo(iter([question]), timeout=DEADLINE))

    name = "reflection lists every service"
    found = [each.name for each in ask(list_services="").list_services_response.service]
    wanted = [f"lanyard.v1.{each}Service" for each in ["Attendance", "Badge", "CheckIn", "Event", "Registration"]]
    wanted += ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"]
    missing = sorted(set(wanted) - set(found))
    expect(name, missing, [])
    ok(name)

    name = "reflection describes a service with what it needs"
    answer = ask(file_containing_symbol="lanyard.v1.CheckInService").file_descriptor_response
    files = [descriptor_pb2.FileDescriptorProto.FromString(each) for each in answer.file_descriptor_proto]
    methods = {each.name: each for each in files[0].service[0].method}
    expect(name, sorted(methods), [
        "CheckIn", "SearchAttendees", "SendOut", "StreamCheckIns", "UndoCheckIn", "UploadCheckIns", "WatchRoster",
    ])
    stream = methods["StreamCheckIns"]
    expect(name, (stream.client_streaming, stream.server_streaming), (True, True))
    expect(name, sorted(set(files[0].dependency) - {each.name for each in files}), [])
    ok(name)

    name = "reflection says NOT_FOUND of what is not there"
    answer = ask(file_containing_symbol="lanyard.v1.NoService").error_response
    expect(name, answer.error_code, grpc.StatusCode.NOT_FOUND.value[0])
    ok(name)


if __name__ == "__main__":
    main()
