import LanyardDomain
import LanyardTesting
import LanyardTexts
import Testing

@Suite("A table of registrations as spreadsheets save it") struct OfficeFileTests {
  private static let names = ["email", "given_name", "stakeholder_group", "participation"]

  private func forms(
    _ bytes: [UInt8],
    part size: Int = 7,
    _ mapping: ColumnMapping = ColumnMapping(),
    ignoresUnknown: Bool = false
  ) throws -> [RegistrationForm] {
    var finder = EncodingFinder()
    finder.read(bytes)
    var table = RegistrationTable(
      encoding: try finder.found(),
      mapping: mapping,
      ignoresUnknown: ignoresUnknown
    )
    var rows: [RegistrationTable.Row] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      rows += try table.read(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    rows += try table.finish()
    return try rows.map { try $0.content.get() }
  }

  private func utf16(_ text: String, isBigEndian: Bool = false) -> [UInt8] {
    ("\u{FEFF}" + text).utf16.flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      return isBigEndian ? [high, low] : [low, high]
    }
  }

  @Test("is the same with commas, semicolons and tabs, and after a sep= line", arguments: [",", ";", "\t"])
  func separators(_ separator: String) throws {
    for start in ["", "sep=\(separator)\r\n", "\u{FEFF}SEP=\(separator)\n", "\u{FEFF}"] {
      for end in ["\r\n", "\n", "\r"] {
        let rows = [
          Self.names, ["a@b.org", "\"Ann\(separator) née;,\"", "UN", "ONSITE"], ["c@d.org", "C", "UN", "REMOTE"],
        ]
        let text = start + rows.map { $0.joined(separator: separator) }.joined(separator: end) + end
        for size in [1, 5, 4096] {
          let forms = try forms(Array(text.utf8), part: size)
          #expect(forms.map(\.givenName) == ["Ann\(separator) née;,", "C"], "\(text)")
          #expect(forms.map(\.participation) == [.onsite, .remote])
        }
      }
    }
  }

  @Test("counts the header as row 1 after a sep= line, which no spreadsheet shows")
  func rowsAfterSaying() throws {
    let rows = try RegistrationTable.rows(
      csv: Array("sep=;\r\nemail;stakeholder_group;participation\r\n\r\na@b.org;UN;onsite\r\n".utf8)
    )
    #expect(rows.map(\.row) == [3])
  }

  @Test("is read in UTF-16 of either order, with characters of two units")
  func wide() throws {
    let text = "email\tgiven_name\tstakeholder_group\tparticipation\r\na@b.org\tÉmile 𠮷 الحداد\tUN\tONSITE\r\n"
    for bytes in [utf16(text), utf16(text, isBigEndian: true)] {
      #expect(try forms(bytes, part: 1).map(\.givenName) == ["Émile 𠮷 الحداد"])
      #expect(try forms(bytes, part: 4096).map(\.givenName) == ["Émile 𠮷 الحداد"])
    }
    // Cut in the middle of a character.
    #expect(throws: InvalidInput.self) { try forms(utf16(text).dropLast()) }
  }

  @Test("is read in Windows-1252 where it is not UTF-8")
  func western() throws {
    let start = Array("email;given_name;stakeholder_group;participation\r\na@b.org;".utf8)
    let bytes = start + [0x4D, 0xFC, 0x6C, 0x6C, 0x65, 0x72, 0x20, 0x80, 0x20, 0x47, 0x72, 0xF6, 0xDF, 0x65]
    #expect(try forms(bytes + Array(";UN;ONSITE\r\n".utf8)).map(\.givenName) == ["Müller € Größe"])
  }

