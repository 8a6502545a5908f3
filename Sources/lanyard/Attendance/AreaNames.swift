import LanyardDomain

/// What the areas of an event are called: each as the room or the zone whose id it has, else as the only checkpoint that leads to
/// it; else by its id.
struct AreaNames {
  private let names: [String: String]

  /// - Parameter checkpoints: All of the event.
  init(_ checkpoints: [Checkpoint]) {
    var names: [String: String] = [:]
    for (area, doors) in Dictionary(grouping: checkpoints, by: \.area) {
      for door in doors where door.id == area { names[area] = door.displayName }
      if names[area] == nil, doors.count == 1 { names[area] = doors[0].displayName }
    }
    self.names = names
  }

  subscript(area: String) -> String { names[area] ?? area }
}
