#ifndef LANYARD_CPANGOCAIRO_SHIM_H
#define LANYARD_CPANGOCAIRO_SHIM_H

// Drawing, and PNG files from image surfaces.
#include <cairo.h>

// PDF files, the print-ready form.
#include <cairo-pdf.h>

// SVG files.
#include <cairo-svg.h>

// Text in any script, laid out by Pango and drawn by Cairo.
#include <pango/pangocairo.h>

// Which fonts Pango may take.
#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

// Which glyph of a font is its blank.
#include <pango/pangofc-font.h>

#endif
