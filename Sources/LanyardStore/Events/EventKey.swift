import LanyardDomain

/// What stands for an event in the tables.
package enum EventKey {
  /// All of them.
  package static let all = SQL("SELECT id FROM event")
  private static let selection = SQL("SELECT id FROM event WHERE slug = ?")

  /// Whether there is an event of a slug.
  static func isThere(_ slug: String, _ session: any SQLSession) throws -> Bool { try session.has(selection, [slug]) }

  /// The key of a slug.
  ///
  /// - Throws: `StoreError.notFound`.
  package static func find(_ slug: String, _ session: any SQLSession) throws -> Int64 {
    guard let key: Int64 = try session.first(selection, [slug], { try $0[0] }) else {
      throw StoreError.notFound(.event(slug))
    }
    return key
  }
}
