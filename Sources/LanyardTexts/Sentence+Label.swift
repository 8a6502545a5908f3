package import LanyardDomain

extension Sentence.Fact {
  /// What the bearer of a token may do.
  package static func role(_ role: Role) -> Self {
    let key: Sentence.Key =
      switch role {
      case .organiser: .roleOrganiser
      case .desk: .roleDesk
      case .scanner: .roleScanner
      case .viewer: .roleViewer
      }
    return .label(key)
  }

  /// Where a registration stands.
  package static func state(_ state: RegistrationState) -> Self {
    let key: Sentence.Key =
      switch state {
      case .submitted: .stateSubmitted
      case .confirmed: .stateConfirmed
      case .waitlisted: .stateWaitlisted
      case .rejected: .stateRejected
      case .cancelled: .stateCancelled
      }
    return .label(key)
  }

  /// What is done with a registration.
  package static func step(_ step: RegistrationStep) -> Self {
    let key: Sentence.Key =
      switch step {
      case .approve: .stepApprove
      case .reject: .stepReject
      case .cancel: .stepCancel
      case .restore: .stepRestore
      case .moveUp: .stepMoveUp
      }
    return .label(key)
  }

  /// What a device is for.
  package static func profile(_ profile: DeviceProfile) -> Self {
    let key: Sentence.Key =
      switch profile {
      case .lane: .profileLane
      case .door: .profileDoor
      case .desk: .profileDesk
      case .kiosk: .profileKiosk
      }
    return .label(key)
  }

  /// A word that has an entry of its own, in the form that its sentences need.
  package static func label(_ key: Sentence.Key) -> Self { .sentence(Sentence(key)) }
}

extension Sentence {
  /// A scan is too old for its device to take it back.
  package static var undoTooLate: Sentence {
    Sentence(.errorUndoTooLate, ["limit": .minutes(UndoRequest.ownTime)])
  }
}

extension Sentence.Fact {
  /// How many whole minutes a limit is.
  static func minutes(_ limit: Duration) -> Self { .count(Int(limit.components.seconds / 60)) }
}
