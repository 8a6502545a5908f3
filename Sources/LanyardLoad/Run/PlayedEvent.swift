/// The event that a load test plays on where nobody has named one.
enum PlayedEvent {
  /// The only one, or of several the only one with badges.
  ///
  /// - Parameters:
  ///   - slugs: Of all events.
  ///   - hasBadges: Whether an event has a badge to scan; it is asked only where there are several.
  static func only(of slugs: [String], hasBadges: (String) async throws -> Bool) async throws -> String {
    guard let first = slugs.first else { throw LoadFailure("there is no event: import a programme first", .wrongUse) }
    guard slugs.count > 1 else { return first }
    var found: [String] = []
    for slug in slugs where try await hasBadges(slug) { found.append(slug) }
    if found.count == 1 { return found[0] }
    let words =
      found.isEmpty
      ? "none of the events has badges: issue some, or say which event with --event: \(slugs.joined(separator: ", "))"
      : "several events have badges: say which with --event: \(found.joined(separator: ", "))"
    throw LoadFailure(words, .wrongUse)
  }
}
