/// The name of a resource (AIP-122), such as `events/wsis20/badges/00d1c2b3a4958677`: written and read here alone.
package enum ResourceName: Hashable, Sendable {
  /// The id by which a participant names their own registration, whatever its id is.
  package static let own = "me"

  case event(String)
  /// All events, where a list may go over them (AIP-159).
  case everyEvent
  case registration(String, of: String)
  case badge(BadgeSerial, of: String)
  case session(String, of: String)
  case checkpoint(String, of: String)
  case question(String, of: String)
  case checkIn(UUIDBytes, of: String)
  case conflict(Int64, of: String)
  case device(String, of: String)
  /// A code with which a device enrols; its id is not what a device shows.
  case enrolmentCode(String, of: String)
  /// What was drawn to be printed; runs of an event are numbered from 1.
  case printRun(Int64, of: String)
  /// A mail to a participant.
  case mail(Int64, of: String)
  case attendance(of: String)
  case verificationKey(UInt32)
  case token(String)
  /// Somebody who signed in with a token.
  case signIn(String, of: String)

  /// Nil where the text is no name of a resource.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1, parts.count < 5 else { return nil }
    if parts[0] == Collection.verificationKeys.rawValue {
      guard parts.count == 2, let id = Self.number(parts[1]).flatMap(UInt32.init(exactly:)) else { return nil }
      self = .verificationKey(id)
      return
    }
    if parts[0] == Collection.tokens.rawValue {
      guard let name = Self.token(Array(parts.dropFirst())) else { return nil }
      self = name
      return
    }
    guard parts[0] == Collection.events.rawValue else { return nil }
    if parts.count == 2, parts[1] == Self.wildcard {
      self = .everyEvent
      return
    }
    let event = parts[1]
    guard ResourceID.isValid(event) else { return nil }
    switch parts.count {
    case 2: self = .event(event)
    case 3:
      guard parts[2] == Self.attendanceID else { return nil }
      self = .attendance(of: event)
    default:
      guard let collection = Collection(rawValue: parts[2]) else { return nil }
      self.init(parts[3], in: collection, of: event)
    }
  }

  /// A token or what is of one; nil where the parts after the collection are none.
  private static func token(_ parts: [String]) -> ResourceName? {
    guard let id = parts.first, ResourceID.isValid(id) else { return nil }
    if parts.count == 1 { return .token(id) }
    guard parts.count == 3, parts[1] == Collection.signIns.rawValue, ResourceID.isValid(parts[2]) else { return nil }
    return .signIn(parts[2], of: id)
  }

  /// The name with this id in a collection of an event; nil where the id is not of its kind.
  init?(_ id: String, in collection: Collection, of event: String) {
    guard ResourceID.isValid(id) else { return nil }
    switch collection {
    case .registrations: self = .registration(id, of: event)
    case .sessions: self = .session(id, of: event)
    case .checkpoints: self = .checkpoint(id, of: event)
    case .questions: self = .question(id, of: event)
    case .devices: self = .device(id, of: event)
    case .enrolmentCodes: self = .enrolmentCode(id, of: event)
    case .badges:
      guard let serial = BadgeSerial(id) else { return nil }
      self = .badge(serial, of: event)
    case .checkIns:
      guard let scan = UUIDBytes(id) else { return nil }
      self = .checkIn(scan, of: event)
    case .conflicts:
      guard let number = Self.number(id) else { return nil }
      self = .conflict(number, of: event)
    case .printRuns:
      guard let number = Self.number(id) else { return nil }
      self = .printRun(number, of: event)
    case .mails:
      guard let number = Self.number(id) else { return nil }
      self = .mail(number, of: event)
    case .events, .verificationKeys, .tokens, .signIns: return nil
    }
  }

  /// A number without sign or leading zeros, so that each has one name.
  private static func number(_ text: String) -> Int64? {
    Int64(text).flatMap { String($0) == text && $0 >= 0 ? $0 : nil }
  }

  /// What names are made of beside ids: the collections that resources are in.
  package enum Collection: String, Sendable {
    case events, registrations, badges, sessions, checkpoints, questions, checkIns, conflicts, devices, enrolmentCodes,
      printRuns, mails, verificationKeys, tokens, signIns
  }

  static let separator = "/"
  private static let wildcard = "-"
  private static let attendanceID = "attendance"

  /// Slug of the event that it belongs to, or that it is; nil where it is of none.
  package var event: String? {
    switch self {
    case .event(let event), .registration(_, let event), .badge(_, let event), .session(_, let event),
      .checkpoint(_, let event), .question(_, let event), .checkIn(_, let event), .conflict(_, let event),
      .device(_, let event),
      .enrolmentCode(_, let event), .printRun(_, let event), .mail(_, let event), .attendance(let event):
      event
    case .everyEvent, .verificationKey, .token, .signIn: nil
    }
  }

  /// The collection that it is in; nil where it is the only one of its kind, or all events.
  var collection: Collection? {
    switch self {
    case .event: .events
    case .registration: .registrations
    case .badge: .badges
    case .session: .sessions
    case .checkpoint: .checkpoints
    case .question: .questions
    case .checkIn: .checkIns
    case .conflict: .conflicts
    case .device: .devices
    case .enrolmentCode: .enrolmentCodes
    case .printRun: .printRuns
    case .mail: .mails
    case .verificationKey: .verificationKeys
    case .token: .tokens
    case .signIn: .signIns
    case .everyEvent, .attendance: nil
    }
  }

  /// Whether a text begins as the names of this event, and of all that belongs to it, begin: then it names nothing of
  /// another. It makes no copy of the text, so that it can be asked of every message.
  package static func isText(_ text: String, within event: String) -> Bool {
    let begins = text.utf8.withContiguousStorageIfAvailable { text in
      event.utf8.withContiguousStorageIfAvailable { event in
        let (start, end) = (eventsPrefix.count, eventsPrefix.count + event.count)
        guard text.count == end || text.count > end && text[end] == UInt8(ascii: "/") else { return false }
        return text[..<start].elementsEqual(eventsPrefix) && text[start..<end].elementsEqual(event)
      }
    }
    // Of a text that does not lie in one piece it says nothing.
    return begins.flatMap(\.self) ?? false
  }

  private static let eventsPrefix = Array("\(Collection.events.rawValue)/".utf8)

  /// The last part: the resource's own id.
  package var id: String {
    switch self {
    case .event(let id), .registration(let id, _), .session(let id, _), .checkpoint(let id, _), .question(let id, _),
      .device(let id, _), .enrolmentCode(let id, _), .token(let id), .signIn(let id, _):
      id
    case .badge(let serial, _): serial.description
    case .checkIn(let scan, _): scan.description
    case .conflict(let number, _), .printRun(let number, _), .mail(let number, _): "\(number)"
    case .verificationKey(let id): "\(id)"
    case .everyEvent: Self.wildcard
    case .attendance: Self.attendanceID
    }
  }
}

