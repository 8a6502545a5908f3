import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// Draws the desk's page.
struct DeskDrawing: Sendable {
  /// What somebody typed into the form of a walk-in, with what is wrong with it.
  struct TypedWalkIn: Sendable {
    let typed: TypedRegistration
    var faults: FormFaults?
  }

  let house: HouseVisit
  let query: String
  var found: Lanyard_V1_FindRegistrationsResponse?
  var record: DeskRecord?
  var checkpoints: [String: String] = [:]
  var notice: DeskPage.Notice?
  /// What somebody typed into the form of corrections; nil where it shows what is on record.
  var correction: TypedRegistration?
  var correctionFaults: FormFaults?
  var walkIn: TypedWalkIn?

  private var text: PageText { house.text }
  private var base: String { "/\(house.slug)/desk" }

  func page() throws -> DeskPage {
    let people = found.map { $0.totalSize > 0 ? $0.registrations : $0.others } ?? []
    let person = try record.map { record in
      try DeskPersonDrawing(
        house: house,
        record: record,
        checkpoints: checkpoints,
        correction: correction,
        faults: correctionFaults,
        base: base
      ).person()
    }
    return DeskPage(
      base: base,
      query: query,
      found: found.map { found in
        let count = Int(found.totalSize > 0 ? found.totalSize : found.othersSize)
        return count == 0 ? text(.deskFoundNobody) : text(.deskFound, ["count": .count(count)])
      },
      hits: try people.map(hit),
      notice: notice,
      hasPerson: person != nil,
      person: person,
      walkIn: walkInForm()
    )
  }

  private func hit(_ registration: Lanyard_V1_Registration) throws -> DeskPage.Hit {
    let tag = DeskTag(registration, in: text)
    let country = registration.country.isEmpty ? "" : text.phrasebook.country(registration.country)
    let id = try ResourceName.registration(registration.name, field: "name").id
    return DeskPage.Hit(
      // On a phone the person stands below the list.
      href: "\(base)?\(DeskPath.query(query, person: id))#person",
      name: registration.displayName,
      signal: tag.signal,
      words: tag.words,
      detail: [registration.organisation, country].filter { !$0.isEmpty }.joined(separator: ", "),
      isCurrent: registration.name == record?.registration.name
    )
  }

  private func walkInForm() -> DeskPage.WalkIn {
    let typed = walkIn?.typed ?? TypedRegistration(language: text.language)
    let faults = walkIn?.faults
    let fields = DeskFields(event: house.event, typed: typed, faults: faults?.byField ?? [:], text: text)
    let part = FormPart("walk-in", "", fields.walkIn)
    return DeskPage.WalkIn(
      action: "\(base)/walk-in",
      requestID: typed.requestID,
      places: house.shown.placesLeft.map {
        text($0 == 0 ? .portalNoPlaceLeft : .portalPlacesLeft, ["count": .count($0)])
      },
      summary: [part].summary(of: faults, in: text),
      fields: part.fields
    )
  }
}

/// Addresses of the desk's page.
enum DeskPath {
  /// The parameters that keep what was searched for, and who is shown.
  static func query(_ text: String, person: String?) -> String {
    var parts: [String] = []
    if !text.isEmpty { parts.append("q=\(encoded(text))") }
    if let person { parts.append("person=\(encoded(person))") }
    return parts.joined(separator: "&")
  }

  /// A text as a part of an address (RFC 3986, 2.1).
  static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
  }
}

/// Where somebody stands, in the desk's words: a colour, a symbol and words.
struct DeskTag: Sendable {
  let signal: String
  let words: String

  init(_ registration: Lanyard_V1_Registration, in text: PageText) {
    let title = text(registration.state.title)
    switch registration.state {
    case .confirmed where registration.participation == .remote:
      (signal, words) = ("remote", text(.portalConfirmedRemote))
    case .confirmed: (signal, words) = ("ok", title)
    case .waitlisted:
      let place = Int(registration.waitingPlace)
      (signal, words) = ("warn", place > 0 ? text(.portalWaitingAt, ["count": .count(place)]) : title)
    case .rejected, .cancelled: (signal, words) = ("stop", title)
    case .submitted, .emailPending, .unspecified, .UNRECOGNIZED: (signal, words) = ("off", title)
    }
  }

  init(_ badge: Lanyard_V1_Badge, in text: PageText) {
    words = text(badge.state.title)
    signal =
      switch badge.state {
      case .active: "ok"
      case .notActivated, .held: "warn"
      case .replaced, .revoked, .unspecified, .UNRECOGNIZED: "stop"
      }
  }
}
