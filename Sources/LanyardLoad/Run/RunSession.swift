import Foundation
import LanyardClient
import LanyardDomain
import LanyardScanner

/// The measured part of a run: lanes, watchers, faults and meters at work together.
struct RunSession: Sendable {
  /// How it ended, beside what the recorder took down.
  struct Ending: Sendable {
    var wasInterrupted = false
    /// What was planned, in the order in which it is due.
    var steps: [RunStep] = []
    /// Each phase with its beginning and its end from the start of the run.
    var phases: [(phase: Phase, start: Duration, end: Duration)] = []
    var samples: [RunMeter.Sample] = []
    var faults: [FaultRunner.Done] = []
    /// At how many doors the lanes stand.
    var checkpoints = 0
    /// When nothing was measured any more.
    var length = Duration.zero
    /// What the server used over the measured time, where it is known.
    var server: ProcessUsage?
    var serverStarts = 1
    /// The longest that a start but the first took.
    var longestStart = Duration.zero
    var serverDeaths = 0
    /// How the server ended by itself, and what it said last; nil where it did not.
    var serverDeath: String?
    var driver = ProcessUsage()
    /// What broke a target of a search for the limit; nil where nothing did.
    var limit: LimitSearch.Limit?
    /// All screens and dashboards with what they showed when all was answered; none where the run was ended early.
    var told: [ToldHeadcounts.Watcher] = []
    /// All that each of them was told until nobody looked any more, and when that was.
    var allTold: [ToldHeadcounts.Told] = []
    var watchedUntil = Duration.zero
    /// Lanes that were still without the server when all was over.
    var offlineLanes: Set<Int> = []
    /// When each lane's line had a new connection or became another; none where nothing breaks.
    var lineChanges: [Int: [Duration]] = [:]
    /// Arrivals that were not played as their kind.
    var unplayed: [RunPlanner.Unplayed] = []
    /// Whether what the server writes goes to memory, where nobody counts it.
    var isInMemory = false
  }

  /// How often it is looked whether something has ended that nothing was to end.
  private static let look = Duration.milliseconds(100)
  /// How long the last answers are waited for where somebody has ended the run early.
  private static let patienceOfTheHasty = Duration.seconds(10)

  private let scenario: Scenario
  private let ground: LoadRun.Ground
  private let venue: Venue
  private let recorder: RunRecorder
  private let tell: @Sendable (LoadRun.Stage) -> Void
  private let planner: RunPlanner
  private let lanes: [any PlayedLane]
  /// The line of each lane, where something breaks.
  private let lines: [FaultyLine]
  private let meter: RunMeter

  private var waits: RunWaits {
    RunWaits(
      lanes: lanes,
      lines: lines,
      ground: ground,
      recorder: recorder,
      haveJournals: scenario.needsRealLanes,
      tell: tell
    )
  }

  init(
    _ scenario: Scenario,
    _ ground: LoadRun.Ground,
    _ venue: Venue,
    _ recorder: RunRecorder,
    _ tell: @escaping @Sendable (LoadRun.Stage) -> Void
  ) throws {
    (self.scenario, self.ground, self.venue, self.recorder, self.tell) = (scenario, ground, venue, recorder, tell)
    planner = RunPlanner(scenario, venue)
    let doors = planner.doorOfLane.map { venue.doors[$0].name }
    guard scenario.needsRealLanes else {
      lines = []
      meter = RunMeter(ground.server, [], recorder)
      lanes = doors.map { WireLane(access: ground.lanes, checkpoint: $0, recorder: recorder) }
      return
    }
    let lines = try doors.map { _ in try FaultyLine(to: ground.lanes.endpoint) }
    self.lines = lines
    let lanes: [any PlayedLane] = try zip(doors, lines).enumerated().map { number, place in
      let access = ground.lanes.through(place.1.address)
      let folder = ground.folder.appending(path: "lane-\(number + 1)")
      guard !scenario.frozenLanes.contains(number) else {
        return try ProcessLane(
          access: access,
          checkpoint: place.0,
          folder: folder,
          program: ground.program,
          recorder: recorder
        )
      }
      return try JournalLane(
        access: access,
        checkpoint: place.0,
        journal: folder.appendingPathExtension("sqlite").path,
        patience: scenario.patience,
        recorder: recorder
      )
    }
    meter = RunMeter(ground.server, lanes.compactMap { ($0 as? ProcessLane)?.process }, recorder)
    self.lanes = lanes
  }

