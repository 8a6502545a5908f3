/// How serious a refusal is.
package enum RefusalSeverity: String, Sendable, CaseIterable {
  /// The person may not go in.
  case stop = "STOP"
  /// Something may be amiss with the scan or the moment: look again.
  case lookAgain = "LOOK_AGAIN"
  /// Somebody may be cheating, or the system needs help.
  case callSupervisor = "CALL_SUPERVISOR"
}

extension RefusalReason {
  /// How serious a refusal for this reason is.
  package var severity: RefusalSeverity {
    switch self {
    case .forged, .unknownKey, .revoked, .held: .callSupervisor
    case .unreadable, .alreadyInside, .tooSoon, .alreadyAdmitted, .full: .lookAgain
    case .otherEvent, .unknownBadge, .replaced, .notActivated, .cancelled, .notConfirmed, .remoteOnly, .notYetValid,
      .expired, .otherDay, .outsideHours, .notAdmittedHere, .notBooked, .checkpointClosed:
      .stop
    }
  }
}
