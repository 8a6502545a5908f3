/// What a change says of one thing, such as a state or a capacity.
package enum Fact: Hashable, Sendable {
  case flag(Bool)
  case number(Int64)
  case word(String)
  case words([String])
  case moment(Instant)

  /// Facts by their names as a JSON object (RFC 8259) with the names in order, so that the same facts always are the same
  /// text; moments are written in UTC with microseconds.
  package static func json(_ facts: [String: Fact]) -> String {
    let members = facts.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\($0.value.json)" }
    return "{\(members.joined(separator: ","))}"
  }

  private var json: String {
    switch self {
    case .flag(let flag): flag ? "true" : "false"
    case .number(let number): "\(number)"
    case .word(let word): Self.quoted(word)
    case .words(let words): "[\(words.map(Self.quoted).joined(separator: ","))]"
    case .moment(let moment): Self.quoted(moment.rfc3339(digits: .six))
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
