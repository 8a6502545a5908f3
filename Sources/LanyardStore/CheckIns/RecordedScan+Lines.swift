package import LanyardDomain

extension RecordedScan.Explanation {
  private static let (entries, days, session, door) = ("entries", "days", "session", "door")

  /// What a column has of it: a word with its values a line.
  package var lines: [String] {
    var lines: [String] = []
    switch used {
    case .entries(let limit): lines.append("\(Self.entries) \(limit)")
    case .days(let limit): lines.append("\(Self.days) \(limit)")
    case nil: break
    }
    if let nextSession { lines.append("\(Self.session) \(nextSession.session) \(nextSession.opensAt.microseconds)") }
    return lines + doors.map { "\(Self.door) \($0.checkpoint)" }
  }

  /// From lines of the column; what the programme has not any more helps nobody.
  ///
  /// - Throws: `StoreError.unknownValue` where this version does not know a line.
  init(lines: [String], _ plan: VenuePlan) throws {
    self.init()
    for line in lines {
      let words = line.split(separator: " ").map(String.init)
      switch (words.first, words.count) {
      case (Self.entries, 2): used = .entries(try Self.number(words[1]))
      case (Self.days, 2): used = .days(try Self.number(words[1]))
      case (Self.session, 3):
        let opensAt = Instant(microseconds: Int64(try Self.number(words[2])))
        if let session = plan.allSessions.first(where: { $0.session.id == words[1] })?.session {
          nextSession = NextSession(session: session.id, title: session.title, opensAt: opensAt)
        }
      case (Self.door, 2):
        if let found = plan.checkpoints.values.first(where: { $0.id == words[1] }) {
          doors.append(Door(checkpoint: found.id, displayName: found.displayName))
        }
      default: throw Self.unknown
      }
    }
  }

  private static func number(_ word: String) throws -> Int {
    guard let number = Int(word) else { throw unknown }
    return number
  }

  private static var unknown: StoreError { .unknownValue(table: "scan", column: "explanation") }
}
