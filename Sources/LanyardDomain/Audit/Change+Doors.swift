extension Change {
  /// A scan was taken back.
  ///
  /// - Parameter moment: When, which a lane that was offline says later.
  package static func undone(_ scan: UUIDBytes, at moment: Instant, of event: String) -> Change {
    Change(
      .checkInUndone,
      of: event,
      to: ResourceName.checkIn(scan, of: event),
      after: ["undone_at": .moment(moment)]
    )
  }

  /// A scan that was taken back without the right to is taken back by somebody who has it.
  package static func undoConfirmed(_ scan: UUIDBytes, at moment: Instant, of event: String) -> Change {
    Change(
      .checkInUndoConfirmed,
      of: event,
      to: ResourceName.checkIn(scan, of: event),
      after: ["undone_at": .moment(moment)]
    )
  }

  /// A scan was taken back that is not on record, so that it is not recorded any more.
  package static func withdrawn(_ scan: UUIDBytes, at moment: Instant, of event: String) -> Change {
    Change(
      .checkInWithdrawn,
      of: event,
      to: ResourceName.checkIn(scan, of: event),
      after: ["undone_at": .moment(moment)]
    )
  }

  /// A conflict came onto the record.
  package static func recorded(_ conflict: SignedConflict) -> Change {
    Change(.conflictRecorded, of: conflict.event, to: conflict.name, after: conflict.facts)
  }

  /// A conflict is on record of which nothing told when it came.
  package static func takenOver(_ conflict: SignedConflict) -> Change {
    Change(.conflictTakenOver, of: conflict.event, to: conflict.name, after: conflict.facts)
  }

  /// A conflict is none any more.
  package static func settled(_ conflict: SignedConflict) -> Change {
    Change(.conflictSettled, of: conflict.event, to: conflict.name, before: conflict.facts)
  }

  /// Scans came onto the ledger.
  ///
  /// - Parameters:
  ///   - digest: SHA-256 over their rows, in hexadecimal digits.
  ///   - isTakenOver: Whether they were on the ledger before the trail began.
  package static func scans(
    count: Int64,
    sequences: ClosedRange<Int64>,
    digest: String,
    of event: String,
    isTakenOver: Bool
  ) -> Change {
    Change(
      isTakenOver ? .scansTakenOver : .scansRecorded,
      of: event,
      to: ResourceName.event(event),
      after: [
        "count": .number(count), "first": .number(sequences.lowerBound), "last": .number(sequences.upperBound),
        "digest": .word(digest),
      ]
    )
  }

  /// A code was made with which a device of the event may enrol.
  ///
  /// - Parameter code: Resource id.
  package static func enrolmentCodeCreated(
    _ code: String,
    _ profile: DeviceProfile,
    checkpoints: [String],
    isSupervisor: Bool,
    expiresAt: Instant,
    of event: String
  ) -> Change {
    Change(
      .enrolmentCodeCreated,
      of: event,
      to: ResourceName.event(event),
      after: [
        "code": .word(code), "profile": .word(profile.rawValue), "checkpoints": .words(checkpoints),
        "is_supervisor": .flag(isSupervisor), "expires_at": .moment(expiresAt),
      ]
    )
  }

  /// A code was withdrawn with which nobody had enrolled.
  package static func withdrawn(_ enrolment: Enrolment) -> Change {
    Change(
      .enrolmentCodeWithdrawn,
      of: enrolment.event,
      to: ResourceName.enrolmentCode(enrolment.id, of: enrolment.event),
      before: ["is_withdrawn": .flag(false)],
      after: ["is_withdrawn": .flag(true)]
    )
  }

  /// A device was promised to who showed a code.
  package static func promised(_ device: Device) -> Change {
    Change(
      .devicePromised,
      of: device.event,
      to: ResourceName.device(device.id, of: device.event),
      after: device.facts
    )
  }

  /// A device came onto the record.
  package static func enrolled(_ device: Device) -> Change {
    Change(
      .deviceEnrolled,
      of: device.event,
      to: ResourceName.device(device.id, of: device.event),
      after: device.facts
    )
  }

  package static func certified(_ device: String, of event: String, from before: Instant?, until endsAt: Instant)
    -> Change
  {
    Change(
      .deviceCertified,
      of: event,
      to: ResourceName.device(device, of: event),
      before: before.map { ["certificate_ends_at": .moment($0)] },
      after: ["certificate_ends_at": .moment(endsAt)]
    )
  }

  /// A device runs another version of the program.
  package static func updated(_ device: Device, to version: String) -> Change {
    Change(
      .deviceUpdated,
      of: device.event,
      to: ResourceName.device(device.id, of: device.event),
      before: device.report.map { ["version": .word($0.version)] },
      after: ["version": .word(version)]
    )
  }

  /// The organiser changed a device: of what it is called, that it changed.
  package static func changed(_ device: Device, to changed: Device) -> Change {
    func rights(_ device: Device) -> [String: Fact] {
      ["checkpoints": .words(device.checkpoints), "is_supervisor": .flag(device.isSupervisor)]
    }
    let (before, after) = (rights(device), rights(changed))
    var named = after.filter { before[$0.key] != $0.value }
    if changed.displayName != device.displayName { named["changed"] = .words(["display_name"]) }
    return Change(
      .deviceChanged,
      of: device.event,
      to: device.name,
      before: before.filter { after[$0.key] != $0.value },
      after: named
    )
  }

  package static func revoked(_ device: Device) -> Change {
    Change(
      .deviceRevoked,
      of: device.event,
      to: ResourceName.device(device.id, of: device.event),
      before: ["is_revoked": .flag(false)],
      after: ["is_revoked": .flag(true)]
    )
  }
}

extension Device {
  fileprivate var facts: [String: Fact] {
    [
      "profile": .word(profile.rawValue), "checkpoints": .words(checkpoints), "is_supervisor": .flag(isSupervisor),
    ]
  }
}
