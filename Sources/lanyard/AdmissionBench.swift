import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardLoad
import LanyardServer
import LanyardStore
import Logging
import ServiceLifecycle
import SwiftProtobuf
import Synchronization

/// Measures check-ins on a server of its own in this process.
struct AdmissionBench {
  let lanes: Int
  /// Scans that each lane has under way.
  let window: Int
  /// How long each measurement takes.
  let time: Duration

  /// Connections that the lanes share, as lanes behind one gateway would.
  private static let connections = 8

  /// - Parameter progress: Told what is measured next.
  func run(_ progress: @Sendable (String) -> Void) async throws -> AdmissionReport {
    progress("once badges for \(lanes) lanes are made")
    let venue = try await BenchVenue(lanes: lanes)
    defer { venue.remove() }
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
    progress("the writer's statements in bare SQLite")
    let bare = try perSecond { deadline in
      try venue.bareAdmission { try $0.run(lanes: $1, batch: AdmissionWriter.batchLimit, until: deadline) }
    }
    progress("the writer alone")
    let store = try await perSecond { deadline in
      try await eachLane { lane in
        try await WriterLane(
          writer: venue.server.writer,
          workload: venue.workload(lane),
          checkpoint: venue.checkpointAddress(lane)
        ).run(window: window, until: deadline)
      }
    }
    progress("\(lanes) streams over TLS")
    let streams = try await withClients(access) { clients in
      try await perSecond { deadline in
        try await eachLane { lane in
          try await StreamDriver(client: clients[lane % clients.count], checkpoint: venue.checkpoint(lane))
            .closedLoop(venue.workload(lane), window: window, until: deadline)
        }
      }
    }
    progress("unary CheckIn")
    let unary = try await calls(access) { client, lane in
      let service = Lanyard_V1_CheckInService.Client(wrapping: client)
      let workload = Mutex(venue.workload(lane))
      return {
        let scan = workload.withLock { $0.next() }
        _ = try await service.checkIn(.with { ($0.checkpoint, $0.scan) = (venue.checkpoint(lane), scan) })
      }
    }
    progress("an empty unary call")
    let empty = try await calls(access) { client, _ in
      let service = Grpc_Health_V1_Health.Client(wrapping: client)
      return { _ = try await service.check(.init()) }
    }
    progress("answer times at 1,000 scans a second")
    let latency = try await openLoop(venue, access)
    func milliseconds(_ share: Double) -> Double {
      (latency.percentile(share) / .microseconds(10)).rounded() / 100
    }
    return AdmissionReport(
      barePerSecond: bare.rounded(),
      storePerSecond: store.rounded(),
      streamsPerSecond: streams.rounded(),
      unaryPerSecond: unary.rounded(),
      emptyUnaryPerSecond: empty.rounded(),
      storeRatio: Self.ratio(store, bare),
      ratio: Self.ratio(streams, store),
      unaryRatio: Self.ratio(unary, empty),
      p50: milliseconds(0.5),
      p99: milliseconds(0.99),
      p999: milliseconds(0.999)
    )
  }

  /// To three places.
  private static func ratio(_ part: Double, _ whole: Double) -> Double { (part / whole * 1000).rounded() / 1000 }

  /// Each lane calls again as soon as its call is answered.
  private func calls(
    _ access: ServerAccess,
    _ make: @escaping @Sendable (ServerClient, Int) -> @Sendable () async throws -> Void
  ) async throws -> Double {
    try await withClients(access) { clients in
      try await perSecond { deadline in
        try await eachLane { lane in
          let call = make(clients[lane % clients.count], lane)
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
  private func openLoop(_ venue: BenchVenue, _ access: ServerAccess) async throws -> LatencySummary {
    let interval = Duration.milliseconds(lanes)
    let count = Int(time / interval)
    let times = Mutex<[Duration]>([])
    try await withClients(access) { clients in
      let start = ContinuousClock.now + .milliseconds(500)
      _ = try await eachLane { lane in
        let driver = StreamDriver(client: clients[lane % clients.count], checkpoint: venue.checkpoint(lane))
        let measured = try await driver.openLoop(
          venue.workload(lane),
          from: start + .milliseconds(lane),
          every: interval,
          count: count
        )
        times.withLock { $0 += measured }
        return measured.count
      }
    }
    return LatencySummary(times.withLock { $0 })
  }

  /// Runs all lanes at once; returns the sum of what they return.
  private func eachLane(_ body: @escaping @Sendable (Int) async throws -> Int) async throws -> Int {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for lane in 0..<lanes { group.addTask { try await body(lane) } }
      return try await group.reduce(0, +)
    }
  }

  /// What `body` counts until the deadline that it is given, a second.
  private func perSecond(_ body: (ContinuousClock.Instant) throws -> Int) rethrows -> Double {
    let start = ContinuousClock.now
    let count = try body(start + time)
    return Double(count) / (start.duration(to: .now) / .seconds(1))
  }

  /// The same of a body that waits.
  private func perSecond(_ body: (ContinuousClock.Instant) async throws -> Int) async throws -> Double {
    let start = ContinuousClock.now
    let count = try await body(start + time)
    return Double(count) / (start.duration(to: .now) / .seconds(1))
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
