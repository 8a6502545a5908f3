import LanyardDomain
import LanyardTesting
import LanyardTexts
import Testing

@Suite("A table of registrations") struct RegistrationTableTests {
  private static let header = "email,given_name,stakeholder_group,participation,photo_consent\n"

  private func rows(_ text: String) throws -> [RegistrationTable.Row] {
    try RegistrationTable.rows(csv: Array((Self.header + text).utf8))
  }

  /// What is read of a table that comes in these parts.
  private static func told(_ parts: [[UInt8]]) -> String {
    do {
      var table = RegistrationTable()
      let rows = try parts.flatMap { try table.read($0) } + table.finish()
      return "\(rows)"
    } catch {
      return "\(error)"
    }
  }

  private func faults(_ bytes: [UInt8]) -> [FieldViolation] {
    violations { () throws(InvalidInput) in _ = try RegistrationTable.rows(csv: bytes) }
  }

  private func faults(_ row: RegistrationTable.Row?) -> [FieldViolation] {
    violations { () throws(InvalidInput) in _ = try row?.content.get() }
  }

  @Test("of the sample gives 4,500 rows that are all valid for the forum") func sample() throws {
    let forum = try #require(Sample.programme().events.last).event
    let bytes = try Sample.bytes("participants.csv")
    let rows = try RegistrationTable.rows(csv: bytes)
    #expect(rows.count == 4500)
    #expect(rows.first?.row == 2 && rows.last?.row == 4501)
    let details = try rows.map { try $0.content.get().validated(for: forum) }
    #expect(Set(details.map(\.email)).count == 4500)
    #expect(details.first?.givenName == "محمدپارسا")
    #expect(details[2].position == "Scientist, physiological")
  }

  @Test("has its columns in any order and its lines ended in any way", arguments: ["\n", "\r\n", "\r"])
  func orderAndLines(_ end: String) throws {
    let text = "participation,stakeholder_group,email\(end)REMOTE,UN,a@b.org\(end)\(end)ONSITE,\"U\(end)N\",c@d.org"
    let rows = try RegistrationTable.rows(csv: [0xEF, 0xBB, 0xBF] + Array(text.utf8))
    #expect(rows.map(\.row) == [2, 4])
    #expect(try rows.map { try $0.content.get().participation } == [.remote, .onsite])
    #expect(try rows.last?.content.get().stakeholderGroup == "U\(end)N")
    #expect(try rows.last?.content.get().email == "c@d.org")
  }

  @Test("keeps commas, doubled quotes and line breaks of quoted fields") func quoted() throws {
    let rows = try rows("a@b.org,\"Anna \"\"Ann\"\", née\r\nX\",UN,ONSITE,yes\nc@d.org,\"\",UN,REMOTE,\n,,,,\n")
    #expect(rows.map(\.row) == [2, 3])
    #expect(try rows.first?.content.get().givenName == "Anna \"Ann\", née\r\nX")
    #expect(try rows.first?.content.get().photoConsent == true)
    #expect(try rows.last?.content.get().givenName == "")
  }

  @Test(
    "splits at commas and quotes that marks and joiners follow",
    arguments: ["\u{301}a", "\u{200D}क", "\u{94D}षि", "\u{64B}م", "\u{FE0F}", "محمد\u{200C}", "\u{1F3FD}"]
  )
  func marks(_ name: String) throws {
    let rows = try rows("a@b.org,\(name),UN,ONSITE,\nc@d.org,\"\(name)\"\"\(name)\",UN,REMOTE,no\n")
    let first = try #require(rows.first).content.get()
    #expect(Array(first.givenName.utf8) == Array(name.utf8))
    #expect(first.stakeholderGroup == "UN")
    let last = try #require(rows.last).content.get()
    #expect(Array(last.givenName.utf8) == Array(name.utf8) + [0x22] + Array(name.utf8))
  }

  @Test(
    "marks a row at fault and goes on with the next",
    arguments: [
      ("a@b.org,A,B,UN,ONSITE,yes", "row", "6 fields"),
      ("a@b.org,A \"B\",UN,ONSITE,yes", "row", "field 2 holds a stray quote"),
      ("a@b.org,\"A\" B,UN,ONSITE,yes", "row", "field 2 goes on after its closing quote"),
      ("a@b.org,A,UN,hybrid,yes", "participation", "ONSITE"),
      ("a@b.org,A,UN,ONSITE,maybe", "photo_consent", "yes, no, true and false"),
    ]
  )
  func rowAtFault(_ row: String, _ field: String, _ reason: String) throws {
    let rows = try rows("\(row)\nc@d.org,C,UN,REMOTE,TRUE\n")
    #expect(rows.map(\.row) == [2, 3])
    let found = faults(rows.first)
    #expect(found.map(\.field) == [field])
    #expect(found.first?.reason.contains(reason) == true, "\(found)")
    #expect(try rows.last?.content.get().photoConsent == true)
  }

  @Test(
    "is refused as a whole where its header is at fault",
    arguments: [
      ("", "row 1", "empty"), ("\n\r\n", "row 1", "empty"),
      ("emial,stakeholder_group,participation", "column 1", "did you mean email?"),
      ("email,email,stakeholder_group,participation", "column 2", "second time"),
      ("email,stakeholder_group", "participation", "missing"),
      ("email stakeholder_group participation", "column 1", "known are"),
      ("email,a\"b", "row 1", "stray quote"),
      ("email,stakeholder_group,participation\na@b.org,\"UN,ONSITE\nc@d.org,UN,REMOTE\n", "row 2", "never closed"),
    ]
  )
  func header(_ text: String, _ field: String, _ reason: String) {
    let found = faults(Array(text.utf8))
    #expect(found.contains { $0.field == field && $0.reason.contains(reason) }, "\(found)")
  }

