#ifndef LANYARD_COPENSSL_SHIM_H
#define LANYARD_COPENSSL_SHIM_H

// Texts in memory, from and to which PEM is read and written.
#include <openssl/bio.h>

// Big numbers: certificate serials are made from random bytes.
#include <openssl/bn.h>

// The queue of errors, emptied after each call so that none is taken for a later one's.
#include <openssl/err.h>

// Keys, signatures and digests.
#include <openssl/evp.h>

// Keys that are derived from other secrets.
#include <openssl/hmac.h>

// PEM of certificates, requests and private keys.
#include <openssl/pem.h>

// Random bytes for keys and serials.
#include <openssl/rand.h>

// Certificates, requests and their extensions.
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// EVP_EC_gen is a macro over a variadic function; Swift imports neither.
static inline EVP_PKEY *lanyard_generate_p256(void) { return EVP_EC_gen("P-256"); }

// OPENSSL_free is a macro that adds the place of the call.
static inline void lanyard_openssl_free(void *memory) { OPENSSL_free(memory); }

#endif
