import Foundation
import LanyardAPI
import LanyardDomain
import LanyardLoad
import LanyardScanner
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("What one lane of a device heard", .blocking)
struct LaneKnowledgeTests {
  @Test("Every other knows that begins without the server, at a checkpoint where none of them ever scanned", .hangGuard)
  func elsewhere() throws {
    try withTemporaryFolder { try Self.elsewhere(in: $0) }
  }

  private static func elsewhere(in folder: URL) throws {
    let venue = try LaneVenue(in: folder, people: 4)
    let device = try venue.enrol("d8", at: [], through: venue.server.address)
    let serials = try LanyardProgram.run(["badge", "list", "--event", SampleData.forum, "--json"], data: venue.data)
      .json()
      .compactMap { $0["serial"] as? String }
    for change in [["hold", serials[0]], ["replace", serials[1]]] {
      #expect(try LanyardProgram.run(["badge"] + change, data: venue.data).status == 0)
    }
    func arguments(_ checkpoint: String) -> [String] { ["--device", device.path, "--checkpoint", checkpoint] }
    let online = try LaneProcess(arguments("Entrance lane 1"), data: venue.data)
    try HangGuard.wait { online.scan(venue.codes[2])?.offline == false }
    // It has the answer; what the roster tells comes on a way of its own.
    let journal = try #require(
      try FileManager.default.contentsOfDirectory(atPath: device.path).first { $0.hasSuffix("-entrance-lane-1.sqlite") }
    )
    try HangGuard.wait {
      let roster = try LaneJournal(path: device.appending(path: journal).path).roster()
      return try roster.badges.contains { try Lanyard_V1_RosterEntry(serializedBytes: $0).badgeState == .replaced }
        && roster.presences.count == 1
    }
    _ = online.finish()
    venue.server.kill()

    let offline = try LaneProcess(arguments("Entrance lane 2"), data: venue.data)
    let shown = venue.codes.map { offline.scan($0) }
    #expect(shown.map { $0?.reason } == ["HELD", "REPLACED", "ALREADY_INSIDE", nil])
    #expect(shown.last??.answer == "ADMITTED" && shown.allSatisfy { $0?.offline == true })
    #expect(offline.finish() == 3)
  }
}
