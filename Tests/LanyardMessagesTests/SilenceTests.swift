import Foundation
import LanyardTesting
import Testing

@Suite("The sources where an error is passed over")
struct SilenceTests {
  /// How far above the line its reason may stand, for a statement that goes on over some lines.
  private static let reach = 4

  @Test("Say why that is right")
  func reasons() throws {
    let sources = SampleData.root.appending(path: "Sources")
    let files = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var silent: [String] = []
    for case let file as URL in files where file.pathExtension == "swift" && !file.path.contains("/LanyardAPI/") {
      silent += Self.silent(try String(contentsOf: file, encoding: .utf8)).map { "\(file.lastPathComponent):\($0)" }
    }
    #expect(silent == [], "throw, or say in a comment why silence is right")
  }

  @Test("Are told from those that say why")
  func known() {
    #expect(Self.silent("let value = try? read()") == [1])
    #expect(Self.silent("a\n// Nobody can be told.\nlet value =\n  try? read()") == [])
    #expect(Self.silent("// Of something else.\na\nb\nc\nd\nlet value = try? read()") == [6])
    #expect(Self.silent("func find() -> Entry? {") == [])
    #expect(Self.silent("/// What `try? read()` gives.\nlet value = try read()") == [])
    #expect(Self.silent("/// A value.\nlet value = try? read()") == [2])
    #expect(Self.silent("let place = \"https://example.org\"\nlet value = try? read(place)") == [2])
    #expect(Self.silent("let value = try? read() // Nobody can be told.") == [])
  }

  /// Numbers of the lines that pass an error over without a word.
  private static func silent(_ source: String) -> [Int] {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.filter { index in
      let (code, _) = parts(lines[index])
      guard code.contains(/\btry\?/) else { return false }
      return !lines[max(0, index - reach)...index].contains { parts($0).comment?.hasPrefix("/") == false }
    }
    .map { $0 + 1 }
  }

  /// A line's code, and what follows the two slashes of a comment, which are none in an address.
  private static func parts(_ line: Substring) -> (code: Substring, comment: Substring?) {
    var rest = line.startIndex..<line.endIndex
    while let slashes = line.range(of: "//", range: rest) {
      guard line[..<slashes.lowerBound].hasSuffix(":") else {
        return (line[..<slashes.lowerBound], line[slashes.upperBound...])
      }
      rest = slashes.upperBound..<line.endIndex
    }
    return (line, nil)
  }
}
