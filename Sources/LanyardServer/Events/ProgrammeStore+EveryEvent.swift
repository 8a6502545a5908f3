import LanyardDomain
import LanyardStore

extension ProgrammeStore {
  /// All events, with those that are archived, for what is done for each by itself.
  func everyEvent() async throws -> [Event] {
    var all: [Event] = []
    try await eachPage {
      try await events($0, includingArchived: true)
    } _: {
      all += $0.map(\.event)
    }
    return all
  }
}
