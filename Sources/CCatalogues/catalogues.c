#include "CCatalogues.h"

// SwiftPM's own embedding makes an array literal of each file, over which the Swift compiler sits for minutes.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char ar[] = {
#embed "../LanyardTexts/Catalogues/ar.po"
};
static const unsigned char en[] = {
#embed "../LanyardTexts/Catalogues/en.po"
};
static const unsigned char es[] = {
#embed "../LanyardTexts/Catalogues/es.po"
};
static const unsigned char fr[] = {
#embed "../LanyardTexts/Catalogues/fr.po"
};
static const unsigned char ru[] = {
#embed "../LanyardTexts/Catalogues/ru.po"
};
static const unsigned char zh[] = {
#embed "../LanyardTexts/Catalogues/zh.po"
};

lanyard_file lanyard_catalogue_ar(void) { return (lanyard_file){ar, sizeof ar}; }
lanyard_file lanyard_catalogue_en(void) { return (lanyard_file){en, sizeof en}; }
lanyard_file lanyard_catalogue_es(void) { return (lanyard_file){es, sizeof es}; }
lanyard_file lanyard_catalogue_fr(void) { return (lanyard_file){fr, sizeof fr}; }
lanyard_file lanyard_catalogue_ru(void) { return (lanyard_file){ru, sizeof ru}; }
lanyard_file lanyard_catalogue_zh(void) { return (lanyard_file){zh, sizeof zh}; }
