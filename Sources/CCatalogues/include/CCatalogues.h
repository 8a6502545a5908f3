#ifndef LANYARD_CATALOGUES_H
#define LANYARD_CATALOGUES_H

#include <stddef.h>

/// A file that is in the program.
typedef struct {
  const unsigned char *bytes;
  size_t count;
} lanyard_file;

/// The catalogues of LanyardTexts, by the tag of their language.
lanyard_file lanyard_catalogue_ar(void);
lanyard_file lanyard_catalogue_en(void);
lanyard_file lanyard_catalogue_es(void);
lanyard_file lanyard_catalogue_fr(void);
lanyard_file lanyard_catalogue_ru(void);
lanyard_file lanyard_catalogue_zh(void);

#endif
