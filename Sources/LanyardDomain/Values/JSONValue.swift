/// A value of a JSON text (RFC 8259) as it was written.
enum JSONValue: Hashable, Sendable {
  case null
  case flag(Bool)
  /// The digits as written, so that no number is rounded.
  case number(String)
  case text(String)
  case list([JSONValue])
  /// Members in their order, doubled names among them.
  case object([JSONMember])

  /// What it is, for the reason of a fault.
  var kind: String {
    switch self {
    case .null: "null"
    case .flag: "true or false"
    case .number: "a number"
    case .text: "a text"
    case .list: "a list"
    case .object: "an object"
    }
  }
}

/// A name of an object with its value.
struct JSONMember: Hashable, Sendable {
  let name: String
  let value: JSONValue
}