  @Test("is not guessed at where its bytes are of another encoding, or are damaged")
  func otherEncodings() throws {
    let start = Array("email;given_name;stakeholder_group;participation\r\na@b.org;".utf8)
    let cyrillic: [UInt8] = [0xCC, 0xE0, 0xF0, 0xE8, 0xFF]
    let found = violations { () throws(InvalidInput) in
      var finder = EncodingFinder()
      finder.read(start + cyrillic)
      _ = try finder.found()
    }
    #expect(found.map(\.field) == ["line 2"])
    #expect(found.first?.reason.contains("windows-1251") == true)
    let damaged = violations { () throws(InvalidInput) in
      var finder = EncodingFinder()
      finder.read(start + Array("Zoë Zoë Zoë".utf8) + [0xFF])
      _ = try finder.found()
    }
    #expect(damaged.map(\.field) == ["line 2"] && damaged.first?.reason.contains("UTF-8 text") == true)
    var table = RegistrationTable(encoding: .windows1251)
    let rows = try table.read(start + cyrillic + Array(";UN;ONSITE\r\n".utf8)) + table.finish()
    #expect(try rows.map { try $0.content.get().givenName } == ["Мария"])
    var other = RegistrationTable(encoding: .windows1252)
    let broken = violations { () throws(InvalidInput) in _ = try other.read(start + [0x81]) }
    #expect(broken.first?.reason.contains("windows-1252") == true)
  }

  @Test(
    "has all characters of the encodings of one byte",
    arguments: [TextEncoding.windows1251, .windows1252, .windows1256]
  )
  func tables(_ encoding: TextEncoding) throws {
    let unassigned: Set<UInt8> =
      encoding == .windows1252 ? [0x81, 0x8D, 0x8F, 0x90, 0x9D] : encoding == .windows1251 ? [0x98] : []
    let header = Array("email,stakeholder_group,participation,position\na@b.org,UN,ONSITE,\"x".utf8)
    let bytes = (UInt8(0x80)...0xFF).filter { !unassigned.contains($0) }
    var table = RegistrationTable(encoding: encoding)
    let rows = try table.read(header + bytes + Array("x\"\n".utf8)) + table.finish()
    let text = try #require(rows.first).content.get().position
    #expect(text.unicodeScalars.count == bytes.count + 2)
    #expect(Set(text.unicodeScalars).count == bytes.count + 1)
  }

  @Test("names its columns in any case, with blanks, and by a mapping")
  func columns() throws {
    var mapping = ColumnMapping()
    try mapping.add("E-Mail=email", field: "--map")
    try mapping.add(lines: "# ours\r\n Vorname = Given Name \n\nGruppe=stakeholder_group\n")
    let text =
      " e-mail ;Vorname;GRUPPE; Participation;\u{A0}Country ;Family name;\na@b.org;Ada;UN;On-Site; uk;Byron;;;\n"
    let form = try #require(forms(Array(text.utf8), mapping).first)
    #expect(form.email == "a@b.org" && form.givenName == "Ada" && form.familyName == "Byron")
    #expect(form.participation == .onsite && form.country == "GB")
    let found = violations { () throws(InvalidInput) in try mapping.add("Notiz=notice", field: "line 1") }
    #expect(found.first?.reason.contains("known are: email") == true)
    #expect(violations { () throws(InvalidInput) in try mapping.add("email", field: "line 1") }.count == 1)
  }

  @Test("passes over columns that are not known where that is asked for, and lists them")
  func unknown() throws {
    let text = Array("email,Shoe size,stakeholder_group,participation\na@b.org,43,UN,ONSITE\n".utf8)
    #expect(throws: InvalidInput.self) { try forms(text) }
    var table = RegistrationTable(ignoresUnknown: true)
    let rows = try table.read(text) + table.finish()
    #expect(try rows.first?.content.get().email == "a@b.org")
    #expect(table.ignored == ["Shoe size"])
  }

  @Test("takes rows whose empty cells at the end are missing or too many, but no text without a column")
  func ends() throws {
    let header = "email,stakeholder_group,participation,title,position,\n"
    let rows = try RegistrationTable.rows(
      csv: Array(
        "\(header)a@b.org,UN,ONSITE\nc@d.org,UN,ONSITE,,,,,\n , \ne@f.org,UN,ONSITE,,,x\ng@h.org,UN,ONSITE,,,,x\n".utf8
      )
    )
    #expect(rows.map(\.row) == [2, 3, 5, 6])
    #expect(try rows.prefix(2).map { try $0.content.get().email } == ["a@b.org", "c@d.org"])
    let reasons = rows.suffix(2).map { row in
      violations { () throws(InvalidInput) in _ = try row.content.get() }.map(\.reason)
    }
    #expect(reasons.first?.first?.contains("column 6") == true && reasons.last?.first?.contains("7 fields") == true)
  }

