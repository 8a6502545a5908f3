/// A session with the place in the document where it was read.
struct SessionEntry {
  let path: String
  var session: Session
}

/// Reads the sessions of a programme.
enum SessionReader {
  private static let keys = [
    "code", "title", "track", "start", "end", "venue", "room", "city", "country", "time_zone", "capacity",
    "remote_participation", "admits_stakeholder_groups", "booked_only", "sample",
    "stream",
  ]

  /// Reads one session, whose checkpoint is left open; its span is empty where its times are at fault.
  ///
  /// - Parameter eventZone: The event's time zone; nil where it is at fault.
  static func read(
    _ value: JSONValue,
    path: String,
    event: Event,
    zone eventZone: ZoneID?,
    _ check: inout FieldCheck
  ) -> SessionEntry {
    let fields = JSONFields(value, path: path, known: keys, &check)
    let code = fields.text("code", limit: 200, required: true, &check)
    if !code.isEmpty && !ResourceID.isValid(code.lowercased()) {
      check.add(fields.path("code"), .noCode(limit: ResourceID.limit))
    }
    let title = fields.localizedText("title", limit: 200, required: true, of: event.language, &check)
    let faults = check.count
    let ownZone = fields.zone("time_zone", &check)
    // By a zone that is at fault nobody can tell whether the times are.
    let span = span(fields, in: check.count == faults ? ownZone ?? eventZone : nil, &check)
    let room = fields.text("room", limit: 100, required: true, &check)
    let track = track(fields, event: event, &check)
    let venue = fields.text("venue", limit: 200, &check)
    let city = fields.text("city", limit: 100, &check)
    let country = check.country(fields.text("country", limit: 20, &check), field: fields.path("country"))
    let capacity = fields.whole("capacity", in: Capacity.range, &check)
    let allowsRemote = fields.flag("remote_participation", &check) ?? false
    let groups = fields.ids("admits_stakeholder_groups", limit: 50, of: event.stakeholderGroups, &check)
    let isSample = fields.flag("sample", &check) ?? false
    if !span.isEmpty, eventZone != nil { noteOutside(span, fields, event: event, &check) }
    let zone = ownZone ?? event.timeZone
    var session = Session(code: code, title: title, span: span, timeZone: zone, room: room, checkpoint: "")
    session.track = track
    session.venue = venue
    session.city = city
    session.country = country
    session.capacity = capacity
    session.allowsRemote = allowsRemote
    session.admittedGroups = groups
    session.requiresBooking = fields.flag("booked_only", &check) ?? false
    session.isSample = isSample
    session.stream = fields.text("stream", limit: WebAddress.limit, &check)
    if !session.stream.isEmpty, WebAddress(session.stream) == nil { check.add(fields.path("stream"), .noWebAddress) }
    return SessionEntry(path: path, session: session)
  }

  /// Notes codes that differ in nothing but capitals, if at all.
  static func noteDoubledCodes(_ entries: [SessionEntry], _ check: inout FieldCheck) {
    var codes: [String: SessionEntry] = [:]
    for entry in entries where !entry.session.id.isEmpty {
      if let earlier = codes[entry.session.id] {
        check.add(
          "\(entry.path).code",
          .doubledCode(code: entry.session.code, path: earlier.path, other: earlier.session.code)
        )
      } else {
        codes[entry.session.id] = entry
      }
    }
  }

  private static func track(_ fields: JSONFields, event: Event, _ check: inout FieldCheck) -> String {
    let track = fields.text("track", limit: 100, &check)
    if !track.isEmpty && !event.tracks.isEmpty, let fault = event.tracks.fault(ofRuleWith: track) {
      switch fault {
      case .unlisted(_, let advice): check.add(fields.path("track"), .unknownTrack(track: track, advice))
      default: check.add(fields.path("track"), fault)
      }
    }
    return track
  }
}
