/// Whether those who wait get the places of one event that become free by themselves. Where they do not, an organiser moves them
/// up one by one.
package struct MovingUp: Hashable, Sendable {
  package let isOn: Bool
  /// From when on they do not any more: whoever has a place by then can still travel. Nil where that is never.
  package let ends: Instant?

  /// They do, whenever a place becomes free.
  package static let always = MovingUp()

  package init(isOn: Bool = true, ends: Instant? = nil) {
    (self.isOn, self.ends) = (isOn, ends)
  }

  /// Whether they do at a moment.
  package func isOn(at now: Instant) -> Bool { isOn && ends.map { now < $0 } ?? true }
}
