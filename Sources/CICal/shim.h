#ifndef LANYARD_CICAL_SHIM_H
#define LANYARD_CICAL_SHIM_H

// Calendars (RFC 5545): their properties, escapes and folded lines.
#include <libical/ical.h>

#endif
