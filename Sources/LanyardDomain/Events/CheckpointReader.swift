/// A checkpoint with the place in the document that it follows from.
struct CheckpointEntry {
  let path: String
  var checkpoint: Checkpoint
}

/// Reads the entrances, zones and rooms of a programme.
enum CheckpointReader {
  private static let guardedKeys = [
    "name", "id", "area", "capacity", "admits_stakeholder_groups", "admits_guest_roles", "admits_participation",
    "booked_only", "days", "opens", "closes", "directions", "re_entry", "pause_minutes", "most_entries", "most_days",
  ]
  private static let roomKeys = [
    "name", "id", "within", "capacity", "early_entry_minutes", "grace_minutes", "re_entry", "directions",
  ]
  private static let nameLimit = 100

  /// Reads an entrance or a zone; nil where it has no name or id.
  static func guarded(
    _ kind: Checkpoint.Kind,
    _ value: JSONValue,
    path: String,
    event: Event,
    _ check: inout FieldCheck
  ) -> CheckpointEntry? {
    let fields = JSONFields(value, path: path, known: guardedKeys + (kind == .zone ? ["within"] : []), &check)
    let (name, id) = identity(fields, kind: kind.spelling, &check)
    let area = resourceID("area", fields, &check)
    var checkpoint = Checkpoint(
      id: id,
      displayName: name,
      kind: kind,
      area: area.isEmpty ? (kind == .entrance ? Checkpoint.venueArea : id) : area,
      timeZone: event.timeZone
    )
    if kind == .zone { checkpoint.within = fields.text("within", limit: 200, &check) }
    checkpoint.admits = AdmissionList(
      groups: fields.ids("admits_stakeholder_groups", limit: 50, of: event.stakeholderGroups, &check),
      roles: fields.ids("admits_guest_roles", limit: 50, of: event.guestRoles, &check)
    )
    let ways = fields.values("admits_participation", of: Participation.self, &check)
    if !ways.isEmpty { checkpoint.admits.participations = ways }
    checkpoint.requiresBooking = fields.flag("booked_only", &check) ?? false
    let eventDays = (event.startDate.daysSince1970...max(event.startDate, event.endDate).daysSince1970)
      .map { "\(LocalDate(daysSince1970: $0))" }
    checkpoint.days = fields.texts("days", limit: 400, of: eventDays, &check).compactMap(LocalDate.init)
    checkpoint.hours = hours(fields, &check)
    readRules(of: &checkpoint, fields, &check)
    if let minutes = fields.whole("pause_minutes", in: Checkpoint.pauseMinutes, &check) {
      checkpoint.pause = .seconds(minutes * 60)
    }
    checkpoint.mostEntries = fields.whole("most_entries", in: Checkpoint.entryRange, &check)
    checkpoint.mostDays = fields.whole("most_days", in: Checkpoint.dayRange, &check)
    return name.isEmpty ? nil : CheckpointEntry(path: path, checkpoint: checkpoint)
  }

  /// Reads a listed room, whose door is a checkpoint in the event's time zone for now; nil where it has no name.
  static func room(
    _ value: JSONValue,
    path: String,
    event: Event,
    _ check: inout FieldCheck
  ) -> CheckpointEntry? {
    let fields = JSONFields(value, path: path, known: roomKeys, &check)
    let (name, id) = identity(fields, kind: "room", &check)
    var checkpoint = Checkpoint(id: id, displayName: name, kind: .sessionDoor, area: id, timeZone: event.timeZone)
    checkpoint.within = fields.text("within", limit: 200, &check)
    readRules(of: &checkpoint, fields, &check)
    if let minutes = fields.whole("early_entry_minutes", in: Checkpoint.earlyEntryMinutes, &check) {
      checkpoint.earlyEntry = .seconds(minutes * 60)
    }
    if let minutes = fields.whole("grace_minutes", in: Checkpoint.graceMinutes, &check) {
      checkpoint.grace = .seconds(minutes * 60)
    }
    return name.isEmpty ? nil : CheckpointEntry(path: path, checkpoint: checkpoint)
  }

