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
  var kind: ValueKind {
    switch self {
    case .null: .null
    case .flag: .flag
    case .number: .number
    case .text: .text
    case .list: .list
    case .object: .object
    }
  }
}

/// What a value of a JSON text is.
package enum ValueKind: Hashable, Sendable {
  case null, flag, number, text, list, object
}

/// A name of an object with its value.
struct JSONMember: Hashable, Sendable {
  let name: String
  let value: JSONValue
}
