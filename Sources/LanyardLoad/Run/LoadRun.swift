package import Foundation
package import LanyardClient
import LanyardDomain

/// Plays a scenario against a server, audits what it left on record, and reports.
package struct LoadRun: Sendable {
  /// Where a scenario is played.
  package struct Ground: Sendable {
    /// As an organiser: sees everything.
    package let organiser: ServerAccess
    /// As the lanes.
    package let lanes: ServerAccess
    /// Resource name of the event.
    package let event: String
    /// The server, where it is a process of the load test's own.
    package let server: ServerProcess?
    /// The disk that it writes to, where that can be made full.
    package let disk: FullDisk?
    /// Where lanes keep their journals; the load test's own.
    package let folder: URL
    /// What a lane of its own process runs.
    package let program: URL

    package init(
      organiser: ServerAccess,
      lanes: ServerAccess,
      event: String,
      server: ServerProcess?,
      disk: FullDisk?,
      folder: URL,
      program: URL = ChildProcess.ownProgram
    ) {
      self.organiser = organiser
      self.lanes = lanes
      self.event = event
      self.server = server
      self.disk = disk
      self.folder = folder
      self.program = program
    }
  }

  /// What is told while it goes on.
  package enum Stage: Sendable {
    /// Something before or after the measured time, and how much of how much is done.
    case preparing(String, Int, Int)
    case running(RunProgress)
  }

  /// How long lanes may take to be ready, and to have everything answered and uploaded at the end.
  private static let patience = Duration.seconds(120)
  /// Between the last preparations and the first scan.
  private static let lead = Duration.milliseconds(500)

  private let scenario: Scenario
  private let ground: Ground
  private let tell: @Sendable (Stage) -> Void

  package init(_ scenario: Scenario, on ground: Ground, tell: @escaping @Sendable (Stage) -> Void) {
    self.scenario = scenario
    self.ground = ground
    self.tell = tell
  }

  /// - Parameter interrupts: Ends the measured time early, with its first value.
  /// - Throws: `LoadFailure` where it cannot be played, and what keeps the server from being read.
  package func run(interrupts: AsyncStream<Void>) async throws -> RunReport {
    let (venue, before) = try await prepare()
    let recorder = RunRecorder()
    let started = Date()
    let session = try RunSession(scenario, ground, venue, recorder, tell)
    let ending = try await session.play(interrupts, lead: Self.lead, patience: Self.patience)
    let state = recorder.snapshot()
    let known = before.scans.count + state.observations.count
    tell(.preparing("reading the record back", 0, 0))
    let after = try await withServerConnection(ground.organiser) { client in
      try await RecordReader(client, event: ground.event).record {
        tell(.preparing("reading the record back", $0, known))
      }
    }
    var complete = venue
    // Who registered meanwhile stands after those who were there before, at the index that the plan gave them.
    for index in venue.badges.count..<max(venue.badges.count, (state.registered.keys.max() ?? -1) + 1) {
      let walkIn = state.registered[index]
      complete.people.append(walkIn?.person ?? Venue.Person(registration: "", displayName: "", group: ""))
      let person = complete.people.count - 1
      complete.badges.append(
        Venue.Badge(name: walkIn?.badge.name ?? "", code: walkIn?.badge.code ?? "", state: .active, person: person)
      )
    }
    tell(.preparing("checking every answer", 0, 0))
    var audit = Audit(venue: complete, before: before, observations: state.observations, after: after).report()
    // An answer that no scan waited for belongs to another scan, or to none.
    audit.wrong += state.strays.count
    audit.faults += state.strays
    return RunReportMaker(scenario, ending, state, audit, started: started, people: venue.people.count).report
  }

  /// The event as it is before the first scan.
  private func prepare() async throws -> (Venue, Record) {
    try await withServerConnection(ground.organiser) { client in
      let reader = VenueReader(client, event: ground.event)
      if ground.server != nil {
        tell(.preparing("spoiling some badges", 0, 0))
        try await SpoiltBadges(client).make(scenario.mix, in: reader.venue(for: scenario))
      }
      tell(.preparing("reading the event", 0, 0))
      var venue = try await reader.venue(for: scenario)
      let before = try await RecordReader(client, event: ground.event).record()
      venue.inside = Audit.peopleInside(venue, before)
      let rooms = Set(venue.doors.filter(\.isRoom).map(\.name))
      // A room is empty when its session ends, and which of them a scan belongs to is not on record here.
      if before.scans.contains(where: { $0.happened >= before.dayStart ?? $0.happened && rooms.contains($0.door) }) {
        throw LoadFailure(
          "scans of today are on record at the rooms of \(ground.event): play \(scenario.name) on a day without any",
          .wrongUse
        )
      }
      return (venue, before)
    }
  }
}
