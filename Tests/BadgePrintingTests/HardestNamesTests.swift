import BadgePrinting
import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@Suite("The hardest names of an event", .blocking)
struct HardestNamesTests {
  private static func chosen(_ names: [(String, String)]) throws -> [HardestNames.Entry] {
    let painter = BadgePainter(.delivered(.conference), try BadgeFonts(), in: .english)
    var hardest = HardestNames()
    for (name, language) in names {
      let badge = try BadgeDocumentTests.badge(name, language)
      #expect(painter.faults(of: badge) == [])
      let measure = try #require(painter.measure(badge))
      hardest.consider(badge, id: name, isSingle: !name.contains(" "), measure)
    }
    return hardest.chosen
  }

  @Test("Are found by measuring, each once with all that it is hard for")
  func found() throws {
    let names = BadgeDocumentTests.names
    let entries = try Self.chosen(names)
    func name(_ kind: HardnessReason, _ script: String? = nil) -> String? {
      entries.first { $0.reasons.contains { $0.kind == kind && $0.script == script } }?.id
    }
    #expect(name(.longestName) == "Maximiliana-Theodora Freifrau von und zu Hohenlohe-Langenburg")
    #expect(name(.mostLines) == name(.longestName) && name(.script, "Latn") == name(.longestName))
    #expect(name(.singleName) != nil && name(.script, "Tibt") == "ཚེ་རིང")
    #expect(name(.script, "Thai")?.hasPrefix("สมเด็จ") == true && name(.script, "Hebr") == "שרה בן־דוד")
    #expect(Set(entries.map(\.id)).count == entries.count && entries.count <= HardestNames.limit)
    #expect(entries.allSatisfy { !$0.reasons.isEmpty })
    // Whatever comes first.
    func hardest(_ entries: [HardestNames.Entry]) -> [HardestNames.Reason: String] {
      let found = entries.flatMap { entry in entry.reasons.map { ($0, entry.id) } }
      // All are of one organisation.
      return Dictionary(uniqueKeysWithValues: found).filter { $0.key.kind != .longestOrganisation }
    }
    #expect(hardest(try Self.chosen(names.reversed())) == hardest(entries))
  }

  @Test("Have one of each script, however many there are")
  func scripts() throws {
    let entries = try Self.chosen(BadgeDocumentTests.names)
    let scripts = Set(entries.flatMap { $0.reasons.compactMap(\.script) })
    #expect(
      scripts.isSuperset(of: [
        "Latn", "Thai", "Arab", "Hebr", "Deva", "Hani", "Hira", "Hang", "Ethi", "Geor", "Cyrl", "Tibt",
      ])
        && scripts.isSuperset(of: ["Mymr", "Taml", "Laoo"]),
      "\(scripts)"
    )
  }

  @Test("Are those with the highest marks, and nobody where there is nobody")
  func marks() throws {
    let high = "A\u{30A}\u{301}\u{302}\u{303} Stack"
    let entries = try Self.chosen([("Ada Flat", ""), (high, ""), ("Grace Longer Than Both", "")])
    #expect(entries.first { $0.reasons.contains { $0.kind == .highestLetters } }?.id == high)
    #expect(try Self.chosen([]).isEmpty)
  }

  @Test("Are drawn into one picture that is as small as is asked")
  func picture() throws {
    let painter = BadgePainter(.delivered(.conference), try BadgeFonts(), in: .english)
    let entries = try BadgeDocumentTests.names.prefix(7).map { name, language in
      (badge: try BadgeDocumentTests.badge(name, language), caption: "1 · longest name · Thai")
    }
    let sheet = PreviewSheet(painter, entries)
    let large = try sheet.png(limit: .max)
    let page = try PageImage(large)
    #expect(page.width * page.height <= 8_000_000 && page.width > 1_000)
    let small = try sheet.png(limit: large.count / 3)
    #expect(small.count <= large.count / 3 && !small.isEmpty)
  }
}
