import Foundation
import LanyardTesting
import Testing

@Suite("Importing files that are odd", .blocking)
struct ImportTests {
  private static let header = "email,given_name,stakeholder_group,participation\n"

  /// Hands a body what imports a text, as a file and through a pipe.
  private func withServer(
    _ body: (_ file: (String) throws -> LanyardProgram.Result, _ pipe: (String) throws -> LanyardProgram.Result) throws
      -> Void
  ) throws {
    try LanyardServerProcess.withProgramme { folder, data, _ in
      func run(_ path: String, input: String) throws -> LanyardProgram.Result {
        let arguments = ["registrations", "import", path, "--event", SampleData.forum, "--json"]
        return try LanyardProgram.run(arguments, data: data, input: input)
      }
      try body(
        { text in
          let file = folder.appending(path: "people.csv")
          try Data(text.utf8).write(to: file)
          return try run(file.path, input: "")
        },
        { text in try run("/dev/stdin", input: text) }
      )
    }
  }

  @Test("A row over a limit is refused by its number and the limit, and the others are imported")
  func rowOverLimit() throws {
    try withServer { file, pipe in
      let odd = [
        (String(repeating: ",", count: 1_000_000), "100 fields"),
        ("a@b.org,\(String(repeating: "x", count: 1_000_000)),UN,ONSITE", "65536 bytes"),
      ]
      for (odd, limit) in odd {
        let text = "\(Self.header)\(odd)\nmai@example.org,Mai,Academia,ONSITE\n"
        for result in [try file(text), try pipe(text)] {
          #expect(result.status == 1, "\(result.errors)")
          let summary = try #require(try result.json().first)
          let refused = try #require(summary["refused"] as? [[String: any Sendable]])
          #expect(refused.map { $0["row"] as? Int } == [2])
          #expect((refused.first?["reason"] as? String)?.contains(limit) == true, "\(refused)")
          #expect((summary["imported"] as? Int ?? 0) + (summary["unchanged"] as? Int ?? 0) == 1)
        }
      }
    }
  }

  @Test("A file with a fault at its end changes nothing, however many rows come before")
  func faultAtTheEnd() throws {
    try withServer { file, pipe in
      let rows = (1...3000).map { "p\($0)@example.org,Person \($0),Academia,ONSITE\n" }.joined()
      for end in ["x@example.org,\"Never closed,Academia,ONSITE\n", "\(String(repeating: "y", count: 100_000))\n\"\n"] {
        for result in [try file(Self.header + rows + end), try pipe(Self.header + rows + end)] {
          #expect(result.status == 1)
          #expect(result.errors.contains("nothing was changed") && result.errors.contains("never closed"))
        }
      }
      let result = try file(Self.header + rows)
      #expect(try result.json().first?["imported"] as? Int == 3000)
    }
  }
}
