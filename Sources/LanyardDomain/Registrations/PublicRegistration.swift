/// When people register for an event in public, without anybody who knows them.
package struct PublicRegistration: Hashable, Sendable {
  /// From when on; nil where nobody ever does, and then the event has no public pages.
  package var opens: Instant?
  /// Until when; nil until the event is over.
  package var closes: Instant?

  package init(opens: Instant? = nil, closes: Instant? = nil) { (self.opens, self.closes) = (opens, closes) }

  /// Whether strangers may know of the event.
  package var hasPages: Bool { opens != nil }

  /// Whether they do at a moment.
  ///
  /// - Parameter end: When the event is over; nil where its calendar has no such day.
  package func phase(at now: Instant, eventEnds end: Instant?) -> RegistrationPhase {
    guard let opens else { return .never }
    if now < opens { return .notYet }
    let ends = [closes, end].compactMap(\.self).min()
    return ends.map { now < $0 } ?? true ? .open : .over
  }

  /// The key of a programme that is at fault, with what is wrong with it; nil where nothing is.
  package var fault: (key: String, Fault)? {
    guard let closes else { return nil }
    guard let opens else { return ("registration_closes", .closesWithoutOpening) }
    return closes > opens ? nil : ("registration_closes", .endNotAfterStart)
  }
}

/// Whether people register for an event in public.
package enum RegistrationPhase: String, Spelled {
  case never = "NEVER"
  case notYet = "NOT_YET"
  case open = "OPEN"
  case over = "OVER"
}

/// Thrown where somebody registers in public and it is not the time for it.
package struct RegistrationNotOpen: Error, Hashable, Sendable {
  package let phase: RegistrationPhase
  /// When it begins, or ended; nil where it never does.
  package let moment: Instant?
  /// In which the moment is told.
  package let timeZone: ZoneID

  package init(_ phase: RegistrationPhase, moment: Instant?, in timeZone: ZoneID) {
    (self.phase, self.moment, self.timeZone) = (phase, moment, timeZone)
  }
}

extension Event {
  /// Whether people register for it in public at a moment.
  package func registrationPhase(at now: Instant) -> RegistrationPhase {
    inPublic.phase(at: now, eventEnds: span?.upperBound)
  }

  /// - Throws: `RegistrationNotOpen` where nobody registers in public at a moment.
  package func requireOpen(at now: Instant) throws(RegistrationNotOpen) {
    let phase = registrationPhase(at: now)
    let moment: Instant?
    switch phase {
    case .open: return
    case .never: moment = nil
    case .notYet: moment = inPublic.opens
    case .over: moment = [inPublic.closes, span?.upperBound].compactMap(\.self).min()
    }
    throw RegistrationNotOpen(phase, moment: moment, in: timeZone)
  }
}

/// How long what was registered in public waits for its address to be confirmed.
package enum EmailVerification {
  /// After so long without that it ends, and who it was of is erased.
  package static let patience = Duration.seconds(2 * 24 * 3600)
  /// For so long a token that was used leads on to what it confirmed.
  package static let lifetime = Duration.seconds(7 * 24 * 3600)
  /// The most registrations that end in one transaction.
  package static let part = 200
}

extension Event {
  /// That a stranger may register in a role: it opens doors, and is given by nobody but those who review it.
  ///
  /// - Parameter guestRole: Its id, or what was sent in its place; may be empty.
  /// - Throws: `InvalidInput` that names the field.
  package func requireInPublic(guestRole: String) throws(InvalidInput) {
    guard guestRole.isEmpty || reviewedGuestRoles.contains(guestRole) else {
      throw InvalidInput(field: RegistrationField.guestRole.name, .roleNotInPublic)
    }
  }
}
