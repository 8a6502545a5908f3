/// Where a registration stands.
package enum RegistrationState: String, Spelled {
  /// Made in public by somebody who has not shown yet that the address is theirs: it holds nothing, and keeps nobody out.
  case emailPending = "EMAIL_PENDING"
  case submitted = "SUBMITTED"
  case confirmed = "CONFIRMED"
  case waitlisted = "WAITLISTED"
  case rejected = "REJECTED"
  case cancelled = "CANCELLED"

  /// Whether it still stands for a person who takes part or may yet.
  package var isLive: Bool {
    switch self {
    case .submitted, .confirmed, .waitlisted: true
    case .emailPending, .rejected, .cancelled: false
    }
  }

  /// Whether badges are issued in this state, and count.
  package var hasBadge: Bool { self == .confirmed }

  /// How somebody comes to be registered.
  package enum Way: Sendable {
    /// Somebody asks for it.
    case request
    /// By a row of a file.
    case list
  }

  /// Whether it keeps its person from being registered anew, whatever the group and role are then: a decision against somebody
  /// holds until it is lifted. What was cancelled keeps only lists from bringing somebody back.
  package func keepsOut(_ way: Way) -> Bool {
    switch self {
    case .submitted, .confirmed, .waitlisted, .rejected: true
    case .cancelled: way == .list
    case .emailPending: false
    }
  }

  /// Whether a registration of this participation has a place on site in this state.
  package func takesPlace(_ participation: Participation) -> Bool { self == .confirmed && participation == .onsite }

  /// Where it stands once its person is erased: nobody takes part with it any more.
  package var afterErasure: RegistrationState { isLive || self == .emailPending ? .cancelled : self }

  /// The state of a new registration: `reviewed` where the event reviews its group or role, `hasPlace` where there is
  /// room for its participation.
  package static func initial(reviewed: Bool, hasPlace: Bool) -> RegistrationState {
    if reviewed { return .submitted }
    return hasPlace ? .confirmed : .waitlisted
  }

  /// The state after an organiser's or participant's step; approvals, and what comes back after it was cancelled, ask whether
  /// there is room for its participation.
  ///
  /// - Parameter isReviewed: Whether the event reviews its group or role.
  /// - Throws: `RegistrationStepRefused` where the step does not lead on from this state.
  package func after(
    _ step: RegistrationStep,
    hasPlace: Bool,
    isReviewed: Bool = false
  ) throws(RegistrationStepRefused) -> RegistrationState {
    switch (step, self) {
    case (.approve, .submitted): return hasPlace ? .confirmed : .waitlisted
    case (.approve, .confirmed), (.approve, .waitlisted): return self
    case (.reject, .submitted), (.reject, .waitlisted), (.reject, .rejected): return .rejected
    case (.cancel, .emailPending), (.cancel, .submitted), (.cancel, .confirmed), (.cancel, .waitlisted),
      (.cancel, .cancelled):
      return .cancelled
    case (.restore, .rejected), (.restore, .submitted): return .submitted
    case (.restore, .cancelled): return .initial(reviewed: isReviewed, hasPlace: hasPlace)
    case (.moveUp, .waitlisted): return hasPlace ? .confirmed : .waitlisted
    case (.moveUp, .confirmed): return self
    case (.approve, .emailPending), (.reject, .emailPending), (.restore, .emailPending), (.moveUp, .emailPending),
      (.approve, .rejected), (.approve, .cancelled), (.reject, .confirmed), (.reject, .cancelled),
      (.cancel, .rejected), (.restore, .confirmed), (.restore, .waitlisted), (.moveUp, .submitted),
      (.moveUp, .rejected), (.moveUp, .cancelled):
      throw RegistrationStepRefused(step: step, state: self)
    }
  }
}

/// What an organiser or a participant can do with a registration.
package enum RegistrationStep: String, Sendable, CaseIterable {
  case approve, reject, cancel
  /// Lifts a rejection, or brings back what was cancelled.
  case restore
  /// Gives somebody who waits a place out of turn.
  case moveUp = "move_up"
}

/// Thrown where a step does not lead on from a registration's state.
package struct RegistrationStepRefused: Error, Hashable, Sendable {
  package let step: RegistrationStep
  package let state: RegistrationState

  package init(step: RegistrationStep, state: RegistrationState) {
    self.step = step
    self.state = state
  }
}
