import Foundation
import LanyardTesting
import Testing

@Suite("The pages in a browser", .blocking)
struct PortalTests {
  @Test("Are walked through as participants do, with a phone, a desk's screen, a keyboard, and without scripts")
  func walk() throws {
    try withTemporaryFolder { folder in
      let script = SampleData.root.appending(path: "Tests/EndToEndTests/python/portal_walk.py").path
      let result = try Tool.run(try Tool.python(), script, LanyardProgram.url.path, folder.path, in: folder)
      #expect(result.status == 0, "\(result.output)")
      for part in [
        "english", "arabic", "switch", "bare", "keyboard", "own_time", "certificate", "offline", "everywhere",
      ] { #expect(result.output.contains("ok \(part)\n"), "\(part)") }
    }
  }

  @Test("Are told of in the ready line, can be turned off, and say it where their port is taken")
  func address() throws {
    try LanyardServerProcess.withProgramme { folder, data, server in
      let other = folder.appending(path: "other")
      _ = try LanyardProgram.run(["certs", "init"], data: other)
      let taken = ["serve", "--grpc", "127.0.0.1:0", "--web", "\(server.address)"]
      let refused = try LanyardProgram.run(taken, data: other)
      #expect(refused.status == 3 && refused.errors.contains("\(server.address) is taken"), "\(refused.errors)")
      #expect(refused.errors.contains("--web"))
      let wrong = try LanyardProgram.run(["serve", "--web", "nowhere"], data: other)
      #expect(wrong.status == 2 && wrong.errors.contains("web"), "\(wrong.errors)")
    }
  }
}
