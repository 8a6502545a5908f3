"""What a check is made of: a name that is printed when it holds, and an end of the program when it does not."""

import sys

import grpc
from google.rpc import error_details_pb2
from grpc_status import rpc_status


def ok(name):
    """Says that a check holds."""
    print(f"ok {name}", flush=True)


def fail(name, why):
    """Says that a check does not hold, and ends the program."""
    print(f"not ok {name}: {why}", flush=True)
    sys.exit(1)


def expect(name, found, wanted):
    """Ends the program where what was found is not what was wanted."""
    if found != wanted:
        fail(name, f"found {found!r}, wanted {wanted!r}")


def failure(name, code, call, *arguments, **options):
    """Makes a call that must fail with a status code, and returns the error."""
    try:
        answer = call(*arguments, **options)
    except grpc.RpcError as error:
        if error.code() != code:
            fail(name, f"status {error.code().name}, wanted {code.name}: {error.details()}")
        return error
    return fail(name, f"no error, but {answer!r}")


def refused(name, code, reason, call, *arguments, field=None, **options):
    """Makes a call that the service must refuse: with a status code, an ErrorInfo reason, and the field at fault."""
    error = failure(name, code, call, *arguments, **options)
    status = rpc_status.from_call(error)
    if status is None:
        fail(name, "the error has no google.rpc.Status in grpc-status-details-bin")
    expect(name, status.code, code.value[0])
    infos = unpacked(status, error_details_pb2.ErrorInfo)
    expect(name, [(info.reason, info.domain) for info in infos], [(reason, "lanyard.v1")])
    violations = [each for bad in unpacked(status, error_details_pb2.BadRequest) for each in bad.field_violations]
    if field is not None and [each.field for each in violations] != [field]:
        fail(name, f"fields {[each.field for each in violations]}, wanted {field}")
    return error


def unpacked(status, kind):
    """The details of one kind that a status carries."""
    found = []
    for detail in status.details:
        message = kind()
        if detail.Unpack(message):
            found.append(message)
    return found
