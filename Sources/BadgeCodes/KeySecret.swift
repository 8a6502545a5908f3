import COpenSSL

/// What encrypts the private halves of signing keys where they are kept: a passphrase, or the bytes of a key file. It is
/// stretched by scrypt (RFC 7914), so that who has the sealed keys cannot try passphrases by the million.
package struct KeySecret: Sendable {
  /// How many bytes it may have; fewer are guessed.
  package static let lengths = 16...4096

  /// The form of what is sealed: this byte, the salt, and what AES-256-GCM makes of the 32 bytes.
  private static let form: UInt8 = 1
  private static let saltLength = 16
  /// Cost of scrypt: 32 MiB, and some 0.1 s of a processor.
  private static let cost: UInt64 = 32_768
  private static let blockSize: UInt64 = 8
  private static let memoryLimit: UInt64 = 64 * 1024 * 1024

  private let bytes: [UInt8]

  /// Nil where it has another length than `lengths`.
  package init?(_ bytes: some Collection<UInt8>) {
    guard Self.lengths.contains(bytes.count) else { return nil }
    self.bytes = Array(bytes)
  }

  /// The private half of a key, encrypted.
  package func seal(_ key: SigningKey) throws(BadgeKeyError) -> [UInt8] {
    var salt = [UInt8](repeating: 0, count: Self.saltLength)
    guard RAND_bytes(&salt, Int32(salt.count)) == 1 else { throw .backendFailure }
    let head = [Self.form] + salt
    var stretched = try stretched(salt)
    var raw = key.rawRepresentation
    defer {
      Self.cleanse(&stretched)
      Self.cleanse(&raw)
    }
    return head + (try AESGCM.seal(raw, with: stretched, about: head + Self.bytes(key.id)))
  }

  /// The key of what was sealed.
  ///
  /// - Returns: Nil where it was sealed with another secret or for another key, or was changed since.
  package func open(_ sealed: [UInt8], id: UInt32) throws(BadgeKeyError) -> SigningKey? {
    let head = Array(sealed.prefix(1 + Self.saltLength))
    guard head.count == 1 + Self.saltLength, head[0] == Self.form else { return nil }
    var key = try stretched(Array(head.dropFirst()))
    defer { Self.cleanse(&key) }
    let rest = Array(sealed.dropFirst(head.count))
    guard var raw = AESGCM.open(rest, with: key, about: head + Self.bytes(id)) else { return nil }
    defer { Self.cleanse(&raw) }
    return try SigningKey(id: id, rawRepresentation: raw)
  }

  /// Leaves nothing of a key in memory that is given back.
  private static func cleanse(_ bytes: inout [UInt8]) {
    bytes.withUnsafeMutableBytes { OPENSSL_cleanse($0.baseAddress, $0.count) }
  }

  private func stretched(_ salt: [UInt8]) throws(BadgeKeyError) -> [UInt8] {
    var key = [UInt8](repeating: 0, count: 32)
    let made = bytes.withUnsafeBytes { secret in
      EVP_PBE_scrypt(
        secret.baseAddress?.assumingMemoryBound(to: CChar.self),
        secret.count,
        salt,
        salt.count,
        Self.cost,
        Self.blockSize,
        1,
        Self.memoryLimit,
        &key,
        key.count
      )
    }
    guard made == 1 else { throw .backendFailure }
    return key
  }

  private static func bytes(_ id: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: id >> (24 - 8 * $0)) } }
}

extension KeySecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Nothing of it.
  package var description: String { "KeySecret(withheld)" }
  /// The same as `description`.
  package var debugDescription: String { description }
  /// Shows nothing.
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