  @Test(
    "takes countries by their codes and by their names in the six languages",
    arguments: [
      ("CH", "CH"), ("gb", "GB"), ("UK", "GB"), ("Switzerland", "CH"), ("suisse", "CH"), ("SUIZA", "CH"),
      ("سويسرا", "CH"), ("瑞士", "CH"), ("Швейцария", "CH"), ("Côte d’Ivoire", "CI"), ("cote d'ivoire", "CI"),
      ("Iran (Islamic Republic of)", "IR"), ("Republic of Korea", "KR"), ("Korea, Republic of", "KR"),
      ("Российская Федерация", "RU"), ("United States of America", "US"), ("the Netherlands", "NL"),
      ("Bosnia & Herzegovina", "BA"), ("Bosnia and Herzegovina", "BA"), ("Viet Nam", "VN"), ("Türkiye", "TR"),
      ("الإمارات", "AE"), ("Netherlands (Kingdom of the)", "NL"), ("Confédération suisse", "CH"),
      ("Pays-Bas (Royaume des)", "NL"), ("Нидерланды (Королевство)", "NL"), ("Corea (República de)", "KR"),
      ("دولة الإمارات العربية المتحدة", "AE"), ("Venezuela (Bolivarian Republic of)", "VE"), ("ОАЭ", "AE"),
      ("Republic of Germany", nil), ("Kingdom of Atlantis", nil), ("Kingdom", nil),
      ("Congo (Democratic Republic of the)", "CD"),
      ("DEU", "DE"), ("deu", "DE"), ("USA", "US"), ("XKX", "XK"), ("ZZZ", nil), ("GER", nil),
      ("Deutschland", "DE"), ("österreich", "AT"), ("日本", "JP"), ("भारत", "IN"),
      ("Atlantis", nil), ("EU", nil), ("Korea", nil), ("-", nil),
    ] as [(String, String?)]
  )
  func countries(_ text: String, _ code: String?) {
    #expect(Country.meant(by: text) == code)
  }

  @Test("has every country under the name that each of the six languages has for it")
  func allCountries() {
    #expect(Country.codes.count > 240)
    for code in Country.codes { #expect(Country.meant(by: code.lowercased()) == code) }
  }

  @Test("brings texts back as they were, and none as a formula")
  func formulas() throws {
    let names = [
      "=cmd|'/c calc'!A0", "+41 22", "-", "@SUM(A1)", "'=1", "''+", "O'Brien", "'tis", "a;b", "a\"b", "=\"x\"", "＝1",
      "née, \"x\"",
    ]
    for separator: Character in [",", ";", "\t"] {
      let rows = names.enumerated().map {
        CSVWriter.row(["a\($0)@b.org", $1, "UN", "ONSITE"], separator: separator)
      }
      let text = CSVWriter.byteOrderMark + CSVWriter.row(Self.names, separator: separator) + rows.joined()
      #expect(try forms(Array(text.utf8)).map(\.givenName) == names)
      #expect(!rows.contains { $0.contains(/(^|[,;\t]|"|")[=+@＝-]/) && !$0.contains("'") })
    }
  }

  @Test("is not imported where it says that a registration has ended")
  func ended() throws {
    let text =
      "email,stakeholder_group,participation,state,registration\na@b.org,UN,ONSITE,CANCELLED,x\nc@d.org,UN,ONSITE,confirmed,y\n"
    let rows = try RegistrationTable.rows(csv: Array(text.utf8))
    let found = violations { () throws(InvalidInput) in _ = try rows[0].content.get() }
    #expect(found.map(\.field) == ["state"])
    #expect(try rows[1].content.get().email == "c@d.org")
  }
}
