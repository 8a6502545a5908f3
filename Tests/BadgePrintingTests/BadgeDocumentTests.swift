import BadgeCodes
import Dispatch
import Foundation
import LanyardDomain
import LanyardTesting
import Synchronization
import Testing

@testable import BadgePrinting

@Suite("Badges as they are printed", .blocking) struct BadgeDocumentTests {
  /// Names as their bearers write them, each with its language.
  static let names = [
    ("Ada Lovelace", "en"), ("Sukarno", "id"), ("สมเด็จพระนางเจ้ารำไพพรรณี วงศ์สวัสดิ์", "th"),
    ("فاطمة الزهراء بنت محمد", "ar"), ("שרה בן־דוד", "he"), ("श्रीमती कृष्णाकुमारी चट्टोपाध्याय", "hi"),
    ("欧阳修文", "zh"), ("山田 たろう", "ja"), ("김민준", "ko"), ("ንጉሤ ሃይሉ", "am"), ("გიორგი მაისურაძე", "ka"),
    ("Наталия Александровна Преображенская", "ru"), ("Nguyễn Thị Hồng Ước", "vi"), ("ཚེ་རིང", "bo"),
    ("မောင်အောင်", "my"), ("Zo\u{0308}e\u{0301}\u{0302}\u{0303}", "fr"),
    ("Maximiliana-Theodora Freifrau von und zu Hohenlohe-Langenburg", "de"),
    ("محمدپارسا روحانی", "fa"), ("தமிழ்ச்செல்வி", "ta"), ("ສົມສັກ", "lo"),
  ]

  static func badge(_ name: String, _ language: String = "", code: String = "LY1ABC") throws -> PrintedBadge {
    PrintedBadge(
      eventTitle: "WSIS+20 Forum High-Level Event",
      eventLine: "27–31 May 2024 · Geneva",
      name: name,
      organisation: "Bundesministerium für wirtschaftliche Zusammenarbeit und Entwicklung",
      country: "Bosnia and Herzegovina",
      group: PrintedBadge.Term(id: "civil-society", label: "Civil society"),
      groupNumber: 2,
      role: PrintedBadge.Term(id: "speaker", label: "Speaker"),
      zones: [PrintedBadge.Term(id: "vip", label: "VIP lounge")],
      number: "7F3A · 1",
      code: try QRSymbol(ofBadge: code),
      language: language
    )
  }

  private static func file(_ badges: [PrintedBadge], _ design: BadgeDesign, on sheet: BadgeSheet, in folder: URL) throws
    -> URL
  {
    let document = BadgeDocument(BadgePainter(design, try BadgeFonts(), in: .english), on: sheet, title: "Badges")
    var bytes: [UInt8] = []
    for badge in badges { bytes += try document.add(badge) }
    bytes += try document.finish()
    let file = folder.appending(path: "badges.pdf")
    try Data(bytes).write(to: file)
    return file
  }

  private static func text(_ file: URL, _ options: String..., in folder: URL) throws -> String {
    let result = try Tool.run("sh", "-c", "pdftotext \(options.joined(separator: " ")) '\(file.path)' -", in: folder)
    #expect(result.status == 0)
    // Poppler puts marks of direction around what runs from right to left.
    return result.output.filter { !"\u{202A}\u{202B}\u{202C}".contains($0) }
  }

