#ifndef LANYARD_CPROTOBUFC_SHIM_H
#define LANYARD_CPROTOBUFC_SHIM_H

// The run time that the generated code of badge_code.proto calls.
#include <protobuf-c/protobuf-c.h>

#endif
