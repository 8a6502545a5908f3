import Foundation
import LanyardLoad
import LanyardTesting
import Testing

@Suite("A lane that is ended from outside", .blocking, .hangGuard)
struct LaneEndingTests {
  @Test("Says that it goes where the server is reached, and ends like at the end of its input")
  func terminated() throws {
    try withTemporaryFolder { folder in
      let venue = try LaneVenue(in: folder, people: 2)
      let device = try venue.enrol("tablet", at: "Entrance lane 1", through: venue.server.address)
      let lane = try LaneProcess(["--device", device.path], data: venue.data)
      #expect(lane.scan(venue.codes[0])?.answer == "ADMITTED")
      let list = ["device", "list", "--event", SampleData.forum]
      #expect(try !LanyardProgram.run(list, data: venue.data).output.contains("ended "))
      #expect(lane.terminate() == 0)
      #expect(try LanyardProgram.run(list, data: venue.data).output.contains("ended "))
      venue.server.stop()
    }
  }
}
