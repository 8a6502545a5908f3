import Foundation
import LanyardTesting
import Testing

@Suite("What was scanned without the server", .blocking)
struct LaneKeptTests {
  @Test("Is uploaded wherever the device runs next, and under whatever enrolment", .hangGuard)
  func nextLane() async throws {
    try withTemporaryFolder { try Self.nextLane(in: $0) }
  }

  private static func nextLane(in folder: URL) throws {
    let venue = try LaneVenue(in: folder, people: 6)
    let device = try venue.enrol("moved", at: ["Entrance lane 1", "Entrance lane 2"], through: venue.server.address)
    func scan(_ codes: ArraySlice<String>, _ checkpoint: String?) throws -> LanyardProgram.Result {
      let place = checkpoint.map { ["--checkpoint", $0] } ?? []
      return try LanyardProgram.run(
        ["scan", "--json", "--device", device.path] + place,
        data: venue.data,
        input: codes.map { "\($0)\n" }.joined()
      )
    }
    /// Runs until nothing waits any more, which a busy machine may not manage before a lane ends.
    func scanAndUpload(_ codes: ArraySlice<String>, _ checkpoint: String?) throws -> LanyardProgram.Result {
      var result = try scan(codes, checkpoint)
      try HangGuard.wait {
        if result.status == 3 { result = try scan([], checkpoint) }
        return result.status != 3
      }
      return result
    }
    venue.server.kill()
    let first = try scan(venue.codes[0..<2], "Entrance lane 1")
    #expect(first.status == 3 && first.errors.contains("2 scans wait"), "\(first.errors)")
    // The device knows what it did at its other lane.
    let second = try scan(venue.codes[1..<3], "Entrance lane 2")
    #expect(try second.json().compactMap { $0["answer"] as? String } == ["REFUSED", "ADMITTED"], "\(second.output)")
    #expect(second.status == 3 && second.errors.contains("4 scans wait"), "\(second.errors)")
    let kept = try LanyardProgram.run(["scan", "kept", "--json", "--device", device.path], data: venue.data).json()
    #expect(kept.compactMap { $0["waiting"] as? Int }.sorted() == [2, 2])
    try venue.startAgain()
    let third = try scanAndUpload([], "Entrance lane 2")
    #expect(third.status == 0, "\(third.errors)")
    #expect(try venue.record().count == 4)

    venue.server.kill()
    #expect(try scan(venue.codes[3..<5], "Entrance lane 1").status == 3)
    try venue.startAgain()
    _ = try venue.enrol("moved", at: ["Entrance lane 3"], through: venue.server.address, arguments: ["--replace"])
    let last = try scanAndUpload(venue.codes[5..<6], nil)
    #expect(last.status == 0, "\(last.errors)")
    let record = try venue.record()
    #expect(record.count == 7)
    #expect(
      record.values.joined().count { $0.checkpoint.contains("entrance-lane-1") || $0.checkpoint.hasSuffix("lane 1") }
        == 4
    )
    venue.server.stop()
  }
}
