package import Foundation
import GRPCCore
import LanyardAPI
package import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import SwiftProtobuf

/// Prepares where a scenario is played, and takes it away afterwards.
package struct RunGround: Sendable {
  /// Which server a scenario is played on.
  package enum Choice: Sendable {
    /// One of its own, on an event that is made for it.
    case own
    /// One of its own, on a copy of an organiser's event.
    ///
    /// - Parameters:
    ///   - database: Path of the organiser's store, which is only read.
    ///   - event: Slug; nil for the only event, or of several the only one with badges.
    case like(database: String, event: String?)
    /// One that runs somewhere, in rehearsal.
    case server(ServerAccess, event: String?)
  }

  /// Room for the event and what is scanned, where the disk is to be made full.
  static let diskMegabytes = 512

  private let scenario: Scenario
  private let choice: Choice
  private let place: URL
  private let program: URL
  private let tell: @Sendable (LoadRun.Stage) -> Void

  /// - Parameters:
  ///   - place: The folder in which a folder for the run is made; what the disk below it costs is measured.
  ///   - program: The `lanyard` that is run.
  package init(
    _ scenario: Scenario,
    on choice: Choice,
    in place: URL,
    program: URL = ChildProcess.ownProgram,
    tell: @escaping @Sendable (LoadRun.Stage) -> Void
  ) {
    (self.scenario, self.choice, self.place, self.program, self.tell) = (scenario, choice, place, program, tell)
  }

  /// Hands over the ground; whatever happens, nothing of it is left.
  ///
  /// - Throws: `LoadFailure` where it cannot be had, and what the body throws.
  package func withGround<Value: Sendable>(_ body: (LoadRun.Ground) async throws -> Value) async throws -> Value {
    if case .server(let access, _) = choice { try checkWhatBreaks(access) }
    return try await PrivateFolder.with("lanyard-loadtest", in: place) { folder in
      switch choice {
      case .own:
        let day = try VenueMaker.day(scenario.place)
        try day.check(scenario)
        return try await withOwnServer(in: folder) { _ in
          day.begins
        } prepare: { client in
          try await VenueMaker(client, scenario) { tell(.preparing($0, $1, $2)) }.make()
          return ResourceName.event(VenueMaker.event).description
        } play: {
          try await body($0)
        }
      case .like(let database, let slug):
        guard scenario.place == .entrances else {
          throw LoadFailure(
            "\(scenario.name) is played at the rooms of its own event only: leave out --like",
            .wrongUse
          )
        }
        return try await withOwnServer(in: folder) { data in
          let day = try await RehearsalCopy(of: database, in: data) { tell(.preparing($0, 0, 0)) }.day(of: slug)
          try day.check(scenario)
          return day.begins
        } prepare: { client in
          let event = if let slug { slug } else { try await only(try await events(client), client) }
          // Asks the server whether it has it; a connection that is never used fails as it is closed.
          _ = try await attendance(event, client)
          return ResourceName.event(event).description
        } play: {
          try await body($0)
        }
      case .server(let access, let slug):
        let event = try await withServerConnection(access) { try await rehearsed(access, slug, $0) }
        return try await body(
          LoadRun.Ground(
            organiser: access,
            lanes: access,
            event: event,
            server: nil,
            disk: nil,
            folder: folder,
            program: program
          )
        )
      }
    }
  }

  /// A server of others is only played against; what lanes' lines are broken with goes to a server of this machine only.
  private func checkWhatBreaks(_ access: ServerAccess) throws(LoadFailure) {
    if scenario.breaksTheServer {
      throw LoadFailure(
        "\(scenario.name) kills, freezes or fills what it runs on, which is done to a server of its own only: leave out "
          + "--server",
        .wrongUse
      )
    }
    if scenario.needsRealLanes, !access.endpoint.isReachedByLoopbackSockets {
      let reason =
        access.endpoint.isLoopback
        ? "through 127.0.0.1 only: say --server 127.0.0.1:\(access.endpoint.port) in place of \(access), on which the server has "
          + "to listen"
        : "on the server's own machine only, and \(access) is not called that: run it there with --server "
          + "127.0.0.1:\(access.endpoint.port)"
      throw LoadFailure(
        "\(scenario.name) breaks the lines of lanes, which is done \(reason), or leave out --server",
        .wrongUse
      )
    }
  }

  /// - Parameters:
  ///   - fill: Puts what there is into the new data folder; returns where the server's clock begins.
  ///   - prepare: Returns the event's resource name.
  private func withOwnServer<Value: Sendable>(
    in folder: URL,
    fill: (URL) async throws -> Instant,
    prepare: @Sendable (ServerClient) async throws -> String,
    play body: (LoadRun.Ground) async throws -> Value
  ) async throws -> Value {
    let data = folder.appending(path: PrivateFolder.data)
    // A disk of its own hides what is in the folder, so it comes first.
    let disk = scenario.fillsTheDisk ? try FullDisk(at: data, megabytes: Self.diskMegabytes) : nil
    defer { disk?.remove() }
    let moment = try await fill(data)
    tell(.preparing("starting a server", 0, 0))
    let own = try await OwnServer.start(in: folder, at: moment, program: program)
    defer { own.process.kill() }
    return try await own.blamed {
      let event = try await withServerConnection(own.organiser) { try await prepare($0) }
      return try await body(
        LoadRun.Ground(
          organiser: own.organiser,
          lanes: own.scanner,
          event: event,
          server: own.process,
          disk: disk,
          folder: folder,
          program: program
        )
      )
    }
  }

  /// Slugs of the events, of which a page is looked at.
  private func events(_ client: ServerClient) async throws -> [String] {
    let service = Lanyard_V1_EventService.Client(wrapping: client)
    return try await service.listEvents(.with { $0.pageSize = Int32(RequestLimit.page) }).events
      .map { try ResourceName.eventSlug($0.name, field: "name") }
  }

  /// The event that is played on where nobody has named one.
  private func only(_ slugs: [String], _ client: ServerClient) async throws -> String {
    let service = Lanyard_V1_BadgeService.Client(wrapping: client)
    return try await PlayedEvent.only(of: slugs) { slug in
      try await !service.listBadges(.with { ($0.parent, $0.pageSize) = (ResourceName.event(slug).description, 1) })
        .badges.isEmpty
    }
  }

  /// Makes sure that a server rehearses, before anything is sent to it; returns the event's resource name.
  private func rehearsed(_ access: ServerAccess, _ slug: String?, _ client: ServerClient) async throws -> String {
    let slugs = if let slug { [slug] } else { try await events(client) }
    // Whether the server rehearses, any event says.
    guard let first = slugs.first else { return try await only(slugs, client) }
    var attendance = try await attendance(first, client)
    guard attendance.rehearsal else {
      throw LoadFailure(
        "\(access) does not rehearse: what a load test scans there would be on record as real. Start a server with "
          + "--rehearse-at, or leave out --server",
        .wrongUse
      )
    }
    let event = try await only(slugs, client)
    if event != first { attendance = try await self.attendance(event, client) }
    let now = try attendance.readTime.instant(field: "read_time")
    try RunDay(begins: now, timeZone: attendance.timeZone).check(scenario)
    return ResourceName.event(event).description
  }

  private func attendance(_ slug: String, _ client: ServerClient) async throws -> Lanyard_V1_Attendance {
    try await Lanyard_V1_AttendanceService.Client(wrapping: client).getAttendance(
      .with { $0.name = try ResourceName.attendance(ofEvent: ResourceName.event(slug).description, field: "event") }
    )
  }
}

extension Scenario {
  /// Whether something is done to the server itself.
  var breaksTheServer: Bool {
    faults.contains {
      switch $0.kind {
      case .kill, .freeze, .fullDisk, .clockBack: true
      case .cut, .blackHole, .slow, .flap, .freezeLane: false
      }
    }
  }

  var setsTheClock: Bool { faults.contains { if case .clockBack = $0.kind { true } else { false } } }

  var fillsTheDisk: Bool { faults.contains { if case .fullDisk = $0.kind { true } else { false } } }
}