extension ResourceName: CustomStringConvertible {
  package var description: String {
    switch self {
    case .event, .everyEvent: Self.joined(.events, id)
    case .registration(_, let event): Self.joined(event, .registrations, id)
    case .badge(_, let event): Self.joined(event, .badges, id)
    case .session(_, let event): Self.joined(event, .sessions, id)
    case .checkpoint(_, let event): Self.joined(event, .checkpoints, id)
    case .question(_, let event): Self.joined(event, .questions, id)
    case .checkIn(_, let event): Self.joined(event, .checkIns, id)
    case .conflict(_, let event): Self.joined(event, .conflicts, id)
    case .device(_, let event): Self.joined(event, .devices, id)
    case .enrolmentCode(_, let event): Self.joined(event, .enrolmentCodes, id)
    case .printRun(_, let event): Self.joined(event, .printRuns, id)
    case .mail(_, let event): Self.joined(event, .mails, id)
    case .attendance(let event): "\(Self.joined(.events, event))/\(id)"
    case .verificationKey: Self.joined(.verificationKeys, id)
    case .token: Self.joined(.tokens, id)
    case .signIn(_, let token): "\(Self.joined(.tokens, token))/\(Self.joined(.signIns, id))"
    }
  }

  private static func joined(_ collection: Collection, _ id: String) -> String { "\(collection.rawValue)/\(id)" }

  private static func joined(_ event: String, _ collection: Collection, _ id: String) -> String {
    "\(Collection.events.rawValue)/\(event)/\(collection.rawValue)/\(id)"
  }
}
