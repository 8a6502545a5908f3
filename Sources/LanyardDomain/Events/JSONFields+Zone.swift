extension JSONFields {
  /// A time zone; nil where none is stated, and where it is at fault, which is noted.
  func zone(_ name: String, required: Bool = false, _ check: inout FieldCheck) -> ZoneID? {
    let text = text(name, limit: 100, required: required, &check)
    guard !text.isEmpty else { return nil }
    let zone = ZoneID(iana: text)
    if zone == nil { check.add(path(name), .noTimeZone) }
    return zone
  }
}
