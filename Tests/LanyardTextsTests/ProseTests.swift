import Foundation
import Testing

@Suite("The sources of what people are told")
struct ProseTests {
  /// Files whose prose no catalogue has, and who reads it.
  private static let exempt = [
    "Setting.swift": "options' help and the manual's table",
    "ServedCertificate.swift": "the log, for who runs the server",
    "StoreWatch.swift": "the log, for who runs the server",
    "PeerConduct.swift": "the log, for who runs the server",
    "LocalDate.swift": "who decodes JSON in a program",
    "ReflectionProvider.swift": "who looks at the service with a tool of gRPC's",
  ]

  /// Of a statement that is not for people, in the same line or one of the two before it.
  private static let unread = ["logger.", ".log(", "preconditionFailure(", "precondition(", "assert"]

  @Test(
    "Have their sentences in the catalogues, and no prose of their own",
    arguments: ["LanyardScanner", "LanyardServer", "LanyardDomain", "LanyardMessages"]
  )
  func prose(module: String) throws {
    let folder = Project.sources.appending(path: module)
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var found: [String] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      guard Self.exempt[file.lastPathComponent] == nil else { continue }
      found += Self.prose(in: try String(contentsOf: file, encoding: .utf8)).map { "\(file.lastPathComponent): \($0)" }
    }
    #expect(found == [], "make a Sentence of it")
  }

  @Test("Know prose from keys, names, formats and the log")
  func known() {
    #expect(Self.prose(in: #"throw Refused("The server does not answer.")"#).count == 1)
    #expect(Self.prose(in: #"  reason: "is \(text): say \(form), such as this""#).count == 1)
    #expect(Self.prose(in: #"return "a comma or } is missing here""#).count == 1)
    for code in [
      #"// "The server does not answer.""#, #"logger.warning("a device's clock is wrong")"#,
      "logger.info(\n  \"people were looked up by name\"", #"Sentence(.laneServerSilent)"#, #"["scan.id", "a-b c"]"#,
      #"sql: "SELECT id FROM event WHERE slug = ?""#, #"preconditionFailure("no plan without an event")"#,
    ] {
      #expect(Self.prose(in: code) == [], "\(code)")
    }
  }

  /// The literals of a source with three words in a row, which is what no key, name or format has.
  private static func prose(in source: String) -> [String] {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.flatMap { index -> [String] in
      let line = lines[index].drop { $0 == " " }
      guard !line.hasPrefix("//"),
        !lines[max(0, index - 2)...index].contains(where: { line in unread.contains { line.contains($0) } })
      else { return [] }
      return line.matches(of: /"(?:[^"\\]|\\.)*"/).map { String($0.output) }.filter { literal in
        literal.replacing(/\\\([^)]*\)/, with: "").contains(/[A-Za-z]{2,}[,;:]? [a-z']{2,}[,;:]? [a-z]{2,}/)
      }
    }
  }
}
