import Foundation
import Testing

@Suite("README and manual")
struct ManualTests {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardized
  private static let manual = root.appending(path: "Sources/lanyard/Manual.docc")

  @Test("Lead to files that are there")
  func links() throws {
    for page in try Self.pages() {
      let text = try String(contentsOf: page, encoding: .utf8)
      for match in text.matches(of: /\]\(([^)\s]+)\)/) where !match.1.hasPrefix("http") {
        let target = page.deletingLastPathComponent().appending(path: String(match.1)).standardized
        #expect(FileManager.default.fileExists(atPath: target.path), "\(page.lastPathComponent): \(match.1)")
      }
    }
  }

  @Test("Have each article in the table of where to read on")
  func index() throws {
    let readme = try String(contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    for article in try Self.pages().dropFirst() {
      #expect(readme.contains("(Sources/lanyard/Manual.docc/\(article.lastPathComponent))"))
    }
  }

  /// README first, then the articles.
  private static func pages() throws -> [URL] {
    let articles = try FileManager.default.contentsOfDirectory(at: manual, includingPropertiesForKeys: nil)
    return [root.appending(path: "README.md")] + articles.filter { $0.pathExtension == "md" }
  }
}
