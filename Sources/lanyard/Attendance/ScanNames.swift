import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// What lists of scans call checkpoints and devices of an event, and by which clock they tell the time.
struct ScanNames {
  let clock: VenueTime
  /// Names on the screens, by resource names.
  let checkpoints: [String: String]
  /// What devices are called, by their ids.
  let devices: [String: String]
  /// Of what place the times are.
  let note: String
  private let calendar: VenueCalendar

  /// - Throws: `InvalidInput` where this machine does not know the event's time zone.
  init(of event: String, _ client: ServerClient) async throws {
    let parent = ResourceName.event(event).description
    let found = try await Lanyard_V1_EventService.Client(wrapping: client).getEvent(.with { $0.name = parent })
    let zone = try ZoneID(found.timeZone, field: "time_zone")
    (clock, calendar) = (VenueTime(zone: zone), zone.calendar)
    note = Phrasebook.ofSystem.text(Sentence(.listTimesOf, ["zone": .text(zone.description)]))
    let doors = try await Listing.checkpoints(client, of: parent)
    checkpoints = Dictionary(doors.map { ($0.name, $0.displayName) }) { first, _ in first }
    let service = Lanyard_V1_DeviceService.Client(wrapping: client)
    let all = try await Listing.all { token in
      let page = try await service.listDevices(.with { ($0.parent, $0.pageToken) = (parent, token) })
      return (page.devices, page.nextPageToken)
    }
    let named = try all.map { (try ResourceName.device($0.name, field: "devices.name").id, $0.displayName) }
    devices = Dictionary(named) { first, _ in first }
  }

  /// The id of who reports scans: a device by its name, id or resource name, or a token by its resource name.
  ///
  /// - Throws: `CommandFailure` where none, or more than one, is called so.
  func reporter(_ text: String) throws -> String {
    if devices[text] != nil { return text }
    switch ResourceName(text) {
    case .device(let id, _): return id
    case .token(let id): return id
    default: break
    }
    let found = devices.filter { $0.value.lowercased() == text.lowercased() }.keys
    guard let only = found.first, found.count == 1 else {
      let known = devices.map { "\($0.value) (\($0.key))" }.sorted()
      throw CommandFailure(
        status: .negative,
        Sentence(.doneNoDevice, ["device": .text(text), "devices": .list(known)])
      )
    }
    return only
  }

  /// The moment that somebody names by the clock of the place, or with an offset.
  ///
  /// - Throws: `CommandFailure` where it is none.
  func moment(_ text: String, _ option: String) throws -> Instant {
    if let time = OffsetTime(text) { return time.instant }
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == "t" || $0 == " " }
    let date = parts.first.flatMap { LocalDate(String($0)) }
    if let start = date.flatMap(calendar.start(of:)) {
      if parts.count == 1 { return start }
      // A time of day of any date says how many minutes it is after midnight.
      if parts[1].utf8.count == 5, let time = OffsetTime("1970-01-01T\(parts[1]):00Z") {
        return calendar.moment(Int(time.instant.seconds / 60), of: calendar.day(containing: start))
      }
    }
    throw CommandFailure.usage(Sentence(.optionNoMoment, ["option": .text(option), "text": .text(text)]))
  }
}
