import Foundation
import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("What a folder's journals heard of their event")
struct HeardElsewhereTests {
  private static let here = JournalOrigin(
    server: Endpoint(host: "here", port: 1),
    authority: "PEM",
    event: PaperEvent.slug
  )

  /// A folder whose journals know an event of a gate, a side door to the same area, and a hall.
  private struct Folder {
    let url: URL
    let event: PaperEvent

    init(_ url: URL) throws {
      self.url = url
      event = try PaperEvent(["gate": { _ in }, "side": { _ in }, "hall": { ($0.kind, $0.area) = (.zone, "hall") }])
    }

    /// The journal of a checkpoint that has heard a badge's state, at an entry of the feed.
    func keep(
      _ checkpoint: String,
      at cursor: String,
      _ state: Lanyard_V1_Badge.State,
      insideAt doors: [String] = [],
      minute: Int = 0,
      isRehearsal: Bool = false,
      origin: JournalOrigin = here
    ) throws {
      let journal = try LaneJournal(path: path(checkpoint))
      try journal.bind(to: origin)
      try journal.keepPlace(checkpoint)
      var message = event.snapshot([try badge(state)], at: PaperEvent.morning + .seconds(60 * minute))
      message.plan.rehearsal = isRehearsal
      message.cursor = cursor
      message.presences = doors.map { door in
        .with {
          ($0.registration, $0.checkpoint, $0.inside) = ("person-1", door, true)
          $0.admitTime = Google_Protobuf_Timestamp(PaperEvent.morning)
          $0.periodStartTime = Google_Protobuf_Timestamp(PaperEvent.start)
        }
      }
      try journal.apply([.begin] + RosterChange.all(of: message))
    }

    func badge(_ state: Lanyard_V1_Badge.State) throws -> PaperEvent.Badge {
      try event.badge(1) { $0.badgeState = state }
    }

    func path(_ checkpoint: String) -> String { url.appending(path: "lane-\(checkpoint).sqlite").path }

    /// What a lane knows that begins at a checkpoint.
    func roster(at checkpoint: String) throws -> StoredRoster {
      let path = path(checkpoint)
      let folder = JournalFolder(path: url.path, origin: here, own: path, countsBusy: true)
      return folder.completed(try LaneJournal(path: path).roster(), at: checkpoint)
    }

    /// How the badge stands by what a lane knows that begins at a checkpoint.
    func state(at checkpoint: String) throws -> Lanyard_V1_Badge.State? {
      try roster(at: checkpoint).badges.first.map { try Lanyard_V1_RosterEntry(serializedBytes: $0).badgeState }
    }
  }

  private static func inFolder(_ body: (Folder) throws -> Void) throws {
    try withTemporaryFolder { try body(Folder($0)) }
  }

  @Test("Is known to a lane that begins, the newest of it, and the lane goes on from where its own file is")
  func newest() throws {
    try Self.inFolder { folder in
      try folder.keep("hall", at: "s.e1.5.1", .active)
      try folder.keep("gate", at: "s.e1.9.1", .held, minute: 7)
      try folder.keep("side", at: "s.e1.7.1", .replaced, minute: 3)
      let roster = try folder.roster(at: "hall")
      #expect(try folder.state(at: "hall") == .held)
      #expect(roster.cursor == "s.e1.5.1", "what its own file did not get is to come")
      #expect(roster.heard == PaperEvent.morning + .seconds(420))
      #expect(try folder.state(at: "gate") == .held)
      #expect(try LaneJournal(path: folder.path("hall")).roster().heard == PaperEvent.morning)
    }
  }