  func play(_ interrupts: Interruption, lead: Duration, patience: Duration) async throws -> Ending {
    defer { for line in lines { line.stop() } }
    return try await withThrowingTaskGroup(of: Ending?.self) { group in
      for (number, lane) in lanes.enumerated() {
        group.addTask {
          do {
            try await lane.run()
          } catch let failure as LoadFailure {
            // Before anything is measured there is nothing to report; after that it is what the run has found.
            guard recorder.hasBegun else { throw LoadFailure("lane \(number + 1): \(failure)", failure.kind) }
            recorder.noteLaneEnd(number, failure.description)
          }
          return nil
        }
      }
      group.addTask { try await measured(interrupts, lead: lead, patience: patience) }
      defer { group.cancelAll() }
      var ending: Ending?
      // What lanes still have without an answer is taken down when they end; a lane that is not let in ends all.
      while let ended = try await group.next() {
        guard let ended else { continue }
        ending = ended
        group.cancelAll()
      }
      guard let ending else { throw CancellationError() }
      return ending
    }
  }

  private func measured(_ interrupts: Interruption, lead: Duration, patience: Duration) async throws -> Ending {
    try await waits.untilReady(patience)
    recorder.begin(at: .now + lead)
    let watchers = RunWatchers(
      access: ground.organiser,
      venue: venue,
      watchers: scenario.watchers,
      recorder: recorder,
      told: ToldHeadcounts()
    )
    return try await withThrowingTaskGroup(of: Ending?.self) { group in
      // They watch until lanes have uploaded what they kept, too.
      group.addTask {
        await watchers.run()
        return nil
      }
      group.addTask { try await measured(interrupts, patience, watchers) }
      defer { group.cancelAll() }
      while let ended = try await group.next() { if let ended { return ended } }
      throw CancellationError()
    }
  }

  private func measured(
    _ interrupts: Interruption,
    _ patience: Duration,
    _ watchers: RunWatchers
  ) async throws -> Ending {
    async let usage = meter.usageAtStart()
    var ending = try await playAll(interrupts)
    ending.length = recorder.now
    ending.checkpoints = Set(planner.doorOfLane.prefix(scenario.lanes)).count
    recorder.end()
    // What follows is waited for, and is no part of the measured time.
    let (after, before) = (meter.usage, await usage)
    let left = ending.wasInterrupted ? min(patience, Self.patienceOfTheHasty) : patience
    let isEarly = ending.wasInterrupted
    let (seen, isEnough) = await interruptible(interrupts) {
      () async -> (offline: Set<Int>, told: [ToldHeadcounts.Watcher]) in
      await waits.untilIdle(left)
      // Whoever ends a run early waits neither for lanes to come back nor for what screens show.
      if isEarly { return ([], []) }
      return (await waits.offlineLanes(left), await waits.shown(by: watchers))
    }
    ending.wasInterrupted = isEarly || isEnough
    for (lane, line) in lines.enumerated() {
      ending.lineChanges[lane] = line.changes.map { recorder.start.duration(to: $0) }
    }
    if !isEnough { (ending.offlineLanes, ending.told) = seen }
    (ending.allTold, ending.watchedUntil) = (watchers.allTold, recorder.now)
    ending.samples = meter.all
    ending.driver = after.driver.since(before.driver)
    if let server = ground.server, let used = after.server, let earlier = before.server {
      ending.server = used.since(earlier)
      (ending.serverDeaths, ending.serverDeath) = (server.deaths, server.deathWords)
      (ending.serverStarts, ending.longestStart) = (server.starts, server.longestStart)
      ending.isInMemory = PrivateFolder.isInMemory(ground.folder.appending(path: PrivateFolder.data))
    }
    return ending
  }

  private func playAll(_ interrupts: Interruption) async throws -> Ending {
    try await withServerConnection(ground.organiser) { desk in
      try await withThrowingTaskGroup(of: Ending?.self) { group in
        let player = RunPlayer(
          venue: venue,
          lanes: lanes,
          doorOfLane: planner.doorOfLane,
          recorder: recorder,
          desk: desk,
          seed: scenario.seed,
          loop: scenario.loop
        )
        group.addTask {
          await meter.run()
          return nil
        }
        let plan = RunScreen.Plan()
        group.addTask {
          await RunScreen(scenario, recorder, lanes, tell).run(plan)
          return nil
        }
        group.addTask { try await played(player, interrupts, plan) }
        defer { group.cancelAll() }
        while let ending = try await group.next() { if let ending { return ending } }
        return Ending()
      }
    }
  }

