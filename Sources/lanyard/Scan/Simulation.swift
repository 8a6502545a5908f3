import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardScanner
import LanyardTexts
import SwiftProtobuf

/// Says what each line that is read would be answered, and records nothing.
struct Simulation {
  let place: LanePlace
  /// Nil leaves it to the checkpoint.
  let direction: Direction?
  let json: Bool

  func run() async throws {
    let screen = LaneScreen(json: json, language: place.language, isSimulation: true)
    try await withServerConnection(place.access()) { client in
      let service = Lanyard_V1_CheckInService.Client(wrapping: client)
      try await LineReader.forEachLine { input in
        guard case .line(let line) = input else { return screen.say(Sentence(.noticeNoEnter)) }
        let typed = WedgeLine(line)
        for notice in typed.notices { screen.say(notice) }
        for reading in typed.readings {
          let reading = LaneSession.Reading(reading, direction: direction, readAt: Instant(Date()))
          let response = try await service.checkIn(
            .with {
              $0.checkpoint = place.checkpoint.name.description
              $0.scan = reading.message
              $0.simulate = true
            }
          )
          screen.show(LaneAnswer(reading: reading, outcome: .decided(response.checkIn), isOffline: false))
        }
      }
    }
    if screen.status != .done { throw screen.status }
  }
}
