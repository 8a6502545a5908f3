extension Change {
  /// A registration was made; who it is of is not said.
  ///
  /// - Parameters:
  ///   - overCapacity: Whether it took a place though none was left.
  ///   - isMailed: Whether its person is written to, as whoever made it says.
  package static func created(_ registration: Registration, overCapacity: Bool, isMailed: Bool = false) -> Change {
    var after: [String: Fact] = [
      "state": .word(registration.state.rawValue),
      "participation": .word(registration.details.participation.rawValue),
      "stakeholder_group": .word(registration.details.stakeholderGroup),
      "guest_role": .word(registration.details.guestRole),
    ]
    if overCapacity { after[Self.overCapacity] = .flag(true) }
    if isMailed { after[Self.mailFact] = .flag(true) }
    let days = registration.details.days
    if !days.isEmpty { after["days"] = .words(days.map { "\($0)" }) }
    return Change(
      .registrationCreated,
      of: registration.event,
      to: ResourceName.registration(registration.id, of: registration.event),
      after: after
    )
  }

  /// Fields of a registration were changed: what counts go by is told, of all else only which it is.
  ///
  /// - Parameters:
  ///   - before: The registration as it was.
  ///   - overCapacity: Whether it took a place though none was left.
  package static func updated(
    _ registration: Registration,
    from before: Registration,
    overCapacity: Bool
  ) -> Change {
    let fields = registration.details.fields(with: before.details).filter {
      registration.details.text(of: $0) != before.details.text(of: $0)
    }
    var (old, new): ([String: Fact], [String: Fact]) = ([:], ["changed": .words(fields.map(\.name))])
    for field in [RegistrationField.participation, .stakeholderGroup, .guestRole] where fields.contains(field) {
      old[field.name] = .word(before.details.text(of: field))
      new[field.name] = .word(registration.details.text(of: field))
    }
    if fields.contains(.days) {
      old["days"] = .words(before.details.days.map(\.description))
      new["days"] = .words(registration.details.days.map(\.description))
    }
    if overCapacity { new[Self.overCapacity] = .flag(true) }
    if registration.state != before.state {
      old["state"] = .word(before.state.rawValue)
      new["state"] = .word(registration.state.rawValue)
    }
    return Change(
      .registrationUpdated,
      of: registration.event,
      to: ResourceName.registration(registration.id, of: registration.event),
      before: old,
      after: new
    )
  }

  /// What of a registration's answer the event lists is another than before; which, is not told.
  package static func needsListed(_ registration: String, of event: String) -> Change {
    Change(
      .registrationNeedsListed,
      of: event,
      to: ResourceName.registration(registration, of: event),
      after: ["changed": .words(["listed_needs"])]
    )
  }

  /// A step was taken with a registration; nil where it leads to no other state.
  ///
  /// - Parameter overCapacity: Whether it took a place though none was left.
  package static func step(
    _ step: RegistrationStep,
    _ registration: Registration,
    from before: RegistrationState,
    overCapacity: Bool
  ) -> Change? {
    let name: ChangeName
    switch registration.state {
    case before: return nil
    case _ where step == .moveUp: name = .registrationMovedUp
    case _ where before == .cancelled: name = .registrationRestored
    case .submitted: name = .registrationRestored
    case .confirmed: name = .registrationConfirmed
    case .waitlisted: name = .registrationWaitlisted
    case .rejected: name = .registrationRejected
    case .cancelled: name = .registrationCancelled
    // No step leads there.
    case .emailPending: return nil
    }
    var beside: [String: Fact] = [:]
    if step == .moveUp { beside["out_of_turn"] = .flag(true) }
    if overCapacity { beside[Self.overCapacity] = .flag(true) }
    return moved(registration.id, of: registration.event, name, from: before, to: registration.state, beside)
  }

  /// Somebody took a place though none was left.
  private static let overCapacity = "over_capacity"
  /// Somebody is written to of what becomes of their registration.
  static let mailFact = "mail"

  /// A registration that waited got a place.
  package static func movedUp(_ registration: String, of event: String) -> Change {
    moved(registration, of: event, .registrationMovedUp, from: .waitlisted, to: .confirmed)
  }

  /// Somebody showed that the address of a registration is theirs: it goes on as if it were made now.
  package static func verified(_ registration: Registration) -> Change {
    moved(registration.id, of: registration.event, .registrationVerified, from: .emailPending, to: registration.state)
  }

  /// A registration whose address nobody confirmed ended, and who it was of was erased.
  package static func expired(_ registration: String, of event: String) -> Change {
    moved(registration, of: event, .registrationExpired, from: .emailPending, to: .cancelled)
  }

  /// Somebody asked for the way to a registration, which goes to its address.
  package static func linkRequested(_ registration: Registration) -> Change {
    Change(
      .registrationLinkRequested,
      of: registration.event,
      to: ResourceName.registration(registration.id, of: registration.event),
      after: ["state": .word(registration.state.rawValue)]
    )
  }

  /// Somebody asked for the way to a registration by an address that has none; which one is not told.
  package static func linkRequested(inVain event: String) -> Change {
    Change(.eventLinkRequested, of: event, to: ResourceName.event(event))
  }

  /// A personal link of a registration was made; its secret is its bearer's alone.
  package static func linked(_ link: String, to registration: String, of event: String, until end: Instant) -> Change {
    Change(
      .registrationLinked,
      of: event,
      to: ResourceName.registration(registration, of: event),
      after: ["link": .word(link), "expires_at": .moment(end)]
    )
  }

  /// Personal links of a registration, of these ids, were ended.
  package static func unlinked(_ links: [String], from registration: String, of event: String) -> Change {
    Change(
      .registrationUnlinked,
      of: event,
      to: ResourceName.registration(registration, of: event),
      before: ["links": .words(links)]
    )
  }

  /// Who a registration is of was erased; a place that it had is given back.
  package static func erased(
    _ registration: String,
    of event: String,
    from before: RegistrationState,
    to after: RegistrationState
  ) -> Change {
    moved(registration, of: event, .registrationErased, from: before, to: after)
  }

  private static func moved(
    _ registration: String,
    of event: String,
    _ name: ChangeName,
    from before: RegistrationState,
    to after: RegistrationState,
    _ beside: [String: Fact] = [:]
  ) -> Change {
    Change(
      name,
      of: event,
      to: ResourceName.registration(registration, of: event),
      before: ["state": .word(before.rawValue)],
      after: beside.merging(["state": .word(after.rawValue)]) { $1 }
    )
  }

  /// A registration was booked for a place.
  package static func booked(_ registration: String, for place: BookingPlace) -> Change {
    Change(
      .bookingMade,
      of: place.event,
      to: ResourceName.registration(registration, of: place.event),
      after: facts(of: place)
    )
  }

  /// A booking was taken back.
  package static func unbooked(_ registration: String, for place: BookingPlace) -> Change {
    Change(
      .bookingRemoved,
      of: place.event,
      to: ResourceName.registration(registration, of: place.event),
      before: facts(of: place)
    )
  }

  private static func facts(of place: BookingPlace) -> [String: Fact] { ["place": .word(place.name.description)] }

  package static func issued(_ badge: Badge) -> Change {
    Change(
      .badgeIssued,
      of: badge.event,
      to: ResourceName.badge(badge.serial, of: badge.event),
      after: [
        "registration": .word(ResourceName.registration(badge.registration, of: badge.event).description),
        "state": .word(badge.state.rawValue), "key": .word(ResourceName.verificationKey(badge.keyID).description),
      ].merging(facts(of: badge.validity)) { $1 }
    )
  }

  /// A badge ended because another took its place.
  package static func replaced(_ badge: Badge, by new: BadgeSerial) -> Change {
    Change(
      .badgeReplaced,
      of: badge.event,
      to: ResourceName.badge(badge.serial, of: badge.event),
      before: ["state": .word(badge.state.rawValue)],
      after: [
        "state": .word(BadgeState.replaced.rawValue),
        "badge": .word(ResourceName.badge(new, of: badge.event).description),
      ]
    )
  }

  /// A badge lasts for other days.
  ///
  /// - Parameter badge: As it was before.
  package static func renewed(_ badge: Badge, to validity: Range<Instant>) -> Change {
    Change(
      .badgeRenewed,
      of: badge.event,
      to: ResourceName.badge(badge.serial, of: badge.event),
      before: facts(of: badge.validity),
      after: facts(of: validity)
    )
  }

  private static func facts(of validity: Range<Instant>) -> [String: Fact] {
    ["valid_from": .moment(validity.lowerBound), "valid_until": .moment(validity.upperBound)]
  }

  /// - Parameter badge: As it was before.
  package static func revoked(_ badge: Badge) -> Change { moved(badge, .badgeRevoked, to: .revoked) }

  /// A badge opens nothing for a time.
  ///
  /// - Parameter badge: As it was before.
  package static func held(_ badge: Badge) -> Change { moved(badge, .badgeHeld, to: .held) }

  /// A badge works from now on.
  ///
  /// - Parameter badge: As it was before.
  package static func activated(_ badge: Badge) -> Change { moved(badge, .badgeActivated, to: .active) }

  /// A badge that was held works again.
  ///
  /// - Parameter badge: As it was before.
  package static func released(_ badge: Badge) -> Change { moved(badge, .badgeReleased, to: .active) }

  private static func moved(_ badge: Badge, _ name: ChangeName, to state: BadgeState) -> Change {
    Change(
      name,
      of: badge.event,
      to: ResourceName.badge(badge.serial, of: badge.event),
      before: ["state": .word(badge.state.rawValue)],
      after: ["state": .word(state.rawValue)]
    )
  }

  /// The mark of a badge was changed; what the note says is not told.
  ///
  /// - Parameter badge: As it was before.
  package static func marked(_ badge: Badge, _ mark: AttentionMark) -> Change {
    var after: [String: Fact] = ["attention": .word(mark.attention.rawValue)]
    if mark.note != badge.mark.note { after["changed"] = .words(["attention_note"]) }
    return Change(
      .badgeMarked,
      of: badge.event,
      to: ResourceName.badge(badge.serial, of: badge.event),
      before: ["attention": .word(badge.mark.attention.rawValue)],
      after: after
    )
  }
}

/// What was printed.
extension Change {
  package static func printRunCreated(_ run: PrintRun) -> Change {
    Change(
      .printRunCreated,
      of: run.event,
      to: run.name,
      after: ["badges": .number(Int64(run.count)), "design": .word(run.look.design.rawValue)]
    )
  }

  package static func printRunConfirmed(_ run: PrintRun) -> Change {
    Change(
      .printRunConfirmed,
      of: run.event,
      to: run.name,
      before: ["is_printed": .flag(false)],
      after: ["is_printed": .flag(true)]
    )
  }

  package static func printRunWithdrawn(_ run: PrintRun) -> Change {
    Change(
      .printRunWithdrawn,
      of: run.event,
      to: run.name,
      before: ["is_printed": .flag(true)],
      after: ["is_printed": .flag(false)]
    )
  }
}
