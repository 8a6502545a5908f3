#ifndef LANYARD_CRSVG_SHIM_H
#define LANYARD_CRSVG_SHIM_H

// Logos that are SVG files, drawn with Cairo.
#include <librsvg/rsvg.h>

#endif
