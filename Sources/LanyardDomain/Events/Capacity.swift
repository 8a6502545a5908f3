/// How many may be inside a place, or take part on site.
package enum Capacity {
  /// What can be said; a place without a limit says nothing.
  package static let range = 1...1_000_000
  /// What the quota of a group can be.
  package static let quotas = 0...1_000_000

  /// How many a place takes that several limits hold for; nil where none does.
  package static func least(_ limits: [Int?]) -> Int? { limits.compactMap(\.self).min() }

  /// How many an area takes: its doors have the least of their limits together.
  package static func ofArea(_ area: String, with checkpoints: some Sequence<Checkpoint>) -> Int? {
    least(checkpoints.filter { $0.area == area }.map(\.capacity))
  }
}
