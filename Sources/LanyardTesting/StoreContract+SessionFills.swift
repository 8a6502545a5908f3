import LanyardDomain
import LanyardStore
import Testing

extension StoreRule {
  /// Scans of seven people at two rooms and a lane, one a minute; some are taken back.
  private static func scanSessions(_ seed: UInt64, from start: Instant, _ store: any Store) async throws {
    var generator = Generator(seed: seed)
    for minute in 0..<150 {
      let moment = start + .seconds(minute * 60)
      let door = ["plenary-hall", "plenary-hall", "room-a", "entrance-lane-1"].randomElement(using: &generator)
      let way = Int.random(in: 0..<4, using: &generator) == 0 ? Direction.out : .into
      let scan = Self.scan("CODE\(Int.random(in: 1...8, using: &generator))", at: door ?? "", way)
      _ = try await admit([scan], store, at: moment)
      guard Int.random(in: 0..<9, using: &generator) == 0 else { continue }
      let undo = UndoRequest(scan: scan.id, event: forum, reporter: "desk", isSupervisor: true, note: "")
      _ = try await store.undo(.test(moment + .seconds(1)), undo)
    }
  }

  /// A reading of its own: somebody is in a session from an admission to it until they pass anywhere again, or it ends. All doors
  /// of the sample are lanes and rooms, so that whoever passes one is nowhere else. Each second at which anything changes is
  /// looked at.
  private static func fullest(
    _ ledger: [RecordedScan],
    _ store: any Store
  ) async throws -> [String: (most: Int, people: Int)] {
    var stays: [String: [(person: String, from: Instant, to: Instant)]] = [:]
    let standing = ledger.filter { $0.undo == nil && $0.answer.kind != .refused }
    for (index, scan) in standing.enumerated() where scan.answer == .admitted {
      guard let id = scan.session, let person = scan.attendee?.registration else { continue }
      let end = try await store.session(id, of: forum).span.upperBound
      func moment(_ scan: RecordedScan) -> Instant { scan.offline?.happenedAt ?? scan.receivedAt }
      let next = standing[(index + 1)...].first { $0.attendee?.registration == person }.map(moment) ?? end
      stays[id, default: []].append((person, moment(scan), min(next, end)))
    }
    return stays.mapValues { stays in
      let most = stays.map { stay in stays.count { $0.from <= stay.from && stay.from < $0.to } }.max() ?? 0
      return (most, Set(stays.map(\.person)).count)
    }
  }

  static let sessionFills: [StoreRule] = [
    StoreRule("how full sessions were is what each person's passages come to, at the fullest and in all") { store in
      _ = try await visitors(store)
      let session = try await store.session("s001", of: forum)
      try await scanSessions(3, from: session.span.lowerBound - .seconds(300), store)
      let ledger = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 1000)).items
      let found = try await store.summary(of: forum, on: LocalDate("2024-05-27"), by: .session, at: now).summary
      let expected = try await fullest(ledger, store)
      #expect(Set(found.rows.map(\.key)) == Set(expected.keys) && expected.count > 1)
      for row in found.rows {
        #expect(row.fill?.most == expected[row.key]?.most && row.fill?.inAll == expected[row.key]?.people, "\(row)")
        let capacity = try await store.session(row.key, of: forum).capacity
        #expect(row.fill?.capacity == capacity)
      }
      #expect(expected.values.contains { $0.most > 2 && $0.most < $0.people }, "\(expected)")
    },
    StoreRule(
      "how full a session was follows from all who were admitted to it, whatever day is asked and when it is known"
    ) {
      store in
      _ = try await visitors(store)
      try await scanAllDay(7, store)
      let session = try await store.session("s001", of: forum)
      // Of two who are in it at once the lane tells when the day is over, and of one that they left.
      let start = session.span.lowerBound
      let told = [("CODE1", 60, Direction.into), ("CODE2", 120, .into), ("CODE1", 600, .out)].map { code, after, way in
        let at = start + .seconds(after)
        return OfflineScan(
          undone: nil,
          at: at,
          answered: .init(
            scan: scan(code, at: "plenary-hall", way),
            answer: way == .into ? .admitted : .left(wasInside: true),
            happenedAt: at,
            notInRoster: false
          )
        )
      }
      let reports = try await store.record(
        .test(now + .seconds(49 * 3600)),
        told,
        of: forum,
        reporter: "device",
        isSupervisor: false,
        reader: unrecorded
      )
      #expect(reports.count == 3)
      let ledger = try await store.scans(of: forum, checkpoint: nil, PageRequest(size: 1000)).items.sorted {
        ($0.offline?.happenedAt ?? $0.receivedAt) < ($1.offline?.happenedAt ?? $1.receivedAt)
      }
      let expected = try await fullest(ledger, store)
      for date in ["2024-05-27", "2024-05-28"] {
        let found = try await store.summary(of: forum, on: LocalDate(date), by: .session, at: now).summary
        #expect(!found.rows.isEmpty)
        for row in found.rows {
          #expect(row.fill?.most == expected[row.key]?.most && row.fill?.inAll == expected[row.key]?.people, "\(row)")
        }
      }
      #expect((expected["s001"]?.people ?? 0) >= 2)
    },
  ]
}
