import Foundation
import LanyardTesting
import Testing

@Suite("The growth of a small event", .blocking)
struct GrowthCommandTests {
  @Test("Is measured with the real server, and leaves nothing behind", .timeLimit(.minutes(4)))
  func quick() throws {
    try withTemporaryFolder { folder in
      let place = folder.appending(path: "place")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      let page = folder.appending(path: "growth.html")
      let result = try LanyardProgram.run(
        ["loadtest", "growth", "--quick", "--folder", place.path, "--html", page.path, "--json"],
        data: folder.appending(path: "data")
      )
      let report = try #require(try result.json().first, "\(result.errors)")
      let states = try #require(report["states"] as? [[String: Any]])
      #expect(states.map { $0["axis"] as? String } == ["lanes", "registrations", "ledger", "watchers"])
      for state in states {
        #expect(state["watcher_failures"] as? Int == 0)
        for name in ["measured", "base"] {
          let side = try #require(state[name] as? [String: Any])
          #expect(try #require(side["per_second"] as? Double) > 0, "\(state)")
          #expect(side["server_cpu_share"] is Double && side["driver_cpu_share"] is Double)
        }
      }
      // Where there is no terminal, the first line of a stage says how far it is, too.
      #expect(result.errors.contains("making 200 registrations 100 of 200 …"), "\(result.errors)")
      // How fast this machine is at the moment is not what is tested.
      let isKept = states.allSatisfy { $0["kept"] as? Bool ?? true }
      #expect(report["verdict"] as? String == (isKept ? "pass" : "fail") && result.status == (isKept ? 0 : 1))
      #expect(try String(contentsOf: page, encoding: .utf8).contains("registrations"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: place.path).isEmpty)
    }
  }

  @Test("Is refused with a time or a part that there is not", arguments: [["--seconds", "0"], ["--only", "weather"]])
  func usage(arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let result = try LanyardProgram.run(["loadtest", "growth"] + arguments, data: folder.appending(path: "data"))
      #expect(result.status == 2 && result.errors.contains(arguments[0]))
    }
  }
}
