import Foundation
import LanyardTesting
import Testing

@Suite("Stopping the server", .blocking, .hangGuard)
struct StopTests {
  @Test("A second signal ends it at once, whoever it waits for")
  func secondSignal() async throws {
    try withTemporaryFolder { folder in
      let data = folder.appending(path: "data")
      let programme = SampleData.url("programme.json").path
      #expect(try LanyardProgram.run(["certs", "init"], data: data).status == 0)
      let server = try LanyardServerProcess(
        data: data,
        arguments: ["--rehearse-at", "2024-05-27T08:30:00+02:00", "--stop-seconds", "300"]
      )
      #expect(try LanyardProgram.run(["event", "import", programme], data: data).status == 0)
      let token = try String(contentsOf: data.appending(path: "organiser.token"), encoding: .utf8)
      let frozen = try RawPeer(
        1,
        to: server.address,
        authority: data.appending(path: "certs/authority.pem").path,
        token: token.trimmingCharacters(in: .whitespacesAndNewlines),
        checkpoint: "events/\(SampleData.forum)/checkpoints/entrance-lane-1"
      )
      server.signal()
      // The first was heeded when nobody is let in any more: two at the same time count as one.
      while (try? RawPeer(1, to: server.address, authority: data.appending(path: "certs/authority.pem").path)) != nil {}
      // A stop that comes to its end by itself, after its time, is no failure.
      #expect(server.stop() != 0)
      frozen.end()
    }
  }
}
