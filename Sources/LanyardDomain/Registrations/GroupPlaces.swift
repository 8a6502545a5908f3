/// The quotas of an event's stakeholder groups: of each that has one, no more registrations are confirmed on site.
package struct GroupPlaces: Hashable, Sendable {
  /// By the ids of the groups that have one.
  package let quotas: [String: Int]
  package private(set) var taken: [String: Int]
  /// How many of each group wait for a place, also of those without a quota.
  package private(set) var waiting: [String: Int]

  package init(quotas: [String: Int] = [:], taken: [String: Int] = [:], waiting: [String: Int] = [:]) {
    (self.quotas, self.taken, self.waiting) = (quotas, taken, waiting)
  }

  /// Whether no group has one.
  package var isEmpty: Bool { quotas.isEmpty }

  /// Whether a group's quota has a place left.
  func hasPlace(of group: String) -> Bool { quotas[group].map { taken[group, default: 0] < $0 } ?? true }

  /// Whether more of a group are confirmed than its quota.
  func isOver(_ group: String) -> Bool { quotas[group].map { taken[group, default: 0] > $0 } ?? false }

  /// How many wait who would get a place that is free: who waits for their group's quota keeps nobody else from one.
  var waitingForCapacity: Int { waiting.reduce(0) { $0 + (hasPlace(of: $1.key) ? max(0, $1.value) : 0) } }

  /// Whether somebody of a group waits.
  func hasWaiting(of group: String) -> Bool { waiting[group, default: 0] > 0 }

  mutating func take(_ change: Int, of group: String) { taken[group, default: 0] += change }
  mutating func wait(_ change: Int, of group: String) { waiting[group, default: 0] += change }
}
