package import Foundation
import Histogram
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardSQLite
import LanyardServer
import LanyardStore
import Logging
import ServiceLifecycle
import SwiftProtobuf
import Synchronization

/// Measures check-ins on a server of its own in this process.
package struct AdmissionBench: Sendable {
  private let lanes: Int
  private let window: Int
  private let time: Duration
  private let place: URL

  /// Turns that the measurements take with one another: a machine that is busy for a while slows all of them alike.
  private static let turns = 4
  /// Unary calls that each lane has under way.
  private static let callsUnderWay = 4
  /// Connections that the lanes share, as lanes behind one gateway would.
  private static let connections = 8

  /// - Parameters:
  ///   - window: Scans that each lane has under way.
  ///   - time: How long each measurement takes.
  ///   - place: The folder in which its folder is made; what the disk below it costs is measured.
  package init(lanes: Int, window: Int, time: Duration, in place: URL) {
    (self.lanes, self.window, self.time, self.place) = (lanes, window, time, place)
  }

  /// Whether what it writes goes to memory, which costs less than any disk.
  package var isInMemory: Bool { PrivateFolder.isInMemory(place) }

  /// Scans of one transaction of bare SQLite: as many as the writer can have at once.
  var batch: Int { min(AdmissionWriter.batchLimit, lanes * window) }

  /// - Parameter progress: Told what is measured next.
  /// - Throws: `LoadFailure` where nothing can be measured, and what server and store throw.
  package func run(_ progress: @Sendable (String) -> Void) async throws -> AdmissionReport {
    try await PrivateFolder.with("lanyard-bench", in: place) {
      try await run(in: $0, progress)
    }
  }

  private func run(in folder: URL, _ progress: @Sendable (String) -> Void) async throws -> AdmissionReport {
    progress("once badges for \(lanes) lanes are made")
    let venue = try await BenchVenue(in: folder, lanes: lanes)
    let group = ServiceGroup(
      configuration: .init(services: venue.server.services.map { .init(service: $0) }, logger: venue.logger)
    )
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      let report = try await measure(venue, try await venue.access(), progress)
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
      return report
    }
  }

  private func measure(
    _ venue: BenchVenue,
    _ access: ServerAccess,
    _ progress: @Sendable (String) -> Void
  ) async throws -> AdmissionReport {
    var (bare, store, streams, unary, empty) = (Rate(), Rate(), Rate(), Rate(), Rate())
    var written = (batches: 0, scans: 0)
    let times = try await withClients(access) { clients in
      for turn in 1...Self.turns {
        func next(_ what: String) { progress("\(what), turn \(turn) of \(Self.turns)") }
        next("the writer's statements in bare SQLite")
        // Making the copy that it runs on is no part of what is measured.
        try venue.bareAdmission { admission, lanes in
          try bare.add(time / Self.turns) {
            try admission.run(lanes: lanes, batch: batch, until: $0)
          }
        }
        next("the writer alone")
        let before = venue.server.writer.tried
        try await store.add(time / Self.turns) { deadline in
          try await eachLane { lane in
            try await WriterLane(
              writer: venue.server.writer,
              workload: venue.workload(lane),
              checkpoint: MeasuredStore.checkpointAddress(lane)
            ).run(window: window, until: deadline)
          }
        }
        let tried = venue.server.writer.tried
        written = (written.batches + tried.batches - before.batches, written.scans + tried.scans - before.scans)
        next("\(lanes) streams over TLS")
        try await streams.add(time / Self.turns) { deadline in
          try await eachLane { lane in
            try await StreamLane(client: clients[lane % clients.count], checkpoint: MeasuredStore.checkpoint(lane))
              .closedLoop(venue.workload(lane), window: window) { _ in ContinuousClock.now < deadline }
          }
        }
        next("unary CheckIn")
        try await calls(&unary, clients) { client, lane in
          let service = Lanyard_V1_CheckInService.Client(wrapping: client)
          let workload = Mutex(venue.workload(lane))
          let checkpoint = MeasuredStore.checkpoint(lane)
          return {
            let scan = workload.withLock { $0.next() }
            _ = try await service.checkIn(.with { ($0.checkpoint, $0.scan) = (checkpoint, scan) })
          }
        }
        next("an empty unary call")
        try await calls(&empty, clients) { client, _ in
          let service = Grpc_Health_V1_Health.Client(wrapping: client)
          return { _ = try await service.check(.init()) }
        }
      }
      progress("answer times at 1,000 scans a second")
      return try await openLoop(venue, clients)
    }
    return AdmissionReport(
      bareBatch: batch,
      storeBatch: (Double(written.scans) / Double(max(1, written.batches))).rounded(toPlaces: 1),
      barePerSecond: bare.perSecond.rounded(),
      storePerSecond: store.perSecond.rounded(),
      streamsPerSecond: streams.perSecond.rounded(),
      unaryPerSecond: unary.perSecond.rounded(),
      emptyUnaryPerSecond: empty.perSecond.rounded(),
      storeRatio: Self.ratio(store, bare),
      ratio: Self.ratio(streams, store),
      unaryRatio: Self.ratio(unary, empty),
      p50: times.milliseconds(50).rounded(toPlaces: 2),
      p99: times.milliseconds(99).rounded(toPlaces: 2),
      p999: times.milliseconds(99.9).rounded(toPlaces: 2),
      isInMemory: isInMemory
    )
  }

  /// To three places.
  private static func ratio(_ part: Rate, _ whole: Rate) -> Double {
    (part.perSecond / whole.perSecond).rounded(toPlaces: 3)
  }

  /// Each lane keeps calls under way, each followed by another as soon as it is answered.
  private func calls(
    _ rate: inout Rate,
    _ clients: [ServerClient],
    _ make: @escaping @Sendable (ServerClient, Int) -> @Sendable () async throws -> Void
  ) async throws {
    try await rate.add(time / Self.turns) { deadline in
      try await eachLane { lane in
        let call = make(clients[lane % clients.count], lane)
        return try await sum(Self.callsUnderWay) { _ in
          var count = 0
          while ContinuousClock.now < deadline {
            try await call()
            count += 1
          }
          return count
        }
      }
    }
  }

  /// 1,000 scans a second over all lanes, evenly spread.
  private func openLoop(_ venue: BenchVenue, _ clients: [ServerClient]) async throws -> Histogram<UInt32> {
    let interval = Duration.milliseconds(lanes)
    let count = Int(time / interval)
    let times = Mutex(Histogram<UInt32>(numberOfSignificantValueDigits: .three))
    let start = ContinuousClock.now + .milliseconds(500)
    let answered = try await eachLane { lane in
      let driver = StreamLane(client: clients[lane % clients.count], checkpoint: MeasuredStore.checkpoint(lane))
      let measured = try await driver.openLoop(
        venue.workload(lane),
        from: start + .milliseconds(lane),
        every: interval,
        count: count
      )
      times.withLock { times in for time in measured { times.record(time) } }
      return measured.count
    }
    try Self.check(answered, of: lanes * count)
    return times.withLock { $0 }
  }

  /// Answers that never came are in no percentile: then there is none.
  static func check(_ answered: Int, of asked: Int) throws(LoadFailure) {
    guard answered == asked else {
      throw LoadFailure("\(asked - answered) of \(asked) scans of the open loop were not answered")
    }
  }

  /// Runs all lanes at once; returns the sum of what they return.
  private func eachLane(_ body: @escaping @Sendable (Int) async throws -> Int) async throws -> Int {
    try await sum(lanes, body)
  }

  /// Runs the body for each number at once; returns the sum of what it returns.
  private func sum(_ count: Int, _ body: @escaping @Sendable (Int) async throws -> Int) async throws -> Int {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 0..<count { group.addTask { try await body(number) } }
      return try await group.reduce(0, +)
    }
  }

  private func withClients<Result: Sendable>(
    _ access: ServerAccess,
    _ clients: [ServerClient] = [],
    _ body: ([ServerClient]) async throws -> Result
  ) async throws -> Result {
    guard clients.count < min(Self.connections, lanes) else { return try await body(clients) }
    return try await withServerConnection(access) { try await withClients(access, clients + [$0], body) }
  }
}

/// How much was done in how long.
private struct Rate {
  private var count = 0
  private var time = Duration.zero

  var perSecond: Double { Double(count) / (time / .seconds(1)) }

  /// Adds what `body` counts until the deadline that it is given.
  mutating func add(_ time: Duration, _ body: (ContinuousClock.Instant) throws -> Int) rethrows {
    let start = ContinuousClock.now
    count += try body(start + time)
    self.time += start.duration(to: .now)
  }

  /// The same of a body that waits.
  mutating func add(_ time: Duration, _ body: (ContinuousClock.Instant) async throws -> Int) async rethrows {
    let start = ContinuousClock.now
    count += try await body(start + time)
    self.time += start.duration(to: .now)
  }
}
