import Foundation
import LanyardDomain
import LanyardTesting
import LanyardTexts
import Testing

@testable import BadgePrinting

@Suite("Texts are set", .blocking)
struct TextSettingTests {
  private static let names = [
    "علاء الدين صلاح بلال", "محمّد عبد اللّٰه", "דּוִד כֹּהֵן", "שָׁלוֹם לֵוִי", "صلاح", "مُحَمَّد", "فاطمة الزهراء بنت محمد",
    "שרה בן־דוד",
    "آلاء الأحمد", "محمدپارسا روحانی", "Ada صلاح Lovelace",
  ]

  @Test("So that a reader of the file gets each letter back in its place", arguments: BadgeDesignName.allCases)
  func letters(design: BadgeDesignName) throws {
    try withTemporaryFolder { folder in
      let painter = BadgePainter(.delivered(design), try BadgeFonts(), in: .english)
      for (place, name) in Self.names.enumerated() {
        let document = BadgeDocument(painter, on: .single, title: "Badge")
        let bytes = try document.add(try BadgeDocumentTests.badge(name, "ar")) + document.finish()
        let file = folder.appending(path: "\(place).pdf")
        try Data(bytes).write(to: file)
        let read = try Tool.run("pdftotext", "-f", "1", "-l", "1", file.path, "-", in: folder).output
        // Poppler puts marks of direction around what runs from right to left, and lines end where they are full.
        let text = read.filter { !"\u{202A}\u{202B}\u{202C}".contains($0) }.split(whereSeparator: \.isWhitespace)
        let words = name.split(separator: " ")
        // Of a name in two directions Poppler puts the words in the order of the page.
        if words.first == "Ada" {
          let joined = text.joined(separator: " ").unicodeScalars
          #expect(words.allSatisfy { joined.contains($0.unicodeScalars) }, "\(text)")
        } else {
          #expect(text.joined(separator: " ").unicodeScalars.contains(name.unicodeScalars), "\(name): \(text)")
        }
      }
    }
  }

  private static func lines(_ text: String, _ language: String, design: BadgeDesignName = .conference) throws
    -> [String]
  {
    let painter = BadgePainter(.delivered(design), try BadgeFonts(), in: .english)
    let box = try #require(painter.design.boxes.first { $0.content == .field(.name) })
    let request = try #require(painter.request(box, try BadgeDocumentTests.badge(text, language)))
    return DrawingTurn.take { painter.setter.lines(of: request) }
  }

  @Test("In lines that end between names, also in scripts that part no words")
  func blanks() throws {
    let name = "สมเด็จพระนางเจ้ารำไพพรรณี วงศ์สวัสดิ์"
    #expect(
      try Self.lines(name, "th").map { $0.trimmingCharacters(in: .whitespaces) }
        == name.split(separator: " ").map(String.init)
    )
  }

  @Test(
    "In lines that end within a word where nothing else fits, so that no name of sixty letters is left out",
    arguments: BadgeDesignName.allCases
  )
  func unbroken(design: BadgeDesignName) throws {
    let painter = BadgePainter(.delivered(design), try BadgeFonts(), in: .english)
    let names = [
      String(repeating: "W", count: 60), String(repeating: "Wolfeschlegelsteinhausen", count: 3).prefix(60).description,
      String(repeating: "ม", count: 60), String(repeating: "م", count: 60), "Ada " + String(repeating: "m", count: 56),
    ]
    for name in names {
      #expect(painter.faults(of: try BadgeDocumentTests.badge(name)) == [], "\(name)")
      #expect(try Self.lines(name, "", design: design).joined().filter { $0 != " " } == name.filter { $0 != " " })
    }
    #expect(try Self.lines(names[0], "", design: design).count > 1)
  }

  @Test("With room for each country in each language", arguments: BadgeDesignName.allCases)
  func countries(design: BadgeDesignName) throws {
    let painter = BadgePainter(.delivered(design), try BadgeFonts(), in: .english)
    for language in Language.allCases {
      for code in Country.codes.sorted() {
        var badge = try BadgeDocumentTests.badge("Ada")
        badge.country = Phrasebook.of(language).country(code)
        #expect(painter.faults(of: badge) == [], "\(badge.country)")
      }
    }
  }

  @Test(
    "And none of the marks by which a sheet is cut lies on what is left of a badge",
    arguments: [BadgeDesignName.conference, .label, .phone]
  )
  func marks(design: BadgeDesignName) throws {
    let design = BadgeDesign.delivered(design)
    let marks = CropMarks(of: design, on: .a4)
    let cells = BadgeSheet.a4.cells(of: design)
    #expect(!marks.lines.isEmpty)
    let isFilled = (x: cells[0].x < 5, y: cells[0].y < 5)
    for cell in cells {
      let left = cell.x + (isFilled.x ? CropMarks.bleed : 0), top = cell.y + (isFilled.y ? CropMarks.bleed : 0)
      let right = cell.x + design.width - (isFilled.x ? CropMarks.bleed : 0)
      let bottom = cell.y + design.height - (isFilled.y ? CropMarks.bleed : 0)
      for line in marks.lines {
        let isBeside = max(line.from.x, line.to.x) <= left || min(line.from.x, line.to.x) >= right
        let isAbove = max(line.from.y, line.to.y) <= top || min(line.from.y, line.to.y) >= bottom
        #expect(isBeside || isAbove, "\(line) \(cell)")
      }
      // Each corner has a mark for both of its cuts.
      for x in [left, right] { #expect(marks.columns.cuts.contains { abs($0 - x) < 0.001 }) }
      for y in [top, bottom] { #expect(marks.rows.cuts.contains { abs($0 - y) < 0.001 }) }
    }
  }
}