  @Test("Show each name whole, in its script and by a stated font", arguments: BadgeDesignName.allCases)
  func names(design: BadgeDesignName) throws {
    let painter = BadgePainter(.delivered(design), try BadgeFonts(), in: .english)
    for (name, language) in Self.names { #expect(painter.faults(of: try Self.badge(name, language)) == [], "\(name)") }
  }

  @Test("Say what no font has, and what is too long for its place") func faults() throws {
    let painter = BadgePainter(.delivered(.conference), try BadgeFonts(), in: .english)
    let ugaritic = painter.faults(of: try Self.badge("Zoë 𐎀𐎁"))
    #expect(ugaritic.contains(.missing(box: "name", characters: ["𐎀", "𐎁"])))
    let long = String(repeating: "Wolfeschlegelsteinhausenbergerdorff", count: 8)
    #expect(painter.faults(of: try Self.badge(long)).contains(.doesNotFit(box: "name", text: long)))
  }

  @Test("Give back each name from a file with every font in it") func extracted() throws {
    try withTemporaryFolder { folder in
      let badges = try Self.names.map { try Self.badge($0.0, $0.1) }
      let file = try Self.file(badges, .delivered(.conference), on: .single, in: folder)
      for (place, name) in Self.names.enumerated() {
        let page = "\(2 * place + 1)"
        let text = try Self.text(file, "-f", page, "-l", page, in: folder)
        // Lines end where they are full, and Poppler gives letters and their marks back in one of several orders.
        func marks(_ text: String) -> [UInt32] {
          text.decomposedStringWithCompatibilityMapping.unicodeScalars.map(\.value).filter { $0 > 32 }.sorted()
        }
        let letters = Set(marks(name.0))
        #expect(letters.isSubset(of: Set(marks(text))), "\(name.0): \(text)")
        if ["Ada Lovelace", "欧阳修文", "김민준", "שרה בן־דוד", "محمدپارسا روحانی"].contains(name.0) {
          #expect(text.contains(name.0), "\(text)")
        }
      }
      let fonts = try Tool.run("pdffonts", file.path, in: folder).output.split(separator: "\n").dropFirst(2)
      #expect(fonts.count > 10 && fonts.allSatisfy { $0.contains("Noto") && $0.contains(" yes yes ") }, "\(fonts)")
    }
  }

  @Test("Stand four to a sheet of A4, each back behind its front") func sheets() throws {
    try withTemporaryFolder { folder in
      let names = ["Ada", "Bea", "Cleo", "Dora", "Eve"]
      let file = try Self.file(try names.map { try Self.badge($0) }, .delivered(.conference), on: .a4, in: folder)
      let info = try Tool.run("pdfinfo", file.path, in: folder).output
      #expect(info.contains(/Pages: +4/) && info.contains("(A4)"), "\(info)")
      /// What stands in a quarter of a page, in pixels of 72 to the inch.
      func quarter(_ page: Int, _ column: Int, _ row: Int) throws -> String {
        try Self.text(
          file,
          "-f \(page) -l \(page) -r 72 -x \(column * 298) -y \(row * 421) -W 297 -H 421",
          in: folder
        )
      }
      for (place, name) in names.prefix(4).enumerated() {
        #expect(try quarter(1, place % 2, place / 2).contains(name))
        #expect(try quarter(2, 1 - place % 2, place / 2).contains(name))
      }
      #expect(try quarter(3, 0, 0).contains("Eve") && quarter(4, 1, 0).contains("Eve"))
    }
  }

  @Test("Have codes that are read from paper and from a small picture", arguments: BadgeDesignName.allCases)
  func codes(design: BadgeDesignName) throws {
    try withTemporaryFolder { folder in
      let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
      let codes = (0..<8).map { _ in "LY1" + String((0..<170).map { _ in letters.randomElement() ?? "A" }) }
      let badges = try zip(codes, Self.names).map { try Self.badge($1.0, $1.1, code: $0) }
      let file = try Self.file(badges, .delivered(design), on: .single, in: folder)
      let painted = try Tool.run("pdftoppm", "-r", "200", "-png", file.path, "page", in: folder)
      #expect(painted.status == 0)
      for side in BadgeDesign.delivered(design).sides {
        let painter = BadgePainter(.delivered(design), try BadgeFonts(), in: .english)
        for (place, badge) in badges.enumerated() {
          let picture = folder.appending(path: "page-\(side)-\(place).png")
          try Data(painter.png(side, of: badge, width: 500)).write(to: picture)
        }
      }
      let read = try Tool.qrCodes(in: "page*.png", folder).output.split(separator: "\n")
      #expect(Set(read.map(String.init)) == Set(codes))
      // From the paper and from the picture, on each side that has one.
      #expect(read.count == codes.count * 2 * BadgeDesign.delivered(design).sides.count)
    }
  }

  @Test("Keep within what their file may take, and do not grow in memory with it") func size() throws {
    let document = BadgeDocument(
      BadgePainter(.delivered(.conference), try BadgeFonts(), in: .english),
      on: .a4,
      title: "Badges"
    )
    var (bytes, most) = (0, 0)
    for place in 0..<400 {
      let name = Self.names[place % Self.names.count]
      let code = "LY1\(place)".padding(toLength: 180, withPad: "A7", startingAt: 0)
      let part = try document.add(try Self.badge("\(name.0) \(place)", name.1, code: code))
      (bytes, most) = (bytes + part.count, max(most, part.count))
    }
    let end = try document.finish()
    // 3,000 of them take at most 10 MB; the fonts, which come at the end, do not grow with them.
    #expect(bytes + (end.count - 1 << 20) < 400 * 3_333, "\(bytes), \(end.count)")
    #expect(most < 200_000 && end.count < 4 << 20, "\(most), \(end.count)")
  }

  @Test("Are drawn whole by whoever asks at the same time") func threads() throws {
    let fonts = try BadgeFonts()
    let drawn = Mutex<[[String]]>([])
    let titles = BadgeDesignName.allCases
    DispatchQueue.concurrentPerform(iterations: 12) { place in
      let painter = BadgePainter(.delivered(titles[place % titles.count]), fonts, in: .english)
      let document = BadgeDocument(painter, on: .single, title: "Badges")
      let said = Result {
        try withTemporaryFolder { folder in
          var bytes: [UInt8] = []
          for (name, language) in Self.names {
            let badge = try Self.badge(name, language)
            #expect(painter.faults(of: badge) == [])
            #expect(try !painter.png(.front, of: badge, width: 300).isEmpty)
            bytes += try document.add(badge)
          }
          bytes += try document.finish()
          let file = folder.appending(path: "badges.pdf")
          try Data(bytes).write(to: file)
          let text = try Self.text(file, in: folder)
          return ["Lovelace", "Sukarno", "김민준"].filter { !text.contains($0) }
        }
      }
      drawn.withLock { drawn in drawn.append((try? said.get()) ?? ["\(said)"]) }
    }
    #expect(drawn.withLock { $0 } == Array(repeating: [], count: 12))
  }

  @Test("Have a colour on which the group's name is read") func colours() {
    for colour in BadgeDesign.palette { #expect(colour.contrast(to: colour.readable) >= 4.5, "\(colour)") }
    #expect(Colour("#1B5FAA") == Colour(red: 0x1B, green: 0x5F, blue: 0xAA))
    #expect([Colour("1B5FAA"), Colour("#1B5FA"), Colour("#1B5FAG"), Colour("#+B5FAA")] == [nil, nil, nil, nil])
    #expect(Colour.black.contrast(to: .white) == 21)
  }
}
