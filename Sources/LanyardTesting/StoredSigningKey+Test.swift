package import LanyardDomain
package import LanyardStore

extension StoredSigningKey {
  /// A key for tests in which nothing is signed.
  package static func test(_ now: Instant, id: UInt32 = 1) -> StoredSigningKey {
    StoredSigningKey(
      id: id,
      .plain(.init(repeating: UInt8(truncatingIfNeeded: id), count: 32)),
      publicKey: .init(repeating: UInt8(truncatingIfNeeded: id), count: 32),
      createdAt: now
    )
  }
}
