#ifndef LANYARD_CCURL_SHIM_H
#define LANYARD_CCURL_SHIM_H

// SMTP with TLS and authentication.
#include <curl/curl.h>

// curl_easy_setopt takes anything, which Swift does not call: a function for each type of value.
static inline CURLcode lanyard_curlSetNumber(CURL *curl, CURLoption option, long value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode lanyard_curlSetText(CURL *curl, CURLoption option, const char *value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode lanyard_curlSetList(CURL *curl, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(curl, option, value);
}
static inline CURLcode lanyard_curlSetContext(CURL *curl, CURLoption option, void *value) {
  return curl_easy_setopt(curl, option, value);
}
// Gives the next bytes of what is sent.
static inline CURLcode lanyard_curlSetReader(CURL *curl, size_t (*reader)(char *, size_t, size_t, void *)) {
  return curl_easy_setopt(curl, CURLOPT_READFUNCTION, reader);
}
// Hears what is said on the line.
static inline CURLcode lanyard_curlSetListener(
    CURL *curl, int (*listener)(CURL *, curl_infotype, char *, size_t, void *)) {
  return curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, listener);
}
// Is asked whether to go on.
static inline CURLcode lanyard_curlSetProgress(
    CURL *curl, int (*progress)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t)) {
  return curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, progress);
}
// The socket of the connection that was used last; CURL_SOCKET_BAD where it is closed.
static inline curl_socket_t lanyard_curlSocket(CURL *curl) {
  curl_socket_t socket = CURL_SOCKET_BAD;
  return curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &socket) == CURLE_OK ? socket : CURL_SOCKET_BAD;
}

#endif
