import Foundation
import Glibc
import LanyardScanner
import LanyardTesting
import Testing

@testable import LanyardLoad

@Suite("What a process has used", .blocking)
struct ProcessUsageTests {
  @Test("Is its own, and not what its children used that have ended")
  func own() throws {
    let child = Process()
    child.executableURL = URL(filePath: "/bin/sh")
    // It counts until it has used a second of a processor, however long that takes.
    child.arguments = ["-c", "ulimit -t 1; while :; do :; done"]
    try child.run()
    child.waitUntilExit()
    let (own, ended) = (Self.used(RUSAGE_SELF.rawValue), Self.used(RUSAGE_CHILDREN.rawValue))
    let usage = ProcessUsage.own.processor
    #expect(ended >= .milliseconds(900))
    // Linux counts in steps of 10 ms, for the program and the system each; other tests work on between the two looks.
    #expect(usage >= own - .milliseconds(20))
    #expect(usage <= Self.used(RUSAGE_SELF.rawValue) + .milliseconds(20))
  }

  @Test("Is the driver's together with that of lanes in processes of their own", .timeLimit(.minutes(1)))
  func lanes() async throws {
    try await withTemporaryFolder { folder in
      let program = folder.appending(path: "lane")
      // A lane that works and never answers, but not for ever.
      try "#!/bin/sh\nulimit -t 30; while :; do :; done\n".write(to: program, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program.path)
      let lane = try LaneProcess([], data: folder, program: program)
      defer { lane.kill() }
      while lane.usage?.processor ?? .zero < .milliseconds(300) { await Task.pause(.milliseconds(10)) }
      let before = ProcessUsage.own
      let usage = RunMeter(nil, [lane], RunRecorder()).usage
      #expect(usage.driver.processor >= before.processor + .milliseconds(300) && usage.server == nil)
    }
  }

  private static func used(_ whose: __rusage_who_t) -> Duration {
    var usage = rusage()
    getrusage(whose, &usage)
    return [usage.ru_utime, usage.ru_stime].reduce(.zero) { $0 + .seconds($1.tv_sec) + .microseconds($1.tv_usec) }
  }
}
