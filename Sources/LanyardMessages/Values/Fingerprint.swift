import Crypto

/// Short digests that tell whether something sent again is the same.
package enum Fingerprint {
  /// The first 64 bits of SHA-256 over the parts, each with its length, so that parts cannot run into one another.
  package static func of(_ parts: String...) -> Int64 {
    var hash = SHA256()
    for var part in parts {
      withUnsafeBytes(of: UInt64(part.utf8.count).bigEndian) { hash.update(bufferPointer: $0) }
      part.withUTF8 { hash.update(bufferPointer: UnsafeRawBufferPointer($0)) }
    }
    return hash.finalize().prefix(8).reduce(0) { $0 << 8 | Int64($1) }
  }
}
