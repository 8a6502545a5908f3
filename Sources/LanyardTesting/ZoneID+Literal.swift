package import LanyardDomain

/// A time zone that a test names.
extension ZoneID: ExpressibleByStringLiteral {
  package init(stringLiteral name: String) {
    guard let zone = ZoneID(rawValue: name) else { preconditionFailure("this machine does not know \(name)") }
    self = zone
  }
}
