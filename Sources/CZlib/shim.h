#ifndef LANYARD_CZLIB_SHIM_H
#define LANYARD_CZLIB_SHIM_H

// Pages are compressed for browsers. The sheets of an .xlsx lie compressed in a ZIP archive: inflate and its checksum. Swift handles a stream as a pointer alone:
// which module the fields of z_stream belong to depends on which of those that include zlib.h is built first.
#include <stdlib.h>
#include <zlib.h>

// Begins to take apart data without a header, as ZIP has it; null where there is no memory for it.
static inline z_streamp lanyard_inflateBegin(void) {
  z_streamp stream = calloc(1, sizeof(z_stream));
  if (stream && inflateInit2(stream, -MAX_WBITS) != Z_OK) {
    free(stream);
    stream = NULL;
  }
  return stream;
}

// Takes apart what it can; afterwards the counts are of the bytes that were left of each.
static inline int lanyard_inflate(z_streamp stream, Bytef *input, uInt *inputCount, Bytef *output, uInt *outputCount) {
  stream->next_in = input;
  stream->avail_in = *inputCount;
  stream->next_out = output;
  stream->avail_out = *outputCount;
  int code = inflate(stream, Z_NO_FLUSH);
  *inputCount = stream->avail_in;
  *outputCount = stream->avail_out;
  return code;
}

static inline void lanyard_inflateEnd(z_streamp stream) {
  inflateEnd(stream);
  free(stream);
}

// Compresses all of it as gzip has it (RFC 1952); returns the count of bytes, 0 where they do not fit or there is no memory.
static inline uInt lanyard_gzip(Bytef *input, uInt inputCount, Bytef *output, uInt room) {
  z_stream stream = {0};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return 0;
  stream.next_in = input;
  stream.avail_in = inputCount;
  stream.next_out = output;
  stream.avail_out = room;
  int code = deflate(&stream, Z_FINISH);
  uInt made = room - stream.avail_out;
  deflateEnd(&stream);
  return code == Z_STREAM_END ? made : 0;
}

#endif
