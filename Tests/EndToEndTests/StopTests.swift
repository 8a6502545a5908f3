import Foundation
import LanyardLoad
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
      // Signals that come together are one request: each comes when the one before must have been seen for itself.
      while server.process.isRunning {
        server.signal()
        Thread.sleep(forTimeInterval: 1)
      }
      // A stop that comes to its end by itself, after its time, is no failure.
      #expect(server.process.stop() != 0)
      frozen.end()
    }
  }
}
