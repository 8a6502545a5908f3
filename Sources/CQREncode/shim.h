#ifndef LANYARD_CQRENCODE_SHIM_H
#define LANYARD_CQRENCODE_SHIM_H

// QRinput and QRcode: a text in, the modules of its symbol out.
#include <qrencode.h>

#endif
