import Foundation
import Histogram
import LanyardClient
import LanyardDomain
import LanyardSQLite
import LanyardStore

/// A server of its own in one state, and its lanes in a closed loop.
struct GrowthServer: Sendable {
  /// What was done in a measured time, and what that took.
  struct Turn: Sendable {
    var checkIns = 0
    var time = Duration.zero
    /// On a processor.
    var driver = Duration.zero
    var server = Duration.zero
    /// Calls of watchers that failed.
    var failures = 0

    var perSecond: Double { Double(checkIns) / (max(time, .milliseconds(1)) / .seconds(1)) }

    static func + (one: Turn, other: Turn) -> Turn {
      Turn(
        checkIns: one.checkIns + other.checkIns,
        time: one.time + other.time,
        driver: one.driver + other.driver,
        server: one.server + other.server,
        failures: one.failures + other.failures
      )
    }
  }

  /// How long nothing may be answered until a server is taken to stand still.
  private static let patience = Duration.seconds(60)

  private let state: GrowthState
  private let window: Int
  private let own: OwnServer
  /// Badge codes of each lane.
  private let codes: [[String]]

  /// Starts it on a copy of a store.
  ///
  /// - Parameters:
  ///   - badges: How many each lane scans in turns.
  ///   - window: Scans that each lane has under way.
  ///   - folder: A new folder.
  init(
    _ state: GrowthState,
    on store: MeasuredStore,
    badges: Int,
    window: Int,
    in folder: URL,
    program: URL
  ) async throws {
    let data = folder.appending(path: PrivateFolder.data)
    try PrivateFolder.make(data)
    try store.store.copy(to: data.appending(path: "lanyard.sqlite").path)
    (self.state, self.window) = (state, window)
    codes = store.codes(ofLanes: state.lanes, each: badges)
    own = try await OwnServer.start(in: folder, at: Instant(Date()), program: program)
  }

  func kill() { own.process.kill() }

  /// Scans until so many are on record.
  func fill(_ progress: @escaping @Sendable (Int) -> Void) async throws {
    guard state.scans > 0 else { return }
    try await own.blamed {
      _ = try await withLanes { tally in
        while tally.answered < state.scans {
          progress(tally.answered)
          try await Task.sleep(for: .milliseconds(100))
        }
      }
    }
  }

  /// Counts check-ins for a time, once every lane was answered and the settling is over.
  func turn(settling: Duration, _ time: Duration) async throws -> Turn {
    try await own.blamed { try await measured(settling, time) }
  }

  private func measured(_ settling: Duration, _ time: Duration) async throws -> Turn {
    let recorder = RunRecorder()
    return try await withWatchers(recorder) { settlingOfWatchers in
      try await withLanes { tally in
        await tally.waitUntilAllAnswered()
        try await Task.sleep(for: settling + settlingOfWatchers, tolerance: .zero)
        recorder.forgetTold()
        let before = (
          tally.answered, ContinuousClock.now, ProcessUsage.own, own.process.usage
        )
        try await Task.sleep(for: time, tolerance: .zero)
        var turn = Turn(
          checkIns: tally.answered - before.0,
          time: before.1.duration(to: .now),
          driver: ProcessUsage.own.since(before.2).processor,
          server: own.process.usage.since(before.3).processor
        )
        // A turn may be shorter than the time from one message to the next.
        let end = ContinuousClock.now + settlingOfWatchers
        while recorder.unheard(state.watchers) > 0, .now < end { try await Task.sleep(for: .milliseconds(20)) }
        turn.failures = recorder.failures + recorder.unheard(state.watchers)
        return turn
      }
    }
  }

  /// Runs all lanes, each on a connection of its own, while the body runs.
  ///
  /// - Throws: `LoadFailure` where the server answers nothing any more, and what lanes and the body throw.
  private func withLanes<Value: Sendable>(
    _ body: @escaping @Sendable (LaneTally) async throws -> Value
  ) async throws -> Value {
    let tally = LaneTally(lanes: codes.count)
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      for (lane, codes) in codes.enumerated() {
        group.addTask {
          _ = try await withServerConnection(own.scanner) { client in
            try await StreamLane(client: client, checkpoint: MeasuredStore.checkpoint(lane))
              .closedLoop(OutAndInScans(codes: codes), window: window) { tally.add($0, lane: lane) }
          }
          return nil
        }
      }
      group.addTask {
        defer { tally.end() }
        return try await body(tally)
      }
      group.addTask {
        try await tally.expectAnswers(within: Self.patience)
        return nil
      }
      defer { group.cancelAll() }
      var value: Value?
      // Lanes end after the body; whoever looks whether anything is answered never does by itself.
      for _ in 0...codes.count { if let ended = try await group.next(), let ended { value = ended } }
      guard let value else { throw CancellationError() }
      return value
    }
  }

  /// Lets the watchers of the state watch while the body runs, which is told how long they take until all have asked once.
  private func withWatchers(
    _ recorder: RunRecorder,
    _ body: @escaping @Sendable (Duration) async throws -> Turn
  ) async throws -> Turn {
    guard state.watchers != Scenario.Watchers() else { return try await body(.zero) }
    let doors = (0..<state.lanes).map {
      Venue.Door(name: MeasuredStore.checkpoint($0), displayName: "Lane \($0 + 1)", area: "")
    }
    let watchers = RunWatchers(
      access: own.organiser,
      venue: Venue(event: MeasuredStore.eventName, doors: doors, people: [], badges: []),
      watchers: state.watchers,
      recorder: recorder
    )
    recorder.begin(at: .now)
    return try await withThrowingTaskGroup(of: Turn?.self) { group in
      group.addTask {
        await watchers.run()
        return nil
      }
      group.addTask { try await body(RunWatchers.interval) }
      defer { group.cancelAll() }
      while let ended = try await group.next() { if let ended { return ended } }
      throw CancellationError()
    }
  }
}

extension RunRecorder {
  /// Calls beside the lanes' streams that failed.
  fileprivate var failures: Int {
    snapshot().totals.values.reduce(0) { $0 + $1.failures }
  }

  /// Watchers of all that there are who were told nothing in the measured time: they cost nothing, and are not served.
  func unheard(_ watchers: Scenario.Watchers) -> Int { watchers.count - toldCount }
}
