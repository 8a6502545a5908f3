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
    let (severity, forOperator, forParticipant) = words(for: reason, known)
    return Guidance(severity: severity, forOperator: forOperator, forParticipant: forParticipant)
  }

  // swift-format-ignore
  private static func words(for reason: RefusalReason, _ known: Circumstances) -> (Severity, String, String) {
    let toDesk = "Send to the registration desk."
    let desk = "Please go to the registration desk."
    let wait = "Please wait for a colleague."
    return switch reason {
    case .unreadable:
      (.lookAgain, "This is no badge code. Scan again.", "Please hold the badge still and try again.")
    case .forged:
      (.callSupervisor, "The code is forged. Call a supervisor.", wait)
    case .unknownKey:
      (.callSupervisor, "The code is signed with a key that is not known here. Call a supervisor.", wait)
    case .otherEvent:
      (.stop, "The badge is of another event.", "This badge is for another event. \(desk)")
    case .unknownBadge:
      (.stop, "The badge is not on record. \(toDesk)", desk)
    case .replaced:
      (.stop, "The badge was replaced by another one. Ask for the new badge.", "Please use your new badge.")
    case .revoked:
      (.callSupervisor, "The badge was revoked. Call a supervisor.", wait)
    case .notActivated:
      (.stop, "The badge is not activated yet. \(toDesk)", desk)
    case .cancelled:
      (.stop, "The registration was cancelled. \(toDesk)", "Your registration was cancelled. \(desk)")
    case .notConfirmed:
      (.stop, "The registration is not confirmed. \(toDesk)", "Your registration is not confirmed yet. \(desk)")
    case .remoteOnly:
      (.stop, "Registered for remote participation only. \(toDesk)", "You are registered for remote participation. \(desk)")
    case .notYetValid:
      (.stop, "The badge is not valid yet\(known.from).", "Your badge is not valid yet\(known.from).")
    case .expired:
      (.stop, "The badge is not valid any more.", "Your badge is not valid any more. \(desk)")
    case .outsideHours:
      (.stop, "Nobody is admitted here now\(known.from).", "This door is not open now\(known.from).")
    case .notAdmittedHere where known.whom.isEmpty:
      (.stop, "Not admitted here.", "You cannot go in here. Please ask a colleague.")
    case .notAdmittedHere:
      (.stop, "Only for: \(known.whom).", "This door is for: \(known.whom).")
    case .notBooked:
      (.stop, "Only for who booked.", "This needs a booking.")
    case .checkpointClosed:
      (.stop, "This checkpoint is closed.", "Please use another entrance.")
    case .alreadyInside:
      (.lookAgain, "Already inside\(known.since).", "Your badge was used here before. \(wait)")
    case .alreadyAdmitted:
      (.lookAgain, "Was admitted before, and re-entry is not allowed\(known.since).",
        "Your badge was used here before, and this door admits once only.")
    case .full:
      (.lookAgain, "It is full inside. Ask to wait.", "It is full inside. Please wait a moment.")
    }
  }
}
