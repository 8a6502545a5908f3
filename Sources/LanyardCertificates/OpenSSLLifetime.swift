import COpenSSL

/// How long the process has OpenSSL.
package enum OpenSSLLifetime {
  /// Keeps OpenSSL from clearing itself away as the process exits, while threads of connections still use it: a lane that had
  /// done everything would end with SIGSEGV. Has to be called before anything else of OpenSSL
  /// (OPENSSL_init_crypto(3), OPENSSL_INIT_NO_ATEXIT).
  package static func endsWithProcess() {
    OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil)
  }
}
