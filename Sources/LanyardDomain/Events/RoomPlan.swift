/// Finds the room of each session, where rooms are listed, or makes the rooms of what sessions say.
struct RoomPlan {
  private struct Place: Hashable {
    let venue: String
    let room: String
  }

  private let event: Event
  private let isListed: Bool
  private var indices: [Place: Int] = [:]
  private var zones: [Int: SessionEntry] = [:]
  private var occupants: [Int: [SessionEntry]] = [:]
  /// The rooms' doors, as listed or in the order in which sessions name them.
  private(set) var rooms: [CheckpointEntry]
  /// The sessions with their checkpoints.
  private(set) var placed: [Session] = []

  /// `listed` are the rooms that the event lists; where it lists none, sessions name them.
  init(listed: [CheckpointEntry], of event: Event) {
    self.event = event
    rooms = listed
    isListed = !listed.isEmpty
  }

  /// Gives each session its door; notes rooms that are unknown or listed twice, and sessions that cannot share one.
  mutating func place(_ sessions: [SessionEntry], _ check: inout FieldCheck) {
    for (index, room) in rooms.enumerated() {
      let place = Place(venue: "", room: room.checkpoint.displayName)
      if indices.updateValue(index, forKey: place) != nil {
        check.add("\(room.path).name", .doubledRoom(room: place.room))
      }
    }
    for entry in sessions {
      var session = entry.session
      if let index = room(of: entry, &check) {
        session.checkpoint = rooms[index].checkpoint.id
        takeZone(of: entry, room: index, &check)
        occupants[index, default: []].append(entry)
      }
      placed.append(session)
    }
    noteOverlaps(&check)
  }

  private mutating func room(of entry: SessionEntry, _ check: inout FieldCheck) -> Int? {
    let session = entry.session
    guard !session.room.isEmpty else { return nil }
    let place = Place(venue: isListed ? "" : session.venue, room: session.room)
    if let index = indices[place] { return index }
    if isListed {
      let known = rooms.map(\.checkpoint.displayName)
      check.add(
        "\(entry.path).room",
        .unknownRoom(room: session.room, NearestName.advice(for: session.room, known: known))
      )
      return nil
    }
    let id = freeID(for: place)
    rooms.append(
      CheckpointEntry(
        path: entry.path,
        checkpoint: Checkpoint(
          id: id,
          displayName: session.room,
          kind: .sessionDoor,
          area: id,
          timeZone: session.timeZone
        )
      )
    )
    indices[place] = rooms.count - 1
    return rooms.count - 1
  }

  /// The id that the room's name suggests, with the venue where another venue has a room of that name.
  private func freeID(for place: Place) -> String {
    let made = ResourceID.made(of: "\(place.room) \(place.venue)", kind: "room")
    let suggested = ResourceID.suggested(by: place.room) ?? made
    guard rooms.contains(where: { $0.checkpoint.displayName == place.room }) else { return suggested }
    let taken = Set(rooms.map(\.checkpoint.id))
    let withVenue = ResourceID.suggested(by: "\(place.room) \(place.venue)")
    return [suggested, withVenue ?? suggested].first { !taken.contains($0) } ?? made
  }

  private mutating func takeZone(of entry: SessionEntry, room index: Int, _ check: inout FieldCheck) {
    guard let first = zones[index] else {
      zones[index] = entry
      rooms[index].checkpoint.timeZone = entry.session.timeZone
      return
    }
    if first.session.timeZone != entry.session.timeZone {
      check.add(
        "\(entry.path).time_zone",
        .otherZoneInRoom(
          zone: entry.session.timeZone.rawValue,
          session: first.session.code,
          room: entry.session.room,
          other: first.session.timeZone.rawValue
        )
      )
    }
  }

  private func noteOverlaps(_ check: inout FieldCheck) {
    for index in rooms.indices {
      let timed = (occupants[index] ?? []).filter { !$0.session.span.isEmpty }
      let byStart = timed.sorted { $0.session.span.lowerBound < $1.session.span.lowerBound }
      guard var latest = byStart.first else { continue }
      for entry in byStart.dropFirst() {
        if entry.session.span.lowerBound < latest.session.span.upperBound {
          check.add(
            "\(entry.path).start",
            .overlap(session: entry.session.code, other: latest.session.code, room: entry.session.room)
          )
        }
        if entry.session.span.upperBound > latest.session.span.upperBound { latest = entry }
      }
    }
  }
}
