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

  /// From the start of the run.
  package var due: Duration
  /// When the person came to the line; nil where there is none, as for a second scan of the same person.
  package var arrived: Duration?
  /// How long the lane is busy with it.
  package var service: Duration
  /// Index of the lane.
  package var lane: Int
  package var act: Act
  package var isOut: Bool
  /// The answers that are right, as far as is known beforehand.
  package var expected: Set<Verdict>

  /// Whether something is shown to a lane at once.
  var isScan: Bool { if case .scan = act { true } else { false } }
}