  @Test("Is passed over where it is of other data, of a rehearsal, of another server, or cannot be read")
  func others() throws {
    try Self.inFolder { folder in
      try folder.keep("hall", at: "s.e1.5.1", .active)
      try folder.keep("gate", at: "t.e1.9.1", .held)
      #expect(try folder.state(at: "hall") == .active)
      try folder.keep("gate", at: "s.e1.9.1", .held, isRehearsal: true)
      #expect(try folder.state(at: "hall") == .active)
      // Of a version that was not told every rule.
      try folder.keep("gate", at: "s.e1.9.1.7", .held)
      #expect(try folder.state(at: "hall") == .active)
      try FileManager.default.removeItem(atPath: folder.path("gate"))
      let elsewhere = JournalOrigin(server: Endpoint(host: "there", port: 1), authority: "X", event: PaperEvent.slug)
      try folder.keep("gate", at: "s.e1.9.1", .held, origin: elsewhere)
      #expect(try folder.state(at: "hall") == .active)
      try Data("no journal, and longer than a page's first bytes".utf8).write(
        to: folder.url.appending(path: "x.sqlite")
      )
      #expect(try folder.state(at: "hall") == .active)
      try FileManager.default.removeItem(atPath: folder.path("gate"))
      try folder.keep("gate", at: "s.e1.9.1", .held)
      #expect(try folder.state(at: "hall") == .held)
    }
  }

  @Test("Is nothing once it was erased, and a lane that knew nothing begins with what there is")
  func erased() throws {
    try Self.inFolder { folder in
      try folder.keep("gate", at: "s.e1.9.1", .held)
      let journal = try LaneJournal(path: folder.path("hall"))
      try journal.bind(to: Self.here)
      #expect(try folder.state(at: "hall") == .held)
      #expect(try folder.roster(at: "hall").cursor.isEmpty)
      try LaneJournal(path: folder.path("gate")).forgetPeople()
      #expect(try folder.state(at: "hall") == nil)
    }
  }

  @Test("Tells where people stand with an area by the newest lane that followed it")
  func stands() throws {
    try Self.inFolder { folder in
      // The hall's own lane follows nobody at the gate, whatever it has of them is of when it began.
      try folder.keep("hall", at: "s.e1.9.1", .active, insideAt: ["hall", "gate"])
      try folder.keep("gate", at: "s.e1.7.1", .active, insideAt: ["hall"])
      try folder.keep("side", at: "s.e1.5.1", .active, insideAt: ["side"])
      func doors(at checkpoint: String) throws -> Set<String> {
        Set(
          try folder.roster(at: checkpoint).presences.map {
            try Lanyard_V1_RosterPresence(serializedBytes: $0).checkpoint
          }
        )
      }
      // By the gate's lane, which is newer than the side door's, nobody is inside there.
      #expect(try doors(at: "side") == ["hall"])
      #expect(try doors(at: "hall") == ["hall"])
      try folder.keep("side", at: "s.e1.8.1", .active, insideAt: ["side"])
      #expect(try doors(at: "gate") == ["hall", "side"])
    }
  }

  @Test("Is said to be old where the lane knows no more of what came since, and until when")
  func age() throws {
    var lane = PaperLane()
    let event = try PaperEvent()
    let badge = try event.badge(1)
    try lane.happen { try $0.take(event.snapshot([badge]), at: $1) }
    lane.advance(by: .seconds(3600))
    lane.happen { $0.lost(nil, at: $1) }
    #expect(lane.machine.knowsUntil == nil, "it followed until the server was gone")
    lane.advance(by: .seconds(7200))
    var later = PaperLane(lane.disk, at: lane.moment)
    later.happen { $0.lost(nil, at: $1) }
    let until = try #require(later.machine.knowsUntil)
    #expect(abs((until - PaperEvent.morning) / .seconds(1) - 3600) < 1)
    // A kill leaves no time to say so; then it is known to the minute.
    var killed = PaperLane()
    try killed.happen { try $0.take(event.snapshot([badge]), at: $1) }
    for _ in 0..<10 {
      killed.advance(by: .seconds(30))
      killed.happen { $0.keepFollowing(at: $1) }
    }
    #expect(killed.disk.roster.heard.map { ($0 - PaperEvent.morning) / .seconds(1) > 200 } == true)
    let clock = VenueTime(zone: try #require(ZoneID(rawValue: PaperEvent.zone)))
    var standing = Lane.Standing(now: PaperEvent.morning)
    #expect(standing.oldKnowledge(clock) == nil)
    standing.knowsUntil = PaperEvent.morning
    #expect(
      standing.oldKnowledge(clock)?.english == "What this device knows of badges and bookings is of 2027-05-25 09:00."
    )
  }
}
