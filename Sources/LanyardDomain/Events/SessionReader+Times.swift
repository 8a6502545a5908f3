extension SessionReader {
  /// The longest session, in hours.
  private static let longest = 24

  /// When the session is held, by clocks that show what its zone shows then; empty where that is at fault.
  static func span(
    _ fields: JSONFields,
    in zone: ZoneID?,
    _ check: inout FieldCheck
  ) -> Range<Instant> {
    let none = Instant(seconds: 0)..<Instant(seconds: 0)
    let start = moment("start", fields, in: zone, &check)
    let end = moment("end", fields, in: zone, &check)
    guard let start, let end else { return none }
    guard start < end else {
      check.add(fields.path("end"), .sessionEndsEarly)
      return none
    }
    if end - start > .seconds(longest * 3600) {
      check.add(fields.path("end"), .sessionTooLong(hours: longest))
    }
    return start..<end
  }

  /// A moment with the offset that clocks of a zone show then; nil where none is said, or it is at fault.
  static func moment(
    _ name: String,
    _ fields: JSONFields,
    in zone: ZoneID?,
    required: Bool = true,
    _ check: inout FieldCheck
  ) -> Instant? {
    let text = fields.text(name, limit: 40, required: required, &check)
    guard !text.isEmpty else { return nil }
    guard let time = OffsetTime(text) else {
      check.add(fields.path(name), .noOffsetTime)
      return nil
    }
    if let zone, zone.calendar.offset(at: time.instant) != time.offset {
      let (written, held) = (time.offset, zone.calendar.offset(at: time.instant))
      check.add(
        fields.path(name),
        .otherOffset(
          written: OffsetTime.text(ofOffset: written),
          zone: zone.rawValue,
          held: OffsetTime.text(ofOffset: held)
        )
      )
    }
    return time.instant
  }

  /// Notes where the session lies more than a day outside the event.
  static func noteOutside(
    _ span: Range<Instant>,
    _ fields: JSONFields,
    event: Event,
    _ check: inout FieldCheck
  ) {
    guard let days = event.span else { return }
    let fault = ProgrammeFault.outsideEvent(start: "\(event.startDate)", end: "\(event.endDate)")
    let day = Duration.seconds(24 * 3600)
    if span.lowerBound < days.lowerBound - day { return check.add(fields.path("start"), fault) }
    if span.upperBound > days.upperBound + day { check.add(fields.path("end"), fault) }
  }
}