  /// Notes ids that two checkpoints have, and rooms that would share the area of an entrance or a zone.
  static func noteDoubled(outer: [CheckpointEntry], rooms: [CheckpointEntry], _ check: inout FieldCheck) {
    var ids: [String: CheckpointEntry] = [:]
    for entry in outer + rooms {
      let checkpoint = entry.checkpoint
      if let earlier = ids[checkpoint.id] {
        check.add(
          "\(entry.path).id",
          .doubledID(
            id: checkpoint.id,
            name: checkpoint.displayName,
            other: earlier.checkpoint.displayName,
            path: earlier.path
          )
        )
      } else {
        ids[checkpoint.id] = entry
      }
    }
    for room in rooms {
      guard let other = outer.first(where: { $0.checkpoint.area == room.checkpoint.area }) else { continue }
      check.add(
        "\(room.path).id",
        .sharedArea(
          id: room.checkpoint.id,
          name: room.checkpoint.displayName,
          other: other.checkpoint.displayName
        )
      )
    }
  }

  /// Notes places that stand in an area that the event has not, or in themselves.
  ///
  /// - Parameter inner: Zones and rooms.
  static func noteWithin(_ inner: [CheckpointEntry], _ check: inout FieldCheck) {
    let known = inner.map(\.checkpoint.area).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    for entry in inner where !entry.checkpoint.within.isEmpty {
      let field = "\(entry.path).within"
      guard known.contains(entry.checkpoint.within) else {
        let advice = NearestName.advice(for: entry.checkpoint.within, known: known)
        check.add(field, .unknownArea(area: entry.checkpoint.within, advice))
        continue
      }
      var around: Set<String> = []
      var next = [entry.checkpoint.within]
      while let area = next.popLast() {
        guard around.insert(area).inserted else { continue }
        next += inner.filter { $0.checkpoint.area == area && !$0.checkpoint.within.isEmpty }.map(\.checkpoint.within)
      }
      if around.contains(entry.checkpoint.area) { check.add(field, .withinItself(area: entry.checkpoint.area)) }
    }
  }

  private static func identity(
    _ fields: JSONFields,
    kind: String,
    _ check: inout FieldCheck
  ) -> (name: String, id: String) {
    let name = fields.text("name", limit: nameLimit, required: true, &check)
    let id = resourceID("id", fields, &check)
    return (name, id.isEmpty ? ResourceID.suggested(by: name) ?? ResourceID.made(of: name, kind: kind) : id)
  }

  /// When it opens and closes each day.
  private static func hours(_ fields: JSONFields, _ check: inout FieldCheck) -> DailyHours {
    func minutes(_ name: String, _ fallback: Int) -> Int {
      let text = fields.text(name, limit: 20, &check)
      guard !text.isEmpty else { return fallback }
      if let minutes = DailyHours.minutes(text) { return minutes }
      check.add(fields.path(name), .noTimeOfDay)
      return fallback
    }
    let whole = DailyHours.wholeDay
    let (opens, closes) = (minutes("opens", whole.opens), minutes("closes", whole.closes))
    if let hours = DailyHours(opens: opens, closes: closes) { return hours }
    check.add(fields.path("opens"), .opensAtEnd)
    return whole
  }

  private static func resourceID(_ name: String, _ fields: JSONFields, _ check: inout FieldCheck) -> String {
    let id = fields.text(name, limit: 200, &check)
    if !id.isEmpty && !ResourceID.isValid(id) { check.add(fields.path(name), .noID(limit: ResourceID.limit)) }
    return id
  }

  /// A word, or `true` or `false` for the two that say no more.
  private static func reentry(_ fields: JSONFields, _ check: inout FieldCheck) -> Checkpoint.Reentry {
    switch fields.value("re_entry", &check) {
    case nil, .flag(true): return .afterLeaving
    case .flag(false): return .never
    case .some(let value):
      if case .text(let text) = value, let reentry = Checkpoint.Reentry(spelling: text) { return reentry }
      check.add(fields.path("re_entry"), .noReentry(value.kind, word: Checkpoint.Reentry.unscanned.spelling))
      return .afterLeaving
    }
  }

  private static func readRules(of checkpoint: inout Checkpoint, _ fields: JSONFields, _ check: inout FieldCheck) {
    checkpoint.capacity = fields.whole("capacity", in: Capacity.range, &check)
    checkpoint.reentry = reentry(fields, &check)
    let name = fields.text("directions", limit: 20, &check)
    guard !name.isEmpty else { return }
    if let directions = Checkpoint.Directions(spelling: name) {
      checkpoint.directions = directions
    } else {
      let advice = NearestName.advice(for: name, known: Checkpoint.Directions.spellings)
      check.add(fields.path("directions"), .unknownWay(advice))
    }
  }
}
