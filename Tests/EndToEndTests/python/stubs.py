"""Python stubs of the contract, made from the proto files when they are needed."""

import importlib
import pathlib
import sys
import tempfile

import grpc_tools
from grpc_tools import protoc

ROOT = pathlib.Path(__file__).resolve().parents[3]
CONTRACT = ROOT / "proto"
# Debian's package grpc-proto: health and reflection as the standard has them.
STANDARD = pathlib.Path("/usr/share/grpc-proto")
STANDARD_FILES = ["grpc/health/v1/health.proto", "grpc/reflection/v1/reflection.proto"]


def generate():
    """Makes the stubs in a temporary folder, and adds it to Python's search path; it goes when the program ends."""
    build = ROOT / ".build"
    folder = tempfile.TemporaryDirectory(prefix="python-stubs-", dir=build if build.is_dir() else None)
    sources = sorted(str(path.relative_to(CONTRACT)) for path in CONTRACT.glob("lanyard/v1/*.proto"))
    well_known = pathlib.Path(grpc_tools.__file__).parent / "_proto"
    arguments = [
        "protoc", f"-I{CONTRACT}", f"-I{STANDARD}", f"-I{well_known}",
        f"--python_out={folder.name}", f"--grpc_python_out={folder.name}", *sources, *STANDARD_FILES,
    ]
    if protoc.main(arguments) != 0:
        sys.exit("the stubs could not be made from proto/")
    # A generated package `grpc` would hide the library of that name, so the library is told of the folder too.
    grpc = importlib.import_module("grpc")
    grpc.__path__.append(str(pathlib.Path(folder.name) / "grpc"))
    sys.path.insert(0, folder.name)
    return folder
