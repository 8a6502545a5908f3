"""Reads and makes badge codes by what proto/lanyard/badgecode/v1/badge_code.proto says of them, and by nothing else.

    LANYARD_TEST_PYTHON badge_codes.py VECTORS.json PROTO_FOLDER

Checks each vector: its fields, its encoding, its signature, and that no bit of it may be another. Then prints, a line each,
codes of its own with the public keys that verify them. Ends with 1 and says what is wrong where anything is.
"""

import base64
import importlib
import json
import random
import sys
import tempfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from grpc_tools import protoc

PREFIX = b"LY1"
FIELDS = ["key_id", "event", "stakeholder_group", "valid_from", "valid_until"]


def load(folder):
    """The generated module of the contract's message."""
    out = tempfile.mkdtemp()
    if protoc.main(["protoc", f"-I{folder}", f"--python_out={out}", "badge_code.proto"]) != 0:
        sys.exit("badge_code.proto does not compile")
    sys.path.insert(0, out)
    return importlib.import_module("badge_code_pb2")


def to_text(payload, signature):
    return (PREFIX + base64.b32encode(payload + signature).rstrip(b"=")).decode()


def from_text(text):
    body = text.encode()
    assert body.startswith(PREFIX), "another prefix"
    body = body[len(PREFIX):]
    data = base64.b32decode(body + b"=" * (-len(body) % 8))
    return data[:-64], data[-64:]


def verifies(public, payload, signature):
    try:
        public.verify(signature, PREFIX + payload)
        return True
    except InvalidSignature:
        return False


def message_of(module, vector):
    return module.BadgeCode(
        serial=int(vector["serial"], 16),
        participation="PARTICIPATION_" + vector["participation"],
        **{field: vector[field] for field in FIELDS},
    )


def check(module, vector):
    payload, signature = from_text(vector["code"])
    message = module.BadgeCode.FromString(payload)
    assert message == message_of(module, vector), f"other fields: {message}"
    assert message.SerializeToString(deterministic=True) == payload, "another encoding"
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vector["private_key"]))
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(vector["public_key"]))
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    assert raw.hex() == vector["public_key"], "another public key"
    assert private.sign(PREFIX + payload) == signature, "another signature"
    assert verifies(public, payload, signature), "the signature does not hold"
    whole = payload + signature
    for bit in range(8 * len(whole)):
        changed = bytearray(whole)
        changed[bit // 8] ^= 1 << bit % 8
        assert not verifies(public, bytes(changed[:-64]), bytes(changed[-64:])), f"bit {bit} may be another"


def make(module, generator):
    """A vector of its own."""
    private = Ed25519PrivateKey.generate()
    start = generator.randrange(1 << 32)
    vector = {
        "key_id": generator.choice([0, 1, 127, 128, generator.randrange(1 << 32)]),
        "serial": f"{generator.randrange(1 << 64):016x}",
        "event": "".join(generator.choices("abcdefghijklmnopqrstuvwxyz0123456789-", k=generator.randint(1, 40))),
        "stakeholder_group": generator.choice([0, 1, 9, generator.randrange(1 << 32)]),
        "participation": generator.choice(["ONSITE", "REMOTE"]),
        "valid_from": start,
        "valid_until": generator.randrange(start, 1 << 32),
        "public_key": private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex(),
    }
    payload = message_of(module, vector).SerializeToString(deterministic=True)
    return vector | {"code": to_text(payload, private.sign(PREFIX + payload))}


def main():
    module = load(sys.argv[2])
    with open(sys.argv[1], encoding="utf-8") as file:
        vectors = json.load(file)
    for number, vector in enumerate(vectors):
        try:
            check(module, vector)
        except AssertionError as error:
            sys.exit(f"vector {number}: {error}")
    generator = random.Random()
    for _ in range(100):
        print(json.dumps(make(module, generator)))


main()
