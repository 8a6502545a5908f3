import Foundation
import LanyardDomain
import LanyardTesting
import LanyardTexts
import Testing

@testable import LanyardClient

@Suite("A workbook of registrations")
struct WorkbookTests {
  /// Written with XlsxWriter: two sheets, of which the first has dates, numbers, truth, rich text and a formula.
  private static let people = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Fixtures/people.xlsx"
  )

  private static func rows(_ path: String) throws -> [RegistrationTable.Row] {
    var options = RegistrationFile.Options()
    try options.mapping.add("E-Mail=email", field: "--map")
    var file = try RegistrationFile(path, options)
    var rows: [RegistrationTable.Row] = []
    try file.check { rows.append($0) }
    return rows
  }

  /// What is told of a file that is refused as a whole.
  private static func refusal(_ bytes: [UInt8]) throws -> [FieldViolation] {
    do {
      _ = try rows(of: bytes)
      return []
    } catch RegistrationFile.Refusal.refused(let input, _) {
      return input.violations
    }
  }

  private static func rows(of bytes: [UInt8]) throws -> [RegistrationTable.Row] {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xlsx")
    try Data(bytes).write(to: file)
    defer { unlink(file.path) }
    return try rows(file.path)
  }

  /// A workbook with this first sheet.
  private static func workbook(_ sheet: String, texts: ZIPWriter.File? = nil, styles: String = "") -> [UInt8] {
    var zip = ZIPWriter()
    zip.add(
      "xl/workbook.xml",
      "<?xml version='1.0'?><x:workbook xmlns:x='a' xmlns:r='b'><!-- > --><x:sheets><x:sheet name='A' r:id='r7'/></x:sheets></x:workbook>"
    )
    zip.add("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='r7' Target='/xl/one.xml'/></Relationships>")
    zip.add("xl/one.xml", sheet)
    if !styles.isEmpty { zip.add("xl/styles.xml", styles) }
    if let texts { zip.add("xl/sharedStrings.xml", texts) }
    return zip.bytes()
  }

  private static func cell(_ place: String, _ text: String) -> String {
    "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
  }

  private static let header =
    "<row r=\"1\">\(cell("A1", "email"))\(cell("B1", "stakeholder_group"))\(cell("C1", "participation"))\(cell("D1", "position"))</row>"

  private static func sheet(_ rows: String) -> String {
    "<worksheet><sheetData>\(header)\(rows)</sheetData></worksheet>"
  }

  private static func person(_ row: Int, _ more: String = "") -> String {
    let cells = [("A", "p\(row)@b.org"), ("B", "UN"), ("C", "ONSITE")].map { cell("\($0.0)\(row)", $0.1) }
    return "<row r=\"\(row)\">\(cells.joined())\(more)</row>"
  }

  @Test("is read as its first sheet, with dates, numbers and truth as texts")
  func people() throws {
    let rows = try Self.rows(Self.people.path)
    #expect(rows.map(\.row) == [2, 4, 5])
    let forms = try rows.map { try $0.content.get() }
    #expect(forms.map(\.email) == ["ada@example.org", "noor@example.org", "lin@example.org"])
    #expect(forms.map(\.country) == ["GB", "AE", "CN"])
    #expect(forms.map(\.givenName) == ["Ada", "نور", "=1+1 Lin"])
    #expect(forms.map(\.participation) == [.onsite, .remote, .onsite])
    #expect(forms.map(\.position) == ["42", "", "Chefin"])
    #expect(forms.map(\.days) == [["2024-05-28"], [], []])
    #expect(forms.map(\.photoConsent) == [true, false, false])
    #expect(forms.first?.accessibilityNeeds == "a ramp & <lift>")
  }

  @Test("is imported as a CSV file is")
  func imported() throws {
    try LanyardServerProcess.withProgramme { _, data, _ in
      let arguments = ["registrations", "import", Self.people.path, "--event", SampleData.forum, "--json"]
      let result = try LanyardProgram.run(arguments + ["--map", "E-Mail=email"], data: data)
      #expect(result.status == 0, "\(result.output) \(result.errors)")
      #expect(try result.json().first?["imported"] as? Int == 3)
    }
  }

  @Test(
    "has numbers and dates as people see them",
    arguments: [
      ("<v>41791234567</v>", "41791234567"), ("<v>1E3</v>", "1000"), ("<v>0.5</v>", "0.5"), ("<v></v>", ""),
      ("<v>45440.5</v>", "2024-05-28T12:00"), ("<v>60</v>", "1900-02-28"), ("<v>0.75</v>", "18:00"),
      ("<v>1e300</v>", "1e+300"), ("<v>-1</v>", "-1"),
    ]
  )
  func numbers(_ value: String, _ text: String) throws {
    let isDate = text.contains(":") || text.contains("1900")
    let styles =
      "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='[Red]\"d\"0.0'/></numFmts><cellXfs><xf numFmtId='164'/><xf numFmtId='22'/></cellXfs></styleSheet>"
    let cell = "<c r='D2' s='\(isDate ? 1 : 0)'>\(value)</c>"
    let rows = try Self.rows(of: Self.workbook(Self.sheet(Self.person(2, cell)), styles: styles))
    #expect(try rows.map { try $0.content.get().position } == [text])
  }

  @Test(
    "has dates that are written as ISO 8601 has them as it has others",
    arguments: [
      ("2024-05-28", "2024-05-28"), ("2024-05-28T00:00:00", "2024-05-28"),
      ("2024-05-28T10:30:00.000Z", "2024-05-28T10:30"),
      ("2024-05-28 10:30:07", "2024-05-28T10:30:07"), ("10:30:00", "10:30"), ("T10:30", "10:30"), ("soon", "soon"),
    ]
  )
  func datesOfISO(_ value: String, _ text: String) throws {
    let cell = "<c r='D2' t='d'><v>\(value)</v></c>"
    let rows = try Self.rows(of: Self.workbook(Self.sheet(Self.person(2, cell))))
    #expect(try rows.map { try $0.content.get().position } == [text])
  }

  @Test("refuses a cell whose formula failed, by its column, and a day with a time behind it is that day")
  func failedFormula() throws {
    let cell = "<c r='D2' t='e'><v>#REF!</v></c>"
    let rows = try Self.rows(of: Self.workbook(Self.sheet(Self.person(2, cell))))
    let row = try #require(rows.first)
    guard case .failure(let input) = row.content else {
      Issue.record("\(row)")
      return
    }
    #expect(input.violations == [FieldViolation(field: "position", .table(.errorCell(value: "#REF!")))])
    let table = "email,stakeholder_group,participation,position,days\na@b.org,UN,ONSITE,# 1,2024-05-28T10:30\n"
    let form = try #require(try RegistrationTable.rows(csv: Array(table.utf8)).first).content.get()
    #expect(form.position == "# 1" && form.days == ["2024-05-28"])
  }

  @Test("refuses rows over a limit by their numbers, and reads the others")
  func limits() throws {
    let wide = "<row r='3'>\(Self.cell("A3", "x"))\(Self.cell("BCDEFG3", "far"))</row>"
    let long = "<row r='4'>\(Self.cell("A4", String(repeating: "é", count: 70_000)))</row>"
    let rows = try Self.rows(of: Self.workbook(Self.sheet(Self.person(2) + wide + long + Self.person(1_000_000))))
    #expect(rows.map(\.row) == [2, 3, 4, 1_000_000])
    let faults = rows.map { row in
      guard case .failure(let input) = row.content else { return "" }
      return input.violations.map(\.reason).joined()
    }
    #expect(
      faults[0].isEmpty && faults[1].contains("100 fields") && faults[2].contains("65536 bytes") && faults[3].isEmpty
    )
  }

  @Test("is refused where it is damaged, or of another kind")
  func damaged() throws {
    let good = Self.workbook(Self.sheet(Self.person(2)))
    #expect(try Self.refusal(good).isEmpty)
    let bad = [
      Self.workbook("<!DOCTYPE a [<!ENTITY b 'c'>]>" + Self.sheet("")),
      Self.workbook(Self.sheet("<row r='3'></row><row r='2'>")),
      Self.workbook(Self.sheet("<row r='2'><c r='A2' t='s'><v>7</v></c></row>")),
      Self.workbook("<worksheet><sheetData"),
      Self.workbook(Self.sheet("<row r='2'>&nothing;</row>")), Array(good.dropLast(30)), Array("PK\u{3}\u{4}".utf8),
      Self.workbook(Self.sheet("<row r='1048577'></row>")),
    ]
    for (index, bytes) in bad.enumerated() {
      #expect(try Self.refusal(bytes).first?.reason.contains("damaged") == true, "\(index)")
    }
    for bytes in [[0xD0, 0xCF, 0x11, 0xE0] + Array("\u{1}".utf8), ZIPWriter.with("content.xml", "<a/>")] {
      #expect(try Self.refusal(bytes).first?.reason.contains(".xlsx") == true)
    }
  }

  @Test("is refused with a sentence where its sheet or its texts grow too large when they are taken apart")
  func bomb() throws {
    let sheet = ZIPWriter.File.repeated(" ", count: 1 << 20, before: "<worksheet><sheetData>", size: 257 << 20)
    let texts = ZIPWriter.File.repeated(" ", count: 65 << 20, before: "<sst><si><t>")
    var zip = ZIPWriter()
    zip.add("xl/workbook.xml", "<workbook xmlns:r='b'><sheets><sheet name='A' r:id='r7'/></sheets></workbook>")
    zip.add("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id='r7' Target='/xl/one.xml'/></Relationships>")
    zip.add("xl/one.xml", sheet)
    for (bytes, field, limit) in [
      (zip.bytes(), "xl/one.xml", "256 MiB"),
      (Self.workbook(Self.sheet(Self.person(2)), texts: texts), "xl/sharedStrings.xml", "64 MiB"),
    ] {
      #expect(bytes.count < 1 << 20)
      let refusal = try #require(try Self.refusal(bytes).first)
      #expect(refusal.field == field && refusal.reason.contains(limit), "\(refusal)")
    }
  }

  @Test("is taken apart in small pieces, up to the limit and no further, though it says that it is small")
  func lyingBomb() throws {
    var zip = ZIPWriter()
    zip.add("a", .repeated(" ", count: 3 << 20, before: "<a>", size: 10))
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).zip")
    try Data(zip.bytes()).write(to: file)
    defer { unlink(file.path) }
    let archive = try ZipArchive(FileHandle(forReadingFrom: file))
    var pieces: [Int] = []
    let refusal = #expect(throws: InvalidInput.self) {
      try archive.read("a", limit: 1 << 20) { pieces.append($0.count) }
    }
    #expect(refusal?.violations.first?.reason.contains("1 MiB") == true)
    #expect(pieces.reduce(0, +) <= 1 << 20 && pieces.count > 10 && pieces.allSatisfy { $0 <= 1 << 16 })
  }

  @Test("never crashes on garbage")
  func garbage() throws {
    var generator = SeededGenerator(seed: 5)
    let bytes = [UInt8](try Data(contentsOf: Self.people))
    for _ in 0..<300 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = try Self.refusal(changed)
    }
  }
}