  @Test("tells the line of the first byte that is not UTF-8") func notUTF8() {
    let found = faults(Array("\(Self.header)a@b.org,M".utf8) + [0xFC] + Array("ller,UN,ONSITE,\n".utf8))
    #expect(found.map(\.field) == ["line 2"])
  }

  @Test("A table is the same whatever the parts in which it comes", arguments: [1, 2, 3, 7, 64])
  func parts(_ size: Int) throws {
    let text = "\(Self.header)a@b.org,\"A \"\"B\"\",\r\nC é\",UN,ONSITE,yes\r\n\r\nc@d.org,नमस्ते,UN,REMOTE,no\rx,y"
    let bytes = [0xEF, 0xBB, 0xBF] + Array(text.utf8)
    var table = RegistrationTable()
    var rows: [RegistrationTable.Row] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      rows += try table.read(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    rows += try table.finish()
    #expect(rows.map(\.row) == [2, 4, 5])
    #expect(try rows.first?.content.get().givenName == "A \"B\",\r\nC é")
    #expect(try rows[1].content.get().givenName == "नमस्ते")
    #expect(try rows.last?.content.get().givenName == "y")
  }

  @Test(
    "A row over a limit is named with the limit, and the next one is read",
    arguments: [
      ("", ",", 2_000_000, "100 fields"), ("", ",", 101, "100 fields"), ("a\"b", "c", 70_000, "65536 bytes"),
      ("\"", "a,\n", 100_000, "65536 bytes"),
    ]
  )
  func limits(_ start: String, _ text: String, _ count: Int, _ limit: String) throws {
    let row = start + String(repeating: text, count: count) + (start == "\"" ? "\",b,UN,ONSITE,yes" : "")
    let rows = try rows("\(row)\nc@d.org,C,UN,REMOTE,TRUE\n")
    #expect(rows.map(\.row) == [2, 3])
    let found = faults(rows.first)
    #expect(found.map(\.field) == ["row"])
    #expect(found.first?.reason.contains(limit) == true, "\(found)")
    #expect(try rows.last?.content.get().givenName == "C")
  }

  @Test("names a second row of one address beside whatever else is wrong with it, or with the first") func twice()
    throws
  {
    let rows = try rows(
      "A@b.org,A,UN,ELSEWHERE,\nc@d.org,C,UN,ONSITE,\na@B.org,B,UN,ONSITE,\nC@d.org,D,UN,ONSITE,perhaps\n,,UN,ONSITE,\n"
        + ",,UN,ONSITE,\n"
    )
    #expect(
      rows.map { faults($0).map(\.field) } == [["participation"], [], ["email"], ["photo_consent", "email"], [], []]
    )
    #expect(faults(rows[2]).first?.fault == .table(.twice(row: 2)))
    #expect(faults(rows[3]).last?.fault == .table(.twice(row: 3)))
  }

  @Test("lists the columns that Lanyard decides, and reads of none more than whether somebody still takes part")
  func decided() throws {
    let text = "Email,State,Registration,Refused because,Stakeholder group,Participation\n"
    var table = RegistrationTable()
    let rows =
      try table.read(Array("\(text)a@b.org,CA,x,,UN,ONSITE\nb@b.org,Cancelled,x,,UN,ONSITE\n".utf8)) + table.finish()
    #expect(table.decided == ["State", "Registration"] && table.ignored.isEmpty)
    #expect(rows.map { faults($0).map(\.field) } == [[], ["state"]])
  }

  @Test("may have columns that no row names") func named() throws {
    var table = RegistrationTable(columns: ["email", "stakeholder_group", "participation"])
    let rows = try table.read(Array("a@b.org,UN,ONSITE\n\nx,UN\n".utf8)) + table.finish()
    #expect(rows.map(\.row) == [1, 3] && table.header?.row == 0)
    #expect(try rows.first?.content.get().email == "a@b.org")
    var empty = RegistrationTable(columns: ["email"])
    #expect(
      violations { () throws(InvalidInput) in _ = try empty.finish() }.map(\.field) == [
        "stakeholder_group", "participation",
      ]
    )
  }

  @Test("A table whose header is over a limit is refused as a whole") func headerOverLimit() {
    let found = faults(Array(String(repeating: "email,", count: 20_000).utf8))
    #expect(found.map(\.field) == ["row 1"])
    #expect(found.first?.reason.contains("65536 bytes") == true || found.first?.reason.contains("100 fields") == true)
  }

  @Test("never crashes on garbage") func garbage() {
    var generator = SeededGenerator(seed: 2)
    let alphabet = Array("a,\"\"\r\n,x\u{301}".utf8)
    for round in 0..<3000 {
      let count = Int.random(in: 0...60, using: &generator)
      let bytes = (0..<count).map { _ in
        round % 3 == 0 ? UInt8.random(in: 0...255, using: &generator) : alphabet.randomElement(using: &generator) ?? 0
      }
      for document in [bytes, Array(Self.header.utf8) + bytes] {
        #expect(faults(document).allSatisfy { !$0.field.isEmpty && !$0.reason.isEmpty })
        #expect(Self.told([document]) == Self.told(document.map { [$0] }))
      }
    }
  }
}
