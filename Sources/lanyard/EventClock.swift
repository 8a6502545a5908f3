import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// Times as the clocks at an event's place show them.
struct EventClock: Sendable {
  private let zone: ZoneID

  /// - Throws: `InvalidInput` where this machine does not know the event's time zone.
  init(of event: String, _ client: ServerClient) async throws {
    let service = Lanyard_V1_EventService.Client(wrapping: client)
    let found = try await service.getEvent(.with { $0.name = ResourceName.event(event).description })
    zone = try ZoneID(found.timeZone, field: "time_zone")
  }

  /// A moment for programs and spreadsheets, such as `2024-05-27 08:30:05`.
  func text(_ instant: Instant) -> String { VenueTime(zone: zone).dateAndSeconds(instant) }

  /// A moment, for a sentence.
  func fact(_ instant: Instant) -> Sentence.Fact { .moment(instant, VenueTime(zone: zone)) }

  /// The same as a server told it.
  func fact(_ time: Google_Protobuf_Timestamp) -> Sentence.Fact { fact(Instant(shown: time)) }

  /// Of what place the times are.
  var note: String { Phrasebook.ofSystem.text(Sentence(.listTimesOf, ["zone": .text(zone.description)])) }
}
