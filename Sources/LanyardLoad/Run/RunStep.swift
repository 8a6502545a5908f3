/// Something that a run does at a time of its own.
package struct RunStep: Sendable, Hashable {
  /// What is done.
  package enum Act: Sendable, Hashable {
    /// A badge, or what is shown for one, is scanned.
    case scan(Observation.Subject)
    /// The person of this badge is looked up by name, and let in by what was found.
    case lookUp(badge: Int)
    /// Somebody registers, gets the badge of this index, and goes in with it.
    case register(badge: Int)
  }

  /// Who comes with it.
  package enum Coming: Sendable, Hashable {
    /// Somebody who has not been here.
    case new
    /// Somebody who has been here already, and goes to another room, out or in again since nobody else is left.
    case again
  }

  /// From the start of the run.
  package var due: Duration
  /// When the person came to the line, or was read there a second time; nil where there is none, as for who goes out again.
  package var arrived: Duration?
  /// How long the lane is busy with it.
  package var service: Duration
  /// Index of the lane.
  package var lane: Int
  package var act: Act
  package var isOut: Bool
  /// The answers that are right, as far as is known beforehand.
  package var expected: Set<Answer>
  /// Who arrives; nil for a later scan of somebody who has, and where nobody counts arrivals.
  package var coming: Coming?

  /// Whether something is shown to a lane at once.
  var isScan: Bool { if case .scan = act { true } else { false } }
}
