#ifndef LANYARD_CZLIB_SHIM_H
#define LANYARD_CZLIB_SHIM_H

// The sheets of an .xlsx lie compressed in a ZIP archive: inflate and its checksum.
#include <zlib.h>

// A macro of zlib.h, which Swift does not see: begins to take apart data without a header, as ZIP has it.
static inline int lanyard_inflateRaw(z_streamp stream) { return inflateInit2(stream, -MAX_WBITS); }

#endif
