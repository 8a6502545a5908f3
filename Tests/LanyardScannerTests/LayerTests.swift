import Foundation
import LanyardTesting
import Testing

@Suite("The sources of the device side")
struct LayerTests {
  /// The Swift files of a folder of the project, by their names, with their lines.
  private static func files(in folder: String) throws -> [String: [Substring]] {
    var found: [String: [Substring]] = [:]
    let place = SampleData.root.appending(path: folder)
    let files = try #require(FileManager.default.enumerator(at: place, includingPropertiesForKeys: nil))
    for case let file as URL in files where file.pathExtension == "swift" {
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { $0.drop { $0 == " " } }
      found[file.lastPathComponent] = lines.filter { !$0.hasPrefix("//") }
    }
    return found
  }

  private static func imports(_ lines: [Substring]) -> Set<String> {
    Set(lines.compactMap { $0.firstMatch(of: /^(?:package )?import (\w+)/).map { String($0.output.1) } })
  }

  @Test("Decide in a machine without disk, network and clock")
  func machine() throws {
    let allowed: Set = ["LanyardAPI", "LanyardDomain", "LanyardMessages", "LanyardTexts", "SwiftProtobuf"]
    for (name, lines) in try Self.files(in: "Sources/LanyardScanner/LaneMachine") {
      #expect(Self.imports(lines).subtracting(allowed) == [], "\(name)")
      for word in ["await ", "LaneJournal", "LaneClock", "Date()", ".now"] {
        #expect(!lines.contains { $0.contains(word) }, "\(name) has \(word)")
      }
    }
  }

  @Test("Know nothing of the server's store, and SQLite in the journal alone")
  func store() throws {
    for (name, lines) in try Self.files(in: "Sources/LanyardScanner") {
      let imports = Self.imports(lines)
      #expect(imports.isDisjoint(with: ["LanyardStore", "LanyardSQLite"]), "\(name)")
      let isJournal = name.hasPrefix("LaneJournal") || name.hasPrefix("JournalFolder") || name == "JournalError.swift"
      #expect(!imports.contains("GRDB") || isJournal, "\(name)")
    }
  }

  @Test("Read what the contract says by the values of the domain, on the screens and in the machine too")
  func values() throws {
    for folder in ["Screen", "LaneMachine", "Lane"] {
      for (name, lines) in try Self.files(in: "Sources/LanyardScanner/\(folder)") {
        let raw = lines.filter {
          $0.contains(".UNRECOGNIZED") || $0.contains("= .unspecified") || $0.contains("case .unspecified")
        }
        #expect(raw == [], "\(name): ask `value`, `isStated` or the value's maker")
      }
    }
  }

  @Test("Leave the engine to what opens or restores a data folder, in the program too")
  func program() throws {
    let users = try Self.files(in: "Sources/lanyard").filter { Self.imports($1).contains("LanyardSQLite") }
    #expect(users.keys.sorted() == ["BackupCommands.swift", "DiskReserve.swift", "OpenStore.swift"])
  }
}
