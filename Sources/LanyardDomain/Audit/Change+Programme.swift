extension Change {
  /// An event came with a programme.
  package static func created(_ event: Event) -> Change {
    Change(.eventCreated, of: event.slug, to: ResourceName.event(event.slug).description, after: event.facts)
  }

  package static func updated(_ event: Event, from before: Event) -> Change {
    Change(
      .eventUpdated,
      of: event.slug,
      to: ResourceName.event(event.slug).description,
      from: before.facts,
      to: event.facts
    )
  }

  package static func archived(_ event: String, _ isArchived: Bool) -> Change {
    Change(
      .eventArchived,
      of: event,
      to: ResourceName.event(event).description,
      before: ["is_archived": .flag(!isArchived)],
      after: ["is_archived": .flag(isArchived)]
    )
  }

  /// An event is no more; it is on record with the installation, which stays.
  package static func deleted(_ event: Event) -> Change {
    Change(.eventDeleted, of: nil, to: ResourceName.event(event.slug).description, before: event.facts)
  }

  package static func created(_ session: Session, of event: String) -> Change {
    Change(
      .sessionCreated,
      of: event,
      to: ResourceName.session(session.id, of: event).description,
      after: session.facts
    )
  }

  package static func updated(_ session: Session, from before: Session, of event: String) -> Change {
    Change(
      .sessionUpdated,
      of: event,
      to: ResourceName.session(session.id, of: event).description,
      from: before.facts,
      to: session.facts
    )
  }

  /// The programme no longer has a session.
  package static func withdrawn(_ session: Session, of event: String) -> Change {
    Change(
      .sessionWithdrawn,
      of: event,
      to: ResourceName.session(session.id, of: event).description,
      before: session.facts
    )
  }

  /// The programme has a session again.
  package static func restored(_ session: Session, of event: String) -> Change {
    Change(
      .sessionRestored,
      of: event,
      to: ResourceName.session(session.id, of: event).description,
      after: session.facts
    )
  }

  /// - Parameter position: Its place among the checkpoints, from 0.
  package static func created(_ checkpoint: Checkpoint, position: Int, of event: String) -> Change {
    Change(
      .checkpointCreated,
      of: event,
      to: ResourceName.checkpoint(checkpoint.id, of: event).description,
      after: checkpoint.facts(position)
    )
  }

  package static func updated(
    _ checkpoint: Checkpoint,
    position: Int,
    from before: (checkpoint: Checkpoint, position: Int),
    of event: String
  ) -> Change {
    Change(
      .checkpointUpdated,
      of: event,
      to: ResourceName.checkpoint(checkpoint.id, of: event).description,
      from: before.checkpoint.facts(before.position),
      to: checkpoint.facts(position)
    )
  }
}

extension Event {
  fileprivate var facts: [String: Fact] {
    var facts: [String: Fact] = [
      "title": .word(title.plain), "start_date": .word("\(startDate)"), "end_date": .word("\(endDate)"),
      "time_zone": .word(timeZone.rawValue), "city": .word(city), "country": .word(country),
      "organisers": .word(organisers),
      "allows_remote": .flag(allowsRemote), "tracks": .words(tracks.choices.ids),
      "stakeholder_groups": .words(stakeholderGroups.choices.ids), "guest_roles": .words(guestRoles.choices.ids),
      "reviewed_stakeholder_groups": .words(reviewedStakeholderGroups),
      "reviewed_guest_roles": .words(reviewedGuestRoles), "language": .word(language.tag),
      "deadlines": .words(deadlines.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }),
    ]
    facts["onsite_capacity"] = onsiteCapacity.map { .number(Int64($0)) }
    if !movingUp.isOn { facts["moves_up"] = .flag(false) }
    facts["moving_up_ends"] = movingUp.ends.map { .moment($0) }
    if activatesBadges { facts["activates_badges"] = .flag(true) }
    if allowsMissedExits { facts["allows_missed_exits"] = .flag(true) }
    for (name, words) in [
      ("listed_needs", listedNeeds), ("activated_stakeholder_groups", activatedStakeholderGroups),
      ("titles", title.facts), ("track_labels", tracks.choices.labelFacts),
      ("stakeholder_group_labels", stakeholderGroups.choices.labelFacts),
      ("guest_role_labels", guestRoles.choices.labelFacts),
    ] where !words.isEmpty {
      facts[name] = .words(words)
    }
    return facts
  }
}

extension Session {
  fileprivate var facts: [String: Fact] {
    var facts: [String: Fact] = [
      "code": .word(code), "title": .word(title.plain), "track": .word(track), "starts_at": .moment(span.lowerBound),
      "ends_at": .moment(span.upperBound), "time_zone": .word(timeZone.rawValue), "venue": .word(venue),
      "room": .word(room),
      "city": .word(city), "country": .word(country), "allows_remote": .flag(allowsRemote),
      "admitted_groups": .words(admittedGroups), "requires_booking": .flag(requiresBooking),
      "is_sample": .flag(isSample), "checkpoint": .word(checkpoint),
    ]
    facts["capacity"] = capacity.map { .number(Int64($0)) }
    if !title.facts.isEmpty { facts["titles"] = .words(title.facts) }
    return facts
  }
}

extension Checkpoint {
  fileprivate func facts(_ position: Int) -> [String: Fact] {
    var facts: [String: Fact] = [
      "position": .number(Int64(position)), "display_name": .word(displayName), "kind": .word(kind.rawValue),
      "area": .word(area), "within": .word(within), "admitted_groups": .words(admits.groups),
      "admitted_roles": .words(admits.roles),
      "admitted_participations": .words(admits.participations.map(\.rawValue)),
      "directions": .word(directions.rawValue), "allows_reentry": .flag(allowsReentry),
      "reentry": .word(reentry.rawValue),
      "pause_seconds": .number(pause.components.seconds), "grace_seconds": .number(grace.components.seconds),
      "early_entry_seconds": .number(earlyEntry.components.seconds), "is_closed": .flag(isClosed),
      "opens": .word(DailyHours.text(hours.opens)), "closes": .word(DailyHours.text(hours.closes)),
      "days": .words(days.map { "\($0)" }), "requires_booking": .flag(requiresBooking),
      "time_zone": .word(timeZone.rawValue),
    ]
    facts["capacity"] = capacity.map { .number(Int64($0)) }
    facts["most_entries"] = mostEntries.map { .number(Int64($0)) }
    facts["most_days"] = mostDays.map { .number(Int64($0)) }
    return facts
  }
}
