/// A checkpoint with the place in the document that it follows from.
struct CheckpointEntry {
  let path: String
  var checkpoint: Checkpoint
}

/// Reads the entrances and rooms of a programme.
enum CheckpointReader {
  private static let entranceKeys = [
    "name", "id", "area", "capacity", "admits_stakeholder_groups", "admits_guest_roles", "directions", "re_entry",
  ]
  private static let roomKeys = ["name", "id", "capacity", "early_entry_minutes", "re_entry", "directions"]
  private static let directions: [(name: String, value: Checkpoint.Directions)] = [
    ("in", .inOnly), ("out", .outOnly), ("both", .both), ("by_turns", .byTurns),
  ]
  private static let nameLimit = 100

  /// Reads an entrance; nil where it has no name or id.
  static func entrance(
    _ value: JSONValue,
    path: String,
    event: Event,
    _ check: inout FieldCheck
  ) -> CheckpointEntry? {
    let fields = JSONFields(value, path: path, known: entranceKeys, &check)
    let (name, id) = identity(fields, kind: "entrance", &check)
    let area = resourceID("area", fields, &check)
    var checkpoint = Checkpoint(
      id: id,
      displayName: name,
      kind: .entrance,
      area: area.isEmpty ? Checkpoint.venueArea : area,
      timeZone: event.timeZone
    )
    checkpoint.admits = AdmissionList(
      groups: fields.texts("admits_stakeholder_groups", limit: 50, of: event.stakeholderGroups, &check),
      roles: fields.texts("admits_guest_roles", limit: 50, of: event.guestRoles, &check)
    )
    readRules(of: &checkpoint, fields, &check)
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
    readRules(of: &checkpoint, fields, &check)
    if let minutes = fields.whole("early_entry_minutes", in: 0...240, &check) {
      checkpoint.earlyEntry = .seconds(minutes * 60)
    }
    return name.isEmpty ? nil : CheckpointEntry(path: path, checkpoint: checkpoint)
  }

  /// Notes ids that two checkpoints have, and rooms that would share the area of an entrance.
  static func noteDoubled(entrances: [CheckpointEntry], rooms: [CheckpointEntry], _ check: inout FieldCheck) {
    var ids: [String: CheckpointEntry] = [:]
    for entry in entrances + rooms {
      let checkpoint = entry.checkpoint
      if let earlier = ids[checkpoint.id] {
        check.add(
          "\(entry.path).id",
          "is \(checkpoint.id) for \"\(checkpoint.displayName)\", which is the id of "
            + "\"\(earlier.checkpoint.displayName)\" (\(earlier.path)) too; give each its own, a room in rooms"
        )
      } else {
        ids[checkpoint.id] = entry
      }
    }
    for room in rooms {
      guard let entrance = entrances.first(where: { $0.checkpoint.area == room.checkpoint.area }) else { continue }
      check.add(
        "\(room.path).id",
        "is \(room.checkpoint.id) for \"\(room.checkpoint.displayName)\", which is the area of the entrance "
          + "\"\(entrance.checkpoint.displayName)\" too; list the room in rooms with another id"
      )
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

  private static func resourceID(_ name: String, _ fields: JSONFields, _ check: inout FieldCheck) -> String {
    let id = fields.text(name, limit: 200, &check)
    if !id.isEmpty && !ResourceID.isValid(id) { check.add(fields.path(name), ResourceID.rule) }
    return id
  }

  private static func readRules(of checkpoint: inout Checkpoint, _ fields: JSONFields, _ check: inout FieldCheck) {
    checkpoint.capacity = fields.whole("capacity", in: ProgrammeEvent.capacities, &check)
    checkpoint.allowsReentry = fields.flag("re_entry", &check) ?? true
    let name = fields.text("directions", limit: 20, &check)
    guard !name.isEmpty else { return }
    if let direction = directions.first(where: { $0.name == name }) {
      checkpoint.directions = direction.value
    } else {
      let known = directions.map(\.name)
      check.add(fields.path("directions"), "is none of the known ways; \(NearestName.advice(for: name, known: known))")
    }
  }
}