  /// Plays the phases, or searches for the limit, with the faults beside.
  private func played(
    _ player: RunPlayer,
    _ interrupts: Interruption,
    _ planned: RunScreen.Plan
  ) async throws -> Ending {
    let (played, wasInterrupted) = await interruptible(interrupts, until: { try await untilSomethingHasEnded() }) {
      async let broken = faults()
      var ending =
        if let search = scenario.search {
          await LimitSearch(search, scenario, planner, player, recorder, meter).run(planned)
        } else {
          await phases(player, planned)
        }
      ending.faults = await broken
      return ending
    }
    var ending = played
    ending.wasInterrupted = wasInterrupted
    return ending
  }

  private func phases(_ player: RunPlayer, _ planned: RunScreen.Plan) async -> Ending {
    guard scenario.loop == .open else { return await phasesInTurn(player, planned) }
    var ending = Ending()
    var (planner, start) = (planner, Duration.zero)
    for phase in scenario.phases {
      recorder.beginPhase(at: start, until: start + phase.length)
      ending.steps += planner.steps(of: phase, from: start)
      ending.phases.append((phase, start, start + phase.length))
      start += phase.length
    }
    ending.unplayed = planner.unplayed
    // What a phase has left to do is due in the midst of the next.
    ending.steps.sort { $0.due < $1.due }
    planned.show(RunScreen.Part(phases: ending.phases, queues: LaneQueues(ending.steps, lanes: scenario.lanes)))
    await player.play(ending.steps, until: start)
    return ending
  }

  /// Plays the phases of a closed loop, where each begins when everybody of the one before was answered.
  private func phasesInTurn(_ player: RunPlayer, _ planned: RunScreen.Plan) async -> Ending {
    var ending = Ending()
    var planner = planner
    // A cancelled pause is over.
    try? await ContinuousClock().sleep(until: recorder.start, tolerance: .zero)
    for phase in scenario.phases where !Task.isCancelled {
      let start = max(recorder.now, .zero)
      recorder.beginPhase(at: start, until: nil)
      let steps = planner.steps(of: phase, from: start).map { step in
        var step = step
        // Nobody stands in a line: the next comes when a lane asks for them.
        (step.due, step.arrived, step.service, step.coming) = (start, nil, .zero, nil)
        return step
      }
      planned.show(
        RunScreen.Part(
          phases: ending.phases + [(phase, start, start + phase.length)],
          queues: LaneQueues(steps, lanes: scenario.lanes)
        )
      )
      await player.play(steps)
      ending.steps += steps
      ending.phases.append((phase, start, max(recorder.now, start + .milliseconds(1))))
      // How far a phase that is ended came in the order of its arrivals is not known.
      if !Task.isCancelled { ending.unplayed = planner.unplayed }
    }
    for number in ending.unplayed.indices { ending.unplayed[number].due = .zero }
    return ending
  }

  private func faults() async -> [FaultRunner.Done] {
    let faults = scenario.allFaults
    guard !faults.isEmpty else { return [] }
    let processes = lanes.enumerated().compactMap { number, lane in (lane as? ProcessLane).map { (number, $0.process) }
    }
    return await FaultRunner(
      server: ground.server,
      lines: lines,
      laneProcesses: Dictionary(uniqueKeysWithValues: processes),
      disk: ground.disk
    ).run(faults, from: recorder.start)
  }

  /// Returns when a server of its own, or a lane, has ended that nothing was to end: the run has failed, whatever follows.
  private func untilSomethingHasEnded() async throws {
    while ground.server?.deaths ?? 0 == 0, recorder.endedLanes.isEmpty { try await Task.sleep(for: Self.look) }
  }
}

extension ServerAccess {
  /// The same by another way.
  func through(_ endpoint: Endpoint) -> ServerAccess {
    var other = ServerAccess(endpoint, credential: credential, authorityPath: authorityPath)
    (other.callTimeout, other.idleTime) = (callTimeout, idleTime)
    return other
  }
}
