import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// What lists of scans call checkpoints and devices of an event, and by which clock they tell the time.
struct ScanNames {
  let clock: EventClock
  /// Names on the screens, by resource names.
  let checkpoints: [String: String]
  /// What devices are called, by their ids.
  let devices: [String: String]

  /// - Throws: `InvalidInput` where this machine does not know the event's time zone.
  init(of event: String, _ client: ServerClient) async throws {
    let parent = ResourceName.event(event).description
    clock = try await EventClock(of: event, client)
    let doors = try await Listing.checkpoints(client, of: parent)
    checkpoints = Dictionary(doors.map { ($0.name, $0.displayName) }) { first, _ in first }
    let service = Lanyard_V1_DeviceService.Client(wrapping: client)
    let all = try await Listing.all { token in
      let page = try await service.listDevices(.with { ($0.parent, $0.pageToken) = (parent, token) })
      return (page.devices, page.nextPageToken)
    }
    devices = Dictionary(try all.map { try Device($0) }.map { ($0.id, $0.displayName) }) { first, _ in first }
  }

  /// Who said so, of what a person decided. Where the kind was not kept it is a device of the event, or else a token.
  func listedReporter(_ reporter: Reporter) -> Sentence {
    let key: Sentence.Key =
      switch reporter.kind ?? (devices[reporter.id] == nil ? .token : .device) {
      case .device: .listDevice
      case .token: .listToken
      case .participant: .listParticipant
      }
    return Sentence(key, ["id": .text(reporter.id)])
  }

  /// The id of who reports scans: a device by its name, id or resource name, or a token by its resource name.
  ///
  /// - Throws: `CommandFailure` where none, or more than one, is called so.
  func reporter(_ text: String) throws -> String {
    if devices[text] != nil { return text }
    switch ResourceName(text) {
    case .device(let id, _) where devices[id] != nil: return id
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
}
