import Foundation
import LanyardMessages
import Testing

@Suite("The sources") struct DialectTests {
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources")

  /// Lines of code with what has its one place elsewhere, by file.
  private static func uses(
    of pattern: Regex<Substring>,
    outside home: String
  ) throws -> [String] {
    var found: [String] = []
    let files = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    for case let file as URL in try #require(files) where file.pathExtension == "swift" {
      guard !file.path.contains("/LanyardAPI/"), !file.path.contains(home) else { continue }
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let code = line.trimmingPrefix(while: \.isWhitespace)
        if !code.hasPrefix("//"), code.contains(pattern) { found.append("\(file.lastPathComponent): \(code)") }
      }
    }
    return found
  }

  @Test("Name resources by ResourceName alone")
  func names() throws {
    let literal = /"[^"]*[a-zA-Z]+s\/(?:\\\(|-")[^"]*/
    #expect(try Self.uses(of: literal, outside: "/LanyardDomain/Values/ResourceName") == [])
    let parsed = /(?:hasPrefix|hasSuffix|components\(separatedBy:|dropFirst)\(?\s*"[^"]*(?:events\/|\/[a-zA-Z]+s\/)/
    #expect(try Self.uses(of: parsed, outside: "/LanyardDomain/Values/ResourceName") == [])
  }

  @Test("Turn values of the domain into messages in LanyardMessages alone")
  func messages() throws {
    // A moment of the domain is made of a timestamp, and the other way round, by initializers that stand in one file.
    let extended = /extension Google_Protobuf_Timestamp\b/
    #expect(try Self.uses(of: extended, outside: "/LanyardMessages/") == [])
    let made = /Google_Protobuf_Timestamp\((?:seconds|nanos)|Lanyard_V1_CheckIn(?:\(\)|\.with)/
    #expect(try Self.uses(of: made, outside: "/LanyardMessages/") == [])
    let reflected = /allCases\.first \{ \$0\.shortName|init\?\(shortName/
    #expect(try Self.uses(of: reflected, outside: "/LanyardMessages/") == [])
  }

  @Test("Give no default to a value of a row that is not known")
  func rows() throws {
    let defaulted =
      /(?:BadgeState|RegistrationState|Participation|Attention|Direction|Directions|Kind|RefusalReason|DeviceProfile)\(rawValue: [^)]*\)+ \?\?/
    #expect(try Self.uses(of: defaulted, outside: "/LanyardMessages/") == [])
  }
}
