/// A scan on record as taking it back needs to know it.
package struct ScanToUndo: Hashable, Sendable {
  /// Slug of its event.
  package let event: String
  /// Who made it.
  package let reporter: Reporter
  /// When it happened.
  package let moment: Instant
  package let isUndone: Bool
  package let answer: AnswerKind
  /// Whose badge it was, where it was one of the same event.
  package let registration: Key<Registration>?
  /// What it counts as, where it was refused.
  package let tally: AdmissionFold.TallyKey?

  package init(
    event: String,
    reporter: Reporter,
    moment: Instant,
    isUndone: Bool,
    answer: AnswerKind,
    registration: Key<Registration>?,
    tally: AdmissionFold.TallyKey?
  ) {
    self.event = event
    self.reporter = reporter
    self.moment = moment
    self.isUndone = isUndone
    self.answer = answer
    self.registration = registration
    self.tally = tally
  }
}

/// Thrown where a scan is not taken back.
package enum UndoRefused: Error, Hashable, Sendable {
  /// The event has no such scan.
  case notFound
  /// It is another device's, or too old to be taken back by the device that made it.
  case notAllowed(isOwn: Bool)
}

extension UndoRequest {
  /// What comes of the request.
  package enum Answer: Hashable, Sendable {
    /// The scan is not on record; it is not recorded if it still comes in.
    case withdrawn
    /// It was taken back before: nothing changes, but that it was done without the right to where this one has it.
    case alreadyUndone(hasRight: Bool)
    /// It is taken back: whose passage is gone, where it was one, and what is counted no more. Without the right to, where that
    /// was lost before what happened offline came in.
    case undone(passenger: Key<Registration>?, tally: AdmissionFold.TallyKey?, hasRight: Bool)
  }

  /// Whether one may take a scan back: a supervisor any, a device its own while it is fresh.
  ///
  /// - Parameter age: How long ago the scan happened.
  package static func hasRight(isSupervisor: Bool, isOwn: Bool, age: Duration) -> Bool {
    isSupervisor || (isOwn && age <= ownTime)
  }

  /// Decides: a supervisor takes back any scan, a lane its own while it is fresh. What a lane took back by itself is taken back.
  ///
  /// - Parameters:
  ///   - scan: As it is on record; nil where it is not.
  ///   - moment: When it was taken back.
  /// - Throws: `UndoRefused`.
  package func answer(_ scan: ScanToUndo?, at moment: Instant) throws(UndoRefused) -> Answer {
    guard let scan else { return .withdrawn }
    guard scan.event == event else { throw .notFound }
    let isOwn = scan.reporter.isSame(as: reporter)
    let hasRight = Self.hasRight(isSupervisor: isSupervisor, isOwn: isOwn, age: moment - scan.moment)
    guard !scan.isUndone else { return .alreadyUndone(hasRight: hasRight) }
    guard hasRight || isFact else { throw .notAllowed(isOwn: isOwn) }
    let isPassage = scan.answer != .refused
    return .undone(
      passenger: isPassage ? scan.registration : nil,
      tally: isPassage ? nil : scan.tally,
      hasRight: hasRight
    )
  }
}
