import Foundation
import LanyardClient
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardLoad

@Suite("A server of the load test's own", .blocking, .timeLimit(.minutes(1)))
struct ServerProcessTests {
  @Test("That is killed or stopped by the run has not ended by itself")
  func asked() throws {
    try Self.withServer { server in
      server.kill()
      #expect(server.deaths == 0 && !server.isRunning)
      try server.start()
      server.freeze()
      server.kill()
      try server.start()
      server.stop(within: .seconds(5))
      #expect(server.deaths == 0 && server.starts == 3 && server.deathWords == nil)
    }
  }

  @Test("Counts what nobody asked for where it ends, also before the run would kill it, and while it is frozen")
  func byItself() throws {
    try Self.withServer { server in
      for signal in [SIGKILL, SIGTERM] {
        for isFrozen in [false, true] {
          let before = server.deaths
          if isFrozen { server.freeze() }
          // One that stands still hears nothing but that.
          try Self.end(server, isFrozen ? SIGKILL : signal)
          #expect(server.deaths == before + 1)
          // As a fault of the run does next.
          server.thaw()
          server.kill()
          #expect(server.deaths == before + 1)
          try server.start()
          #expect(server.deaths == before + 1 && server.isRunning)
        }
      }
      #expect(try #require(server.deathWords).contains("killed by signal"))
    }
  }

  @Test("A process that does not end in its time is killed, and one that ends has its status")
  func deadline() throws {
    let shell = URL(filePath: "/bin/sh")
    let quick = try ChildProcess(shell, ["-c", "exit 3"])
    #expect(quick.end(within: .seconds(60)) == 3)
    let slow = try ChildProcess(shell, ["-c", "read line; read line; exit 3"])
    #expect(slow.end(within: .milliseconds(50)) == nil && !slow.isRunning && !slow.hasEndedByItself)
  }

  @Test("Keeps what it had used when it ended by itself, and no share is below nothing")
  func usage() throws {
    // It works as long as it is not stopped, so that there is processor time to keep.
    try Self.withServer(then: "ulimit -t 60; while :; do :; done") { server in
      while server.usage.processor < Self.someWork { Thread.sleep(forTimeInterval: 0.01) }
      let before = server.usage
      #expect(before.memory > 0)
      try Self.end(server, SIGKILL)
      let after = server.usage
      #expect(after.memoryPeak >= before.memoryPeak && before.memoryPeak > 0 && after.processor >= before.processor)
      server.kill()
      try server.start()
      // The new process has hardly begun, and what the one before used counts on.
      #expect(server.usage.processor >= before.processor)
      while server.usage.processor < after.processor + Self.someWork { Thread.sleep(forTimeInterval: 0.01) }
      #expect(ProcessUsage().since(before).processor == .zero && ProcessUsage().since(before).written == 0)
    }
  }

  @Test("Is told as what it is where it ends in the midst of something else")
  func blamed() async throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let process = try ServerProcess(Self.setup(in: folder))
    defer { process.kill() }
    let access = ServerAccess(process.address, token: "t", authorityPath: nil)
    let own = OwnServer(process: process, organiser: access, scanner: access)
    struct Broken: Error {}
    await #expect(throws: Broken.self) { try await own.blamed { throw Broken() } }
    try Self.end(process, SIGKILL)
    let failure = await #expect(throws: LoadFailure.self) { try await own.blamed { throw Broken() } }
    let words = try #require(failure).description
    #expect(words.contains("own server has ended by itself") && words.contains("killed by signal 9"))
    #expect(words.contains("ready to serve"), "its last words belong to it: \(words)")
  }

  // MARK: -

  /// A few ticks of the clock by which Linux counts processor time.
  private static let someWork = Duration.milliseconds(50)

  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "server-process-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// A program that says it is ready, and then does something; it lives until its input ends where nothing is said.
  private static func setup(in folder: URL, then work: String = "read -r line") throws -> ServerProcess.Setup {
    let program = folder.appending(path: "serve")
    let script = "#!/bin/sh\necho ready to serve >&2\necho '{\"ready\":true,\"grpc\":\"127.0.0.1:1\"}'\n\(work)\n"
    try Data(script.utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program.path)
    var setup = ServerProcess.Setup(data: folder.appending(path: "data"))
    setup.program = program
    return setup
  }

  private static func withServer(then work: String = "read -r line", _ body: (ServerProcess) throws -> Void) throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let server = try ServerProcess(setup(in: folder, then: work))
    defer { server.kill() }
    try body(server)
  }

  /// Ends it behind its back.
  private static func end(_ server: ServerProcess, _ signal: Int32) throws {
    kill(try #require(server.id), signal)
    while server.isRunning { Thread.sleep(forTimeInterval: 0.01) }
  }
}
