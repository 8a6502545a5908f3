package import Foundation
import GRPCCore
import LanyardAPI
package import LanyardClient
import LanyardDomain
import LanyardScanner

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
  /// By how much a server's clock may be off when a scan is recorded. One that is started again goes on from where it should be by
  /// then, and is behind by as long as that start took.
  private static let clockSlack = Duration.seconds(10)
  /// From the end of a server's connections to that of its process.
  private static let endTime = Duration.seconds(1)
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

  /// What was there before the first scan.
  private struct Before {
    var venue: Venue
    var record: Record
    /// Only where somebody registers in the run.
    var people: RegisteredPeople?
  }

  /// - Parameter interrupts: Ends the measured time early, or the waiting after it.
  /// - Throws: `LoadFailure` where it cannot be played, and what keeps the server from being played on.
  package func run(interrupts: Interruption) async throws -> RunReport {
    let before = try await prepare()
    let recorder = RunRecorder()
    let started = Date()
    let session = try RunSession(scenario, ground, before.venue, recorder, tell)
    var ending = try await session.play(interrupts, lead: Self.lead, patience: Self.patience)
    var state = recorder.snapshot()
    let known = before.record.scans.count + state.observations.count
    let limit = TimeSpan.words(ground.organiser.callTimeout ?? Self.patience)
    let reading = "reading the record back, at most \(limit) for each page,"
    tell(.preparing(reading, 0, known))
    let (read, wasInterrupted) = await interruptible(interrupts) { await readBack(before, known, reading) }
    ending.wasInterrupted = ending.wasInterrupted || wasInterrupted
    // It may have ended only now.
    if let server = ground.server { (ending.serverDeaths, ending.serverDeath) = (server.deaths, server.deathWords) }
    var audit: RunReport.Audit
    switch read {
    case .success(let (after, people)):
      tell(.preparing("checking every answer", 0, 0))
      state.note(
        ShownAdmissions.ofDoors(before.venue, before: before.record, state.observations, after: after),
        by: ending.allTold,
        until: ending.watchedUntil,
        phases: ending.phases.map { ($0.start, $0.end) }
      )
      audit = self.audit(before, state, after, recorder.start, ending)
      if let earlier = before.people, let people {
        audit.registered = state.registrations.count { $0.name != nil }
        let faults = RegistrationAudit(before: earlier, made: state.registrations, after: people).faults
        audit.misregistered = faults.count
        audit.faults += faults
      }
    case .failure(let error):
      try Task.checkCancellation()
      await waitForItsEnd()
      if let server = ground.server { (ending.serverDeaths, ending.serverDeath) = (server.deaths, server.deathWords) }
      audit = RunReport.Audit()
      audit.unread = unread(error, state, wasInterrupted)
    }
    // Who wanted an end while answers were compared wants no verdict either.
    ending.wasInterrupted = ending.wasInterrupted || interrupts.isWanted
    // An answer that no scan waited for belongs to another scan, or to none.
    audit.wrong += state.strayCount
    audit.faults += state.strays
    return RunReportMaker(scenario, ending, state, audit, started: started, people: before.venue.peopleWithBadge).report
  }

  /// All that is on record after the run.
  ///
  /// - Parameter reading: What is told meanwhile.
  private func readBack(_ before: Before, _ known: Int, _ reading: String) async -> Result<
    (Record, RegisteredPeople?), any Error
  > {
    do {
      return .success(
        try await withServerConnection(ground.organiser) { client in
          let reader = RecordReader(client, event: ground.event)
          let record = try await reader.record { tell(.preparing(reading, $0, known)) }
          return (record, before.people == nil ? nil : try await reader.people())
        }
      )
    } catch {
      return .failure(error)
    }
  }

  /// A server that was killed closes its connections before it is gone: waits a moment for that.
  private func waitForItsEnd() async {
    let end = ContinuousClock.now + Self.endTime
    while ground.server?.isRunning ?? false, .now < end { await Task.pause(.milliseconds(20)) }
  }

  /// Why there is nothing to compare with.
  private func unread(_ error: any Error, _ state: RunRecorder.State, _ wasInterrupted: Bool) -> String {
    if wasInterrupted { return "the run was ended before its record was read back" }
    let answers = state.observations.lazy.filter(\.isLive).compactMap(\.answered)
    let last = Figures.seconds((answers.max() ?? .zero) / .seconds(1))
    if let server = ground.server, !server.isRunning {
      return "the server ended by itself, with its last answer \(last) after the start"
    }
    let reason = (error as? RPCError).map { CallFailure($0).message } ?? "\(error)"
    return "the server cannot be read after the run (\(reason)), with its last answer \(last) after the start"
  }

  private func audit(
    _ before: Before,
    _ state: RunRecorder.State,
    _ after: Record,
    _ start: ContinuousClock.Instant,
    _ ending: RunSession.Ending
  ) -> RunReport.Audit {
    var complete = before.venue
    let venue = before.venue
    // Who registered meanwhile stands after those who were there before, at the index that the plan gave them.
    for index in venue.badges.count..<max(venue.badges.count, (state.registered.keys.max() ?? -1) + 1) {
      let walkIn = state.registered[index]
      complete.people.append(walkIn?.person ?? Venue.Person(registration: "", displayName: "", group: ""))
      // Of whom nothing came nothing is known.
      let badge = walkIn?.badge ?? Lanyard_V1_Badge()
      complete.badges.append(Venue.Badge(badge, .active, person: complete.people.count - 1))
    }
    let clock = before.record.readTime.map { time in
      (time.server + time.driver.duration(to: start), Self.clockSlack + ending.longestStart)
    }
    var audit = Audit(
      venue: complete,
      before: before.record,
      observations: state.observations,
      after: after,
      clock: scenario.setsTheClock ? nil : clock
    )
    audit.told = ending.told
    (audit.lineChanges, audit.badgesBefore) = (ending.lineChanges, venue.badges.count)
    return audit.report()
  }

  /// The event as it is before the first scan.
  private func prepare() async throws -> Before {
    try await withServerConnection(ground.organiser) { client in
      let (reader, records) = (
        VenueReader(client, event: ground.event), RecordReader(client, event: ground.event)
      )
      if ground.server != nil {
        tell(.preparing("spoiling some badges", 0, 0))
        try await SpoiltBadges(client).make(scenario.mix, in: reader.venue(for: scenario))
      }
      tell(.preparing("reading the event", 0, 0))
      var venue = try await reader.venue(for: scenario)
      let before = try await records.record()
      venue.inside = Audit.peopleInside(venue, before)
      let rooms = Set(venue.doors.filter(\.isRoom).map(\.name))
      // A room is empty when its session ends, and which of them a scan belongs to is not on record here.
      if before.scans.contains(where: { $0.happened >= before.dayStart ?? $0.happened && rooms.contains($0.door) }) {
        throw LoadFailure(
          "scans of today are on record at the rooms of \(ground.event): play \(scenario.name) on a day without any",
          .wrongUse
        )
      }
      let registers = scenario.mix.weights[.registers, default: 0] > 0
      return Before(venue: venue, record: before, people: registers ? try await records.people() : nil)
    }
  }
}
