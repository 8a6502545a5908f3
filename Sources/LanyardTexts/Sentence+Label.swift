package import LanyardDomain

/// A value of the domain that people read the name of, by itself or within a sentence.
package protocol Titled {
  /// Its name, for people.
  var title: Sentence { get }
}

extension Role: Titled {
  package var title: Sentence {
    switch self {
    case .organiser: Sentence(.roleOrganiser)
    case .desk: Sentence(.roleDesk)
    case .scanner: Sentence(.roleScanner)
    case .viewer: Sentence(.roleViewer)
    }
  }
}

extension RegistrationState: Titled {
  package var title: Sentence {
    switch self {
    case .submitted: Sentence(.stateSubmitted)
    case .confirmed: Sentence(.stateConfirmed)
    case .waitlisted: Sentence(.stateWaitlisted)
    case .rejected: Sentence(.stateRejected)
    case .cancelled: Sentence(.stateCancelled)
    case .emailPending: Sentence(.stateEmailPending)
    }
  }
}

extension DuplicateSearch.Kind: Titled {
  package var title: Sentence {
    switch self {
    case .samePerson: Sentence(.duplicateSamePerson)
    case .similarAddress: Sentence(.duplicateSimilarAddress)
    }
  }
}

extension BadgeState: Titled {
  package var title: Sentence {
    switch self {
    case .active: Sentence(.badgeActive)
    case .replaced: Sentence(.badgeReplaced)
    case .revoked: Sentence(.badgeRevoked)
    case .notActivated: Sentence(.badgeNotActivated)
    case .held: Sentence(.badgeHeld)
    }
  }
}

extension AnswerKind: Titled {
  package var title: Sentence {
    switch self {
    case .admitted: Sentence(.headlineAdmitted)
    case .left: Sentence(.headlineLeft)
    case .refused: Sentence(.headlineRefused)
    }
  }
}

extension Checkpoint.Directions: Titled {
  package var title: Sentence {
    switch self {
    case .inOnly: Sentence(.waysIn)
    case .outOnly: Sentence(.waysOut)
    case .both: Sentence(.waysBoth)
    case .byTurns: Sentence(.waysByTurns)
    }
  }
}

extension Direction: Titled {
  package var title: Sentence {
    switch self {
    case .into: Sentence(.directionIn)
    case .out: Sentence(.directionOut)
    }
  }
}

extension Participation: Titled {
  package var title: Sentence {
    switch self {
    case .onsite: Sentence(.takingPartOnsite)
    case .remote: Sentence(.takingPartRemote)
    }
  }
}

extension PrintDesign: Titled {
  package var title: Sentence {
    switch self {
    case .delivered(.conference): Sentence(.looksConference)
    case .delivered(.label): Sentence(.looksLabel)
    case .delivered(.phone): Sentence(.looksPhone)
    case .file: Sentence(.looksFile)
    }
  }
}

extension BadgeSheet: Titled {
  package var title: Sentence {
    switch self {
    case .single: Sentence(.sheetSingle)
    case .a4: Sentence(.sheetA4)
    }
  }
}

extension MailState: Titled {
  package var title: Sentence {
    switch self {
    case .waiting: Sentence(.mailStateWaiting)
    case .sent: Sentence(.mailStateSent)
    case .bounced: Sentence(.mailStateBounced)
    case .givenUp: Sentence(.mailStateGivenUp)
    case .dropped: Sentence(.mailStateDropped)
    }
  }
}

extension MailKind: Titled {
  package var title: Sentence {
    switch self {
    case .verifyAddress: Sentence(.mailKindVerifyAddress)
    case .received: Sentence(.mailKindReceived)
    case .confirmed: Sentence(.mailKindConfirmed)
    case .waitlisted: Sentence(.mailKindWaitlisted)
    case .rejected: Sentence(.mailKindRejected)
    case .movedUp: Sentence(.mailKindMovedUp)
    case .badgeReady: Sentence(.mailKindBadgeReady)
    case .changed: Sentence(.mailKindChanged)
    case .cancelled: Sentence(.mailKindCancelled)
    case .personalLink: Sentence(.mailKindPersonalLink)
    case .alreadyRegistered: Sentence(.mailKindAlreadyRegistered)
    case .reminder: Sentence(.mailKindReminder)
    }
  }
}

extension MailFault.Cause: Titled {
  package var title: Sentence {
    switch self {
    case .refused: Sentence(.mailFaultRefused)
    case .notReached: Sentence(.mailFaultNotReached)
    case .notTrusted: Sentence(.mailFaultNotTrusted)
    case .notSignedIn: Sentence(.mailFaultNotSignedIn)
    case .senderRefused: Sentence(.mailFaultSenderRefused)
    case .cut: Sentence(.mailFaultCut)
    case .notComposed: Sentence(.mailFaultNotComposed)
    }
  }
}

extension WithheldCode: Titled {
  package var title: Sentence {
    switch self {
    case .webAddress: Sentence(.withheldWebAddress)
    case .tooLong: Sentence(.withheldTooLong)
    case .erased: Sentence(.withheldErased)
    }
  }
}

extension RefusalReason: Titled {}

extension Attention {
  /// Its name, for people; nil where there is nothing to see to.
  package var title: Sentence? {
    switch self {
    case .none: nil
    case .specialNeeds: Sentence(.attentionSpecialNeeds)
    case .escort: Sentence(.attentionEscort)
    }
  }
}

extension Sentence.Fact {
  /// What the bearer of a token may do.
  package static func role(_ role: Role) -> Self { .sentence(role.title) }

  /// Where a registration stands.
  package static func state(_ state: RegistrationState) -> Self { .sentence(state.title) }

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
