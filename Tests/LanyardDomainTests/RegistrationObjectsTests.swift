import LanyardDomain
import LanyardTexts
import Testing

@Suite("Registrations as JSON")
struct RegistrationObjectsTests {
  /// What the objects of a text say, which comes in parts of so many bytes.
  private static func cells(_ text: String, by size: Int = 4096) throws(InvalidInput) -> [[String: String]?] {
    let bytes = Array(text.utf8)
    var objects = RegistrationObjects()
    var found: [[String: String]?] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      try objects.read(Array(bytes[start..<min(start + size, bytes.count)])) { cells in
        found.append(cells.map { Dictionary($0.map { ($0.column, $0.text) }) { first, _ in first } })
      }
    }
    try objects.finish()
    return found
  }

  private static func faults(_ text: String) -> [FieldViolation] {
    violations { () throws(InvalidInput) in _ = try cells(text) }
  }

  @Test("Are told from a table by the first character", arguments: ["{\"a\":1}", "\u{FEFF} \r\n[{}]", "[", "\t{"])
  func begins(_ text: String) {
    #expect(RegistrationObjects.begins(with: Array(text.utf8)))
    #expect(!RegistrationObjects.begins(with: Array("email\(text)".utf8)))
  }

  @Test("Have the fields as the contract and as columns call them, in lines and in a list", arguments: [1, 3, 4096])
  func fields(size: Int) throws {
    let one =
      #"{"name":"events/a/registrations/b","state":"STATE_CONFIRMED","givenName":"A {\"b\"} [","email":"a@b.org"}"#
    let two = """
      {"given_name": null, "days": ["2024-05-27", "2024-05-28"],
        "participation": "PARTICIPATION_ONSITE", "photoConsent": true, "Other": 1.50}
      """
    for text in ["\(one)\n\(two)\n", "\u{FEFF}[\(one),\r\n \(two)]", one + two] {
      let cells = try Self.cells(text, by: size)
      #expect(
        cells.first
          == [
            "registration": "events/a/registrations/b", "state": "CONFIRMED", "given_name": "A {\"b\"} [",
            "email": "a@b.org",
          ]
      )
      #expect(
        cells.last
          == [
            "given_name": "", "days": "2024-05-27 2024-05-28", "participation": "ONSITE", "photo_consent": "true",
            "Other": "1.50",
          ]
      )
    }
    #expect(try Self.cells(#"{"name": "Ada"}"#) == [["name": "Ada"]])
  }

  @Test("Are refused by the number of the object where they are no JSON, or nobody is registered so")
  func refused() {
    for (text, field) in [
      (#"{"email":"a@b.org"} {"email":}"#, "row 2, line 1, column 10"), (#"{"a":"b"} x"#, "row 2"),
      (#"{"a":"b"}{"a":"#, "row 2"), (#"{"events":[{}]}"#, "row 1, events"), (#"{"answers":[1]}"#, "row 1, answers"),
      (#"{"givenName":"A","given_name":"B"}"#, "row 1"),
    ] {
      let faults = Self.faults(text)
      #expect(faults.map(\.field) == [field] && faults.allSatisfy { !$0.reason.isEmpty }, "\(text): \(faults)")
    }
  }

  @Test("Over the limit of a row have nothing, and the next one is read")
  func limit() throws {
    let long = "{\"title\":\"\(String(repeating: "x", count: TableRecord.byteLimit))\"}"
    #expect(try Self.cells("\(long)\n{\"title\":\"y\"}") == [nil, ["title": "y"]])
  }

  @Test("Never crash on garbage, and say the same in whatever parts they come")
  func garbage() {
    var generator = SeededGenerator(seed: 5)
    let alphabet = Array("{}[]\",:\\a1 \n".utf8)
    for _ in 0..<2000 {
      let count = Int.random(in: 0...40, using: &generator)
      let bytes = (0..<count).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
      let text = String(decoding: bytes, as: UTF8.self)
      func told(_ size: Int) -> String {
        do { return "\(try Self.cells(text, by: size).map { $0?.sorted { $0.key < $1.key } })" } catch {
          return "\(error)"
        }
      }
      #expect(told(1) == told(4096), "\(text)")
    }
  }
}
