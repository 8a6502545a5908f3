/// What to do about a refusal: how serious it is, and a sentence each for the operator and the participant.
package struct Guidance: Hashable, Sendable {
  /// How serious a refusal is.
  package enum Severity: String, Sendable, CaseIterable {
    /// The person may not go in.
    case stop = "STOP"
    /// Something may be amiss with the scan or the moment: look again.
    case lookAgain = "LOOK_AGAIN"
    /// Somebody may be cheating, or the system needs help.
    case callSupervisor = "CALL_SUPERVISOR"
  }

  package let severity: Severity
  package let forOperator: String
  package let forParticipant: String

  private init(_ severity: Severity, _ forOperator: String, _ forParticipant: String) {
    self.severity = severity
    self.forOperator = forOperator
    self.forParticipant = forParticipant
  }

  /// What is known beside the reason: empty where it does not matter.
  package struct Circumstances: Sendable {
    /// From when the person would be admitted, as the clock on the wall shows it.
    package var opens = ""
    /// Whom the checkpoint is for.
    package var admittedHere: [String] = []
    /// When the person was admitted before, as the clock on the wall shows it.
    package var admittedBefore = ""
    /// Through which checkpoint that was.
    package var admittedThrough = ""

    package init() {}

    fileprivate var from: String { opens.isEmpty ? "" : ": from \(opens)" }
    fileprivate var whom: String { admittedHere.joined(separator: ", ") }
    fileprivate var since: String {
      admittedBefore.isEmpty ? "" : ": since \(admittedBefore) through \(admittedThrough)"
    }
  }

  /// The guidance for a reason.
  package static func of(_ reason: RefusalReason, _ known: Circumstances) -> Guidance {
    let desk = "Please go to the registration desk."
    switch reason {
    case .unreadable:
      return Guidance(.lookAgain, "This is no badge code. Scan again.", "Please hold the badge still and try again.")
    case .forged:
      return Guidance(.callSupervisor, "The code is forged. Call a supervisor.", "Please wait for a colleague.")
    case .unknownKey:
      return Guidance(
        .callSupervisor,
        "The code is signed with a key that is not known here. Call a supervisor.",
        "Please wait for a colleague."
      )
    case .otherEvent:
      return Guidance(.stop, "The badge is of another event.", "This badge is for another event. \(desk)")
    case .unknownBadge:
      return Guidance(.stop, "The badge is not on record. Send to the registration desk.", desk)
    case .replaced:
      return Guidance(
        .stop,
        "The badge was replaced by another one. Ask for the new badge.",
        "Please use your new badge."
      )
    case .revoked:
      return Guidance(.callSupervisor, "The badge was revoked. Call a supervisor.", "Please wait for a colleague.")
    case .notActivated:
      return Guidance(.stop, "The badge is not activated yet. Send to the registration desk.", desk)
    case .cancelled:
      return Guidance(
        .stop,
        "The registration was cancelled. Send to the registration desk.",
        "Your registration was cancelled. \(desk)"
      )
    case .notConfirmed:
      return Guidance(
        .stop,
        "The registration is not confirmed. Send to the registration desk.",
        "Your registration is not confirmed yet. \(desk)"
      )
    case .remoteOnly:
      return Guidance(
        .stop,
        "Registered for remote participation only. Send to the registration desk.",
        "You are registered for remote participation. \(desk)"
      )
    case .notYetValid:
      return Guidance(.stop, "The badge is not valid yet\(known.from).", "Your badge is not valid yet\(known.from).")
    case .expired:
      return Guidance(.stop, "The badge is not valid any more.", "Your badge is not valid any more. \(desk)")
    case .outsideHours, .notAdmittedHere, .notBooked, .checkpointClosed, .alreadyInside, .alreadyAdmitted, .full:
      return ofPlaceOrUse(reason, known)
    }
  }

  private static func ofPlaceOrUse(_ reason: RefusalReason, _ known: Circumstances) -> Guidance {
    switch reason {
    case .outsideHours:
      return Guidance(.stop, "Nobody is admitted here now\(known.from).", "This door is not open now\(known.from).")
    case .notAdmittedHere where !known.whom.isEmpty:
      return Guidance(.stop, "Only for: \(known.whom).", "This door is for: \(known.whom).")
    case .notBooked:
      return Guidance(.stop, "Only for who booked.", "This session needs a booking.")
    case .checkpointClosed:
      return Guidance(.stop, "This checkpoint is closed.", "Please use another entrance.")
    case .alreadyInside:
      return Guidance(
        .lookAgain,
        "Already inside\(known.since).",
        "Your badge was used here before. Please wait for a colleague."
      )
    case .alreadyAdmitted:
      return Guidance(
        .lookAgain,
        "Was admitted before, and re-entry is not allowed\(known.since).",
        "Your badge was used here before, and this door admits once only."
      )
    case .full:
      return Guidance(.lookAgain, "It is full inside. Ask to wait.", "It is full inside. Please wait a moment.")
    default:
      return Guidance(.stop, "Not admitted here.", "You cannot go in here. Please ask a colleague.")
    }
  }
}
