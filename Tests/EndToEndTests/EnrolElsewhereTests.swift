import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@Suite("A device that moves from one server to another", .blocking)
struct EnrolElsewhereTests {
  @Test("Takes nothing along that it scanned for the first, and brings it there when it is back", .hangGuard)
  func elsewhere() async throws {
    try withTemporaryFolder { folder in
      let (home, other) = (folder.appending(path: "home"), folder.appending(path: "other"))
      for place in [home, other] {
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
      }
      let first = try LaneVenue(in: home, people: 3)
      let address = first.server.address
      let device = try first.enrol("tablet", at: "Entrance lane 1", through: address)
      func scan(_ codes: ArraySlice<String>) throws -> LanyardProgram.Result {
        try LanyardProgram.run(
          ["scan", "--json", "--device", device.path],
          data: first.data,
          input: codes.map { "\($0)\n" }.joined()
        )
      }
      first.server.kill()
      #expect(try scan(first.codes[0..<2]).status == 3)

      // Another server with the same event has taken the first one's place, at its very address.
      let second = try LaneVenue(in: other, people: 1, address: address)
      try Self.enrol(device, at: second, address)
      let there = try scan(second.codes[...])
      #expect(try there.json().map { $0["answer"] as? String } == ["ADMITTED"], "\(there.output)")
      #expect(there.status == 3 && there.errors.contains("2 scans on this device are for another server"))
      #expect(try second.record().count == 1)
      second.server.stop()

      try first.startAgain()
      try Self.enrol(device, at: first, address)
      var back = try scan([])
      try HangGuard.wait {
        if back.status == 3 { back = try scan([]) }
        return back.status == 0
      }
      let record = try first.record().values.joined()
      #expect(record.map(\.answer) == ["ADMITTED", "ADMITTED"])
      first.server.stop()
    }
  }

  private static func enrol(_ device: URL, at venue: LaneVenue, _ address: Endpoint) throws {
    let made = try LanyardProgram.run(
      ["device", "code", "--event", SampleData.forum, "--name", "tablet", "--address", "\(address)", "--json"]
        + ["--checkpoint", "Entrance lane 1"],
      data: venue.data
    )
    let link = try #require(made.json().first?["link"] as? String)
    let enrolled = try LanyardProgram.run(
      ["scan", "enrol", link, "--device", device.path, "--replace"],
      data: venue.data
    )
    #expect(enrolled.status == 0, "\(enrolled.errors)")
  }
}
