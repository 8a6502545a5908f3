#ifndef LANYARD_CGMIME_SHIM_H
#define LANYARD_CGMIME_SHIM_H

// Messages of e-mail with their headers, parts and encodings.
#include <gmime/gmime.h>

// GObject's casts are macros, which Swift does not see.
static inline GMimeObject *lanyard_mimeObject(void *object) { return (GMimeObject *)object; }
static inline GMimePart *lanyard_mimePart(void *object) { return (GMimePart *)object; }

#endif
